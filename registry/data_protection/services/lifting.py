"""The only way to take away a row that is kept as it was written, when its time is over.

Submissions and decisions refuse to be changed or deleted: a trigger of the database says so.
Here it is lifted for one table, in one transaction, and is back before that ends. Nobody else
calls this but the retention of whole cases (a test holds that).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from registry.database import db

KEPT_AS_WRITTEN = ("submission", "decision")


@contextmanager
def lifted(table: str) -> Iterator[None]:
    """Lift the trigger of a table and put it back, whatever happens meanwhile."""
    if table not in KEPT_AS_WRITTEN:
        raise ValueError(f"{table} has no trigger that may be lifted")
    db.session.flush()
    if db.engine.dialect.name == "postgresql":
        trigger = f"{table}_kept_as_written"
        db.session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}"))
        try:
            yield
            db.session.flush()
        finally:
            if db.session.is_active:
                db.session.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}"))
        return
    name = f"{table}_no_delete"
    written = db.session.scalar(
        text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name"),
        {"name": name},
    )
    db.session.execute(text(f"DROP TRIGGER {name}"))
    try:
        yield
        db.session.flush()
    finally:
        if db.session.is_active:
            db.session.execute(text(str(written)))
