"""What open data keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it."""
    op.create_table(
        "card_dates",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first_listed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_card_dates")),
    )
    with op.batch_alter_table("card_dates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_card_dates_first_listed_at"), ["first_listed_at"], unique=False
        )


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("card_dates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_dates_first_listed_at"))

    op.drop_table("card_dates")
