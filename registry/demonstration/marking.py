"""Keeping invented registers and real ones apart.

A demonstration goes only into an empty database, and marks it. What holds the mark is never served
as anything but a demonstration.
"""

from typing import Any

from flask import Flask
from sqlalchemy import Select, inspect, select
from sqlalchemy.exc import OperationalError

from registry import clock
from registry.accounts.models import Account
from registry.config import Settings
from registry.database import db
from registry.demonstration.models import DemonstrationMark
from registry.errors import Unavailable
from registry.organisations.models import Organisation


class WrongDatabase(Exception):
    """These settings and this database do not belong together. Says what to do, in a sentence."""


def mark(organisations: int, seed: int) -> None:
    """Mark an empty database as a demonstration. Raises WrongDatabase for one that is not empty."""
    if not is_empty():
        raise WrongDatabase(
            "This database is not empty. A demonstration needs a new one of its own."
        )
    db.session.add(
        DemonstrationMark(id=1, marked_at=clock.now(), organisations=organisations, seed=seed)
    )
    db.session.flush()


def is_empty() -> bool:
    """Whether nobody has an account yet, and no organisation is there."""
    return not any(db.session.execute(_first(model)).first() for model in (Account, Organisation))


def check_belongs(settings: Settings) -> None:
    """Refuse to serve invented clubs as real, or real ones as invented. Raises WrongDatabase."""
    is_marked, has_people = _look()
    if is_marked and settings.environment == "production":
        raise WrongDatabase(
            "This database holds a demonstration, and production never shows one. "
            "Set DATABASE_URL to another database."
        )
    if is_marked and not settings.demonstration:
        raise WrongDatabase(
            "This database holds a demonstration. Set DEMO=1 to show it as one, or set "
            "DATABASE_URL to another database."
        )
    if has_people and not is_marked and settings.demonstration:
        raise WrongDatabase(
            "This database is in use, and not as a demonstration. Set DEMO=0 to use it as it is, "
            "or give the demonstration an empty database of its own."
        )


def _look() -> tuple[bool, bool]:
    """Whether the database is marked, and whether anybody has an account. One without tables is
    neither."""
    with db.engine.connect().execution_options(reading=True) as connection:
        there = set(inspect(connection).get_table_names())
        found = [
            model.__tablename__ in there and connection.execute(_first(model)).first() is not None
            for model in (DemonstrationMark, Account)
        ]
    return found[0], found[1]


def _first(model: type[Account] | type[Organisation] | type[DemonstrationMark]) -> Select[Any]:
    return select(model.id).limit(1)


def keep_apart(app: Flask) -> None:
    """Let the application start only on a database that it belongs to.

    Where the database cannot be reached yet, it is asked before the first page that can be.
    """

    def ask() -> bool:
        with app.app_context():
            try:
                check_belongs(app.extensions["settings"])
            except OperationalError:
                return False
            finally:
                db.engine.dispose()
        return True

    has_asked = ask()

    @app.before_request
    def ask_first() -> None:
        nonlocal has_asked
        try:
            has_asked = has_asked or ask()
        except WrongDatabase as problem:
            raise Unavailable() from problem
