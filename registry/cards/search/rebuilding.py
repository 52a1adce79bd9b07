"""Making the whole index anew from the cards, beside the one that searches go on using.

A row of the index says which version of its card it was made of and how. What is still right so is
copied, with its words; what is not is made anew from the card's document, or all of it where
somebody asks for that. What makes finding quick is always made anew.

In slices, each a short transaction, so that nobody who saves something waits for long. What is
changed meanwhile is kept in a list and made good before the two are exchanged.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, delete, func, select

from registry import clock
from registry.cards.models import Card, SearchTouched
from registry.cards.search import schema, words_apart
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
from registry.cards.search.rows import Indexed, indexed, stamp
from registry.cards.search.schema import OLD, TWIN
from registry.database import db
from registry.timetable.council_terms import school_calendar

Progress = Callable[[int, int], None]

_SLICE = 500
_FEW = 50
# The first rows of what FTS5 keeps are its head, without which it cannot even be dropped.
_HEAD = 10
# How much of FTS5's tidying is done in one transaction, in pages, and how much at all.
_PAGES = 200
_MOST_ROUNDS = 20_000
# How many rows are copied at a time: as many as take so long, so that nobody waits for longer.
_FIRST_COPIED, _MOST_COPIED = 500, 5_000
_MOST_EMPTIED = 20_000
_SLICE_SECONDS = 0.04
# Between two slices: SQLite tries again at least every 25 ms for whoever waits to save.
_PAUSE_SECONDS = 0.026


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


def rebuild(progress: Progress = lambda done, of: None, *, from_documents: bool = False) -> int:
    """Make the index anew and put it in the place of the old one. Returns how many cards it has.

    `from_documents` trusts no row that there is.
    """
    of = _begin()
    if not from_documents:
        _copy(progress, of)
    numbers = _missing()
    for done, some in enumerate(_slices(numbers), 1):
        with _reading():
            cards = _made(some)
        with _writing() as to:
            Index(to, TWIN).add(cards)
        progress(of - len(numbers) + min(done * _SLICE, len(numbers)), of)
        time.sleep(_PAUSE_SECONDS)
    _make_quick()
    while len(touched := _touched()) > _FEW:
        _make_good(touched)
    _exchange()
    _throw_away()
    return of


def _begin() -> int:
    """From now on changes are kept in a list. Returns how many cards there are."""
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
    with _reading():
        return db.session.scalar(select(func.count()).select_from(Card)) or 0


def _copy(progress: Progress, of: int) -> None:
    """Copy every row that is still right, in the map's order, and put its words in an index."""
    with _reading() as to:
        is_beside, path = not is_postgresql(to), db.engine.url.database or ""
    if not is_beside:
        for _, done in _copied():
            progress(min(done, of), of)
        with _writing() as to:
            Index(to, TWIN).count_every_word()
        return
    with words_apart.Words(path, f"{WORDS}{TWIN}") as apart:
        before = 0
        for last, done in _copied():
            apart.index_up_to(last, done - before)
            before = done
            progress(min(done, of), of)
        _count_words(apart.counted())
        for _ in apart.put_in():
            time.sleep(_PAUSE_SECONDS)


def _copied() -> Iterator[tuple[int, int]]:
    """Copy slice by slice; tells the last key of each, and how many rows that makes."""
    last, done, size = -1, 0, min(_FIRST_COPIED, _SLICE)
    made = stamp(school_calendar())
    while True:
        with _writing() as to:
            began = time.perf_counter()
            end = to.exec_driver_sql(
                f"SELECT max(key) FROM (SELECT key FROM {ROW} WHERE key > {last}"
                f" ORDER BY key LIMIT {size}) k"
            ).scalar_one()
            if end is None:
                return
            done += Index(to, TWIN).copy(last, end, made)
        took = time.perf_counter() - began
        yield end, done
        last, size = end, _next_size(size, took, _SLICE if size < _FIRST_COPIED else _MOST_COPIED)
        time.sleep(_PAUSE_SECONDS)


def _next_size(size: int, took: float, most: int) -> int:
    """So many as will take as long as one slice may, going by the last."""
    return max(1, min(most, 2 * size, int(size * _SLICE_SECONDS / max(took, 0.001))))


def _count_words(cards: dict[str, int]) -> None:
    """Keep on how many of the copied cards each word stands."""
    words = sorted(cards)
    for start in range(0, len(words), _MOST_COPIED):
        with _writing() as to:
            some = words[start : start + _MOST_COPIED]
            Index(to, TWIN).count({word: cards[word] for word in some})
        time.sleep(_PAUSE_SECONDS)


def _missing() -> list[int]:
    """The cards of which the twin has nothing."""
    has = f"SELECT 1 FROM {ROW}{TWIN} t WHERE t.id = c.activity_id"
    with _reading() as to:
        rows = to.exec_driver_sql(
            f"SELECT c.activity_id FROM card c WHERE NOT EXISTS ({has}) ORDER BY c.activity_id"
        )
        return [number for (number,) in rows]


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
        with _writing() as to:
            schema.drop_indexes(to, suffix)
        _empty(f"{WORDS}{suffix}_data", "id")
        _empty(f"{WORDS}{suffix}_content", "id")
        _empty(f"{ROW}{suffix}", "key")
    with _writing() as to:
        schema.drop(to, suffix)


def _empty(table: str, key: str) -> None:
    size = _FIRST_COPIED
    while True:
        with _writing() as to:
            if not schema.is_there(to, table):
                return
            began = time.perf_counter()
            gone = to.exec_driver_sql(
                f"DELETE FROM {table} WHERE {key} IN"
                f" (SELECT {key} FROM {table} WHERE {key} > {_HEAD} LIMIT {size})"
            )
            if not gone.rowcount:
                return
        size = _next_size(size, time.perf_counter() - began, _MOST_EMPTIED)
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
