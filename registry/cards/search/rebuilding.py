"""Making the whole index anew from the cards, beside the one that searches go on using.

In slices, each a short transaction, so that nobody who saves something waits for long. What is
changed meanwhile is kept in a list and made good before the two are exchanged.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, delete, select

from registry import clock
from registry.cards.models import Card, SearchTouched
from registry.cards.search import schema
from registry.cards.search.index import (
    IN_THE_MAKING,
    ROW,
    TOUCHED,
    VOCABULARY,
    WORDS,
    Index,
    is_postgresql,
    write_index,
)
from registry.cards.search.rows import Indexed, indexed
from registry.cards.search.schema import OLD, TWIN
from registry.database import db
from registry.timetable.council_terms import school_calendar

Progress = Callable[[int, int], None]

_SLICE = 500
_FEW = 50
_AT_ONCE = 500
# The first rows of what FTS5 keeps are its head, without which it cannot even be dropped.
_HEAD = 10
# How much of FTS5's tidying is done in one transaction, in pages, and how much at all.
_PAGES = 200
_MOST_ROUNDS = 20_000
# Between two slices, so that somebody who waits to save gets a turn.
_PAUSE_SECONDS = 0.004


def fill() -> int:
    """Fill an empty index from the cards, in the caller's transaction. Returns how many cards."""
    session = db.session()
    if session.connection().exec_driver_sql(f"SELECT 1 FROM {ROW} LIMIT 1").first():
        return 0
    numbers = list(session.scalars(select(Card.activity_id).order_by(Card.activity_id)))
    for some in _slices(numbers):
        write_index(_made(some))
    return len(numbers)


def refresh_dates(older_than_days: int = 7) -> int:
    """Count the dates of the coming weeks anew, where that was last done so long ago.

    A slice at a time, each in a transaction of its own. Returns of how many cards.
    """
    oldest = clock.today().toordinal() - older_than_days
    refreshed = 0
    while True:
        with _writing() as to:
            rows = to.exec_driver_sql(
                f"SELECT DISTINCT id FROM {ROW} WHERE since <= {oldest} ORDER BY id LIMIT {_SLICE}"
            )
            numbers = [number for (number,) in rows]
            cards = _made(numbers)
            Index(to).refresh(cards)
            Index(to).replace(sorted({*numbers} - {one.activity_id for one in cards}), ())
        refreshed += len(numbers)
        if len(numbers) < _SLICE:
            return refreshed


def rebuild(progress: Progress = lambda done, of: None) -> int:
    """Make the index anew and put it in the place of the old one. Returns how many cards it has."""
    numbers = _begin()
    for done, some in enumerate(_slices(numbers)):
        with _reading():
            cards = _made(some)
        with _writing() as to:
            Index(to, TWIN).add(cards)
        progress(min((done + 1) * _SLICE, len(numbers)), len(numbers))
        time.sleep(_PAUSE_SECONDS)
    _make_quick()
    while len(touched := _touched()) > _FEW:
        _make_good(touched)
    _exchange()
    _throw_away()
    return len(numbers)


def _begin() -> list[int]:
    """From now on changes are kept in a list. The numbers of all cards, in the map's order."""
    _throw_away(TWIN)
    with _alone() as to:
        to.exec_driver_sql(f"DELETE FROM {TOUCHED}")
        to.exec_driver_sql(f"INSERT INTO {TOUCHED} (activity_id) VALUES ({IN_THE_MAKING})")
        schema.create(to, TWIN)
        schema.create_vocabulary(to, TWIN)
        if not is_postgresql(to):
            schema.create_indexes(to, TWIN)
            for option, value in (("automerge", 8), ("crisismerge", 64)):
                to.exec_driver_sql(
                    f"INSERT INTO {WORDS}{TWIN} ({WORDS}{TWIN}, rank) VALUES ('{option}', {value})"
                )
    with _reading() as to:
        known = to.exec_driver_sql(f"SELECT id FROM {ROW} WHERE lead = 1 ORDER BY key")
        order = {number: place for place, (number,) in enumerate(known)}
        numbers = list(db.session.scalars(select(Card.activity_id).order_by(Card.activity_id)))
    return sorted(numbers, key=lambda number: order.get(number, len(order)))


