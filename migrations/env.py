"""How migrations run: on the application's own engine, one writer at a time."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from registry.database import db

LOCK = 7_361_946_102  # any number, the same for every worker of this product


def lock(connection: Connection) -> None:
    """Let one process migrate; a second one waits, then finds nothing left to do."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '30s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def run() -> None:
    """Bring the database to the asked revision."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            compare_server_default=False,
        )
        with context.begin_transaction():
            lock(connection)
            context.run_migrations()


run()
