"""The rows that must be there from the first day: the head of the history, and version 1."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

HEAD = sa.table("history_head", sa.column("id"), sa.column("number"), sa.column("digest"))
VERSION = sa.table("register_version", sa.column("id"), sa.column("version"))


def upgrade() -> None:
    """One row each."""
    op.bulk_insert(HEAD, [{"id": 1, "number": 0, "digest": "0" * 64}])
    op.bulk_insert(VERSION, [{"id": 1, "version": 1}])


def downgrade() -> None:
    """Empty both."""
    op.execute(HEAD.delete())
    op.execute(VERSION.delete())