def _make_quick() -> None:
    """On PostgreSQL the map's order and the index of words; on SQLite all words in a few parts."""
    with _writing() as to:
        if is_postgresql(to):
            to.exec_driver_sql(f"CLUSTER {ROW}{TWIN} USING pk_{ROW}{TWIN}")
            schema.create_indexes(to, TWIN)
            to.exec_driver_sql(f"ANALYZE {ROW}{TWIN}")
            return
    for _ in range(_MOST_ROUNDS):
        with _writing() as to:
            before = to.exec_driver_sql("SELECT total_changes()").scalar_one()
            to.exec_driver_sql(
                f"INSERT INTO {WORDS}{TWIN} ({WORDS}{TWIN}, rank) VALUES ('merge', {_PAGES})"
            )
            after = to.exec_driver_sql("SELECT total_changes()").scalar_one()
        if after - before < 2:
            return
        time.sleep(_PAUSE_SECONDS)


def _touched() -> list[int]:
    with _reading():
        asked = select(SearchTouched.activity_id).where(SearchTouched.activity_id > IN_THE_MAKING)
        return list(db.session.scalars(asked.limit(_SLICE)))


def _make_good(numbers: Sequence[int]) -> None:
    """Give the twin what has become of these cards."""
    with _alone() as to:
        _make_good_in(to, numbers)


def _make_good_in(to: Connection, numbers: Sequence[int]) -> None:
    Index(to, TWIN).replace(numbers, _made(numbers))
    db.session.execute(delete(SearchTouched).where(SearchTouched.activity_id.in_(numbers)))


def _exchange() -> None:
    """Make good the last changes and let the twin be the index, in one short transaction."""
    with _alone() as to:
        asked = select(SearchTouched.activity_id)
        last = [one for one in db.session.scalars(asked) if one != IN_THE_MAKING]
        _make_good_in(to, last)
        for name in _tables(to):
            to.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {name}{OLD}")
        _name_indexes(to, "", OLD)
        for name in _tables(to):
            to.exec_driver_sql(f"ALTER TABLE {name}{TWIN} RENAME TO {name}")
        _name_indexes(to, TWIN, "")
        to.exec_driver_sql(f"DELETE FROM {TOUCHED}")


def _tables(to: Connection) -> tuple[str, ...]:
    return (ROW, VOCABULARY) if is_postgresql(to) else (ROW, WORDS, VOCABULARY)


def _name_indexes(to: Connection, old: str, new: str) -> None:
    """SQLite's index of numbers cannot be renamed: it keeps the name that it was made with."""
    if is_postgresql(to):
        for name in (f"pk_{ROW}", f"ix_{ROW}_id", f"ix_{ROW}_words", f"pk_{VOCABULARY}"):
            to.exec_driver_sql(f"ALTER INDEX {name}{old} RENAME TO {name}{new}")


def _throw_away(suffix: str = OLD) -> None:
    """Take the old tables away, of SQLite's a few rows at a time: one big step would block."""
    with _reading() as to:
        is_to_be_emptied = not is_postgresql(to)
    if is_to_be_emptied:
        _empty(f"{WORDS}{suffix}_data", "id")
        _empty(f"{WORDS}{suffix}_content", "id")
        _empty(f"{ROW}{suffix}", "key")
    with _writing() as to:
        schema.drop(to, suffix)


def _empty(table: str, key: str) -> None:
    while True:
        with _writing() as to:
            if not schema.is_there(to, table):
                return
            gone = to.exec_driver_sql(
                f"DELETE FROM {table} WHERE {key} IN"
                f" (SELECT {key} FROM {table} WHERE {key} > {_HEAD} LIMIT {_AT_ONCE})"
            )
            if not gone.rowcount:
                return
        time.sleep(_PAUSE_SECONDS)


def _made(numbers: Sequence[int]) -> list[Indexed]:
    """The cards of these numbers, as far as there are any, as the index keeps them."""
    calendar, today = school_calendar(), clock.today()
    asked = select(Card.activity_id, Card.version, Card.name, Card.listed_until, Card.document)
    cards = db.session.execute(asked.where(Card.activity_id.in_(numbers))).all()
    return [
        indexed(number, version, name, until, document, calendar, today)
        for number, version, name, until, document in cards
    ]


def _slices(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), _SLICE):
        yield numbers[start : start + _SLICE]


@contextmanager
def _reading() -> Iterator[Connection]:
    """The session, as a reader that nobody waits for."""
    db.session.rollback()
    try:
        yield db.session.connection(execution_options={"reading": True})
    finally:
        db.session.rollback()


@contextmanager
def _writing() -> Iterator[Connection]:
    """A short transaction of its own."""
    db.session.rollback()
    try:
        yield db.session.connection()
        db.session.commit()
    finally:
        db.session.rollback()


@contextmanager
def _alone() -> Iterator[Connection]:
    """The same, after every step that changes cards has ended and before the next begins."""
    with _writing() as to:
        to.exec_driver_sql("UPDATE register_version SET version = version WHERE id = 1")
        yield to
