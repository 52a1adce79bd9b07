"""How migrations run: on the application's own engine, one writer at a time."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from registry.cards.search.schema import is_of_the_index
from registry.database import db

LOCK = 7_361_946_102  # any number, the same for every worker of this product


def lock(connection: Connection) -> None:
    """Let one process migrate; a second one waits, then finds nothing left to do."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '30s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


@contextmanager
def _tables_made_anew(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by making it anew: its rows must not take what points at them along.

    The choice is the connection's own, and can only be made between transactions.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        with warnings.catch_warnings():
            # Looking at what a table points at, SQLAlchemy comes by indexes of other tables that
            # it cannot read. They are not made anew, so nothing of them is lost.
            warnings.filterwarnings("ignore", message="Skipped unsupported reflection")
            yield
    finally:
        connection.rollback()
        raw.execute("PRAGMA foreign_keys=ON")


def _check_what_points_where(connection: Connection) -> None:
    """Nothing may point at a row that is not there. Raises RuntimeError, and nothing is kept."""
    if connection.dialect.name != "sqlite":
        return
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        raise RuntimeError(f"These rows point at nothing: {broken[:5]}")


def run() -> None:
    """Bring the database to the asked revision."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection, _tables_made_anew(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            compare_server_default=False,
            include_name=lambda name, kind, _: kind != "table" or not is_of_the_index(name),
        )
        with context.begin_transaction():
            lock(connection)
            context.run_migrations()
            _check_what_points_where(connection)


run()
