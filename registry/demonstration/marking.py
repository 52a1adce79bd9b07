"""Keeping invented registers and real ones apart.

A demonstration goes only into an empty database, and marks it. What holds the mark is never served
as anything but a demonstration.
"""

from flask import Flask
from sqlalchemy import inspect, select
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
    somebody = db.session.scalar(select(Account.id).limit(1))
    something = db.session.scalar(select(Organisation.id).limit(1))
    return somebody is None and something is None


def is_marked() -> bool:
    """Whether this database holds a demonstration. One without tables does not."""
    with db.engine.connect().execution_options(reading=True) as connection:
        if not inspect(connection).has_table(DemonstrationMark.__tablename__):
            return False
        return connection.scalar(select(DemonstrationMark.id).limit(1)) is not None


def check_belongs(settings: Settings) -> None:
    """Refuse to serve invented clubs as if they were real. Raises WrongDatabase."""
    if settings.demonstration or not is_marked():
        return
    if settings.environment == "production":
        raise WrongDatabase(
            "This database holds a demonstration, and production never shows one. "
            "Set DATABASE_URL to another database."
        )
    raise WrongDatabase(
        "This database holds a demonstration. Set DEMO=1 to show it as one, or set DATABASE_URL "
        "to another database."
    )


def check_is_demonstration() -> None:
    """Refuse to serve a real register as a demonstration. Raises WrongDatabase."""
    if not is_marked():
        raise WrongDatabase(
            "This database is not a demonstration. Set DEMO=0 to use it as it is, or give the "
            "demonstration an empty database of its own."
        )


def keep_apart(app: Flask) -> None:
    """Let the application start only on a database that it belongs to.

    Where the database cannot be reached yet, it is asked before the first page that can be.
    """

    def ask() -> bool:
        try:
            with app.app_context():
                check_belongs(app.extensions["settings"])
                db.engine.dispose()
        except OperationalError:
            return False
        return True

    has_asked = ask()

    @app.before_request
    def ask_first() -> None:
        nonlocal has_asked
        try:
            has_asked = has_asked or ask()
        except WrongDatabase as problem:
            raise Unavailable() from problem
