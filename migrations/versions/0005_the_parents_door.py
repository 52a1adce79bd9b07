"""What the parents' door keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it."""
    op.create_table(
        "listing_look",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("activity_id", "week", name=op.f("pk_listing_look")),
    )
    with op.batch_alter_table("listing_look", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_listing_look_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "missed_trace",
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("digest", "day", name=op.f("pk_missed_trace")),
    )
    with op.batch_alter_table("missed_trace", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_missed_trace_day"), ["day"], unique=False)

    op.create_table(
        "missed_word",
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_missed_word")),
    )
    op.create_table(
        "card_reference",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["card.activity_id"],
            name=op.f("fk_card_reference_activity_id_card"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity_id", "reference", name=op.f("pk_card_reference")),
    )
    with op.batch_alter_table("card_reference", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_card_reference_reference"), ["reference"], unique=False
        )


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("card_reference", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_reference_reference"))

    op.drop_table("card_reference")
    op.drop_table("missed_word")
    with op.batch_alter_table("missed_trace", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_missed_trace_day"))

    op.drop_table("missed_trace")
    with op.batch_alter_table("listing_look", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_listing_look_organisation_id"))

    op.drop_table("listing_look")
