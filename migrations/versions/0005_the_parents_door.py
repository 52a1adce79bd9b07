"""What the parents' door keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it."""
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
