"""The only way to touch a row that is kept as it was written.

Submissions and decisions refuse to be changed or deleted: a trigger of the database says so.
Here it is lifted for one table, in one transaction, and is back before that ends. It is for two
acts alone, both in `forgetting`: a case whose time is over goes, and the name of a wrong file
(which may name a child) goes from what was sent. A test holds who calls it.
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
    names = (f"{table}_no_update", f"{table}_no_delete")
    find = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name")
    written = [str(db.session.scalar(find, {"name": name})) for name in names]
    for name in names:
        db.session.execute(text(f"DROP TRIGGER {name}"))
    try:
        yield
        db.session.flush()
    finally:
        if db.session.is_active:
            for trigger in written:
                db.session.execute(text(trigger))
