"""The database: one session, two engines (SQLite and PostgreSQL), the same rules on both."""

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

T = TypeVar("T")

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of every table; constraints get predictable names so that migrations can."""

    metadata = MetaData(naming_convention=NAMES)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Always aware, always UTC, on SQLite too (which knows no time zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive instant: it would mean something else in summer."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What SQLite gives back without a zone was written as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JsonDocument(TypeDecorator[Any]):
    """A JSON document. Replace the whole value to change it; changes inside are not watched."""

    impl = JSON(none_as_null=True)
    cache_ok = True


# What a statement was to write is nobody’s to read in a log.
db = SQLAlchemy(model_class=Base, engine_options={"hide_parameters": True})


_NAME = re.compile(r":([a-z]+)")
_VERSION = "SELECT version FROM register_version"
_unchanged: dict[Hashable, tuple[object, Any]] = {}


def ask_shortly(statement: str, **values: str) -> Sequence[tuple[Any, ...]]:
    """The rows of a statement, with values where it says `:name`, in this request's transaction.

    For the few that every page asks: by the shortest way, and without saving first what a page in
    the middle of a form has not saved.
    """
    connection = db.session.connection()
    asked = statement if connection.dialect.name == "sqlite" else _NAME.sub(r"%(\1)s", statement)
    try:
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(asked, values)
            return cursor.fetchall()
    except Exception:
        # Asked again the long way, which tells every engine's troubles alike.
        rows: Sequence[tuple[Any, ...]] = connection.exec_driver_sql(asked, values).all()
        return rows


def register_version() -> int:
    """The number of the last change to what is public. A page that is only shown asks it once."""
    if not _is_shown():
        return int(ask_shortly(_VERSION)[0][0])
    session = db.session()
    now, known = session.get_transaction(), session.info.get(_VERSION)
    if known and now is not None and known[0] is now:
        return int(known[1])
    version = int(ask_shortly(_VERSION)[0][0])
    session.info[_VERSION] = (session.get_transaction(), version)
    return version


def while_unchanged(name: Hashable, ask: Callable[[], T]) -> T:
    """What only changes together with the register's version, kept until that is another.

    Only for pages that are shown. Whoever is changing something asks anew: what they read may
    never be on disk, and the next change would have the same number.
    """
    if not _is_shown():
        return ask()
    there = (db.engine, register_version())
    kept = _unchanged.get(name)
    if kept is None or kept[0] != there:
        kept = _unchanged[name] = (there, ask())
    value: T = kept[1]
    return value


def forget_what_was_kept() -> None:
    """Ask for all of it anew: another database stands where this one did."""
    _unchanged.clear()


def _is_shown() -> bool:
    return has_request_context() and request.method in ("GET", "HEAD")


def ask_outside(statement: str) -> tuple[Any, ...]:
    """The one row of a statement, in no transaction and no session: for before the application."""
    with closing(db.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute(statement)
        row: tuple[Any, ...] = cursor.fetchone() or ()
        return row


def check_constraint(column: str, values: tuple[str, ...]) -> str:
    """The SQL of “this column holds one of these words”."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: DBAPIConnection, _: Any) -> None:
    """Durability and integrity that SQLite leaves off: WAL, FULL sync, foreign keys, patience."""
    if type(connection).__module__ != "sqlite3":
        return
    # The driver would otherwise begin a read transaction that a later write cannot upgrade.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA cache_size=-16384")
    cursor.execute("PRAGMA secure_delete=FAST")  # what is deleted is not left in the file
    cursor.close()


@event.listens_for(Engine, "connect")
def _prepare_postgresql(connection: Any, _: Any) -> None:
    """A plan for the very values that are asked: what a search is best answered from differs much
    from one to the next, and none is worth compiling."""
    if type(connection).__module__.partition(".")[0] != "psycopg":
        return
    connection.prepare_threshold = None
    with connection.cursor() as cursor:
        cursor.execute("SET jit = off")
    connection.commit()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    """A writer says so at once (BEGIN IMMEDIATE): it waits its turn and never fails half-way.

    A page that only reads begins as a reader, so that readers never wait for each other. The
    three append-only writes of a GET use `short_transaction()`.
    """
    if connection.dialect.name != "sqlite":
        return
    options = connection.get_execution_options()
    reading = options.get("reading", False) or (_is_shown() and not options.get("writing", False))
    if reading:
        # By the shortest way: every page begins so, and this waits for nobody.
        connection.connection.dbapi_connection.execute("BEGIN")
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def short_transaction() -> Iterator[Session]:
    """A transaction of its own, committed at once, whatever becomes of the request around it.

    What the caller has not committed is given up first: this is for requests that only read,
    or that are refused, and two writers of one request would wait for each other.
    """
    db.session.rollback()
    with (
        db.engine.connect().execution_options(writing=True) as connection,
        Session(connection) as session,
    ):
        yield session
        session.commit()
