"""Asking the index: one statement for every count, one for a page, and one for half a word."""

import re
from collections.abc import Sequence
from dataclasses import replace
from time import monotonic
from typing import Any, NamedTuple

from registry.cards.search.asking import Asked, Sought, asked_of, sought
from registry.cards.search.counting import Counted, counted
from registry.cards.search.index import ROW, VOCABULARY, dialect
from registry.cards.search.nearest import among
from registry.cards.search.request import SearchRequest
from registry.cards.search.statement import Statement
from registry.cards.search.values import DISTANCE, FIT
from registry.cards.words.plain import QueryWord
from registry.database import ask_shortly, db
from registry.geography.places import Point

# Of the words that begin as the last one does, those that most cards have.
_MOST_BEGUN = 100
# So many that have the words are looked up by their keys, and not searched for once more.
_FEW = 5_000
# How many times as many as a page has are looked for close by before all of the circle is.
_AMPLE = 4
# It is not worth looking close by first unless the circle has so many.
_MANY = 300
_VERSION = "SELECT version FROM register_version"
_LARGE, _SECONDS = 100_000, 60.0
# The place of a value in a statement of either database.
_VALUE = re.compile(r"(:|%\()(\w+)")


class _Rows(NamedTuple):
    version: int
    number: int
    at: float

    def will_do(self) -> bool:
        return self.number > _LARGE and monotonic() - self.at < _SECONDS


_rows: dict[str, _Rows] = {}


class Found(NamedTuple):
    """One card of a page: its number, whether it is unsure and has a point, and its document."""

    activity_id: int
    unsure: bool
    placed: bool
    document: str


def asking(
    request: SearchRequest, words: tuple[QueryWord, ...], point: Point | None, today: int
) -> Asked:
    """What the index is asked, with half a word made whole."""
    return asked_of(request, tuple(_sought(word) for word in words), point, today)


def counts(asked: Asked, request: SearchRequest) -> Counted:
    """How many there are, and every count of every facet."""
    to = db.session.connection()
    statement = Statement(dialect(to), asked)
    line = to.exec_driver_sql(statement.counts(), statement.values).one()
    return counted(asked, request, line)


def page(asked: Asked, of: Counted, limit: int, offset: int) -> list[Found]:
    """So many of them in order."""
    limit = min(limit, of.total - offset)
    if limit <= 0:
        return []
    if of.keys:
        some = among(asked, of.keys.split(","), limit, offset)
        if len(some.keys) <= _FEW:
            return _page(asked, limit, some.offset, ",".join(some.keys))
    close = _close_by(asked, of, limit + offset)
    if close is not None:
        found = _page(close, limit, offset)
        # Those that are unsure or without a point come after all others, wherever those are.
        if len(found) == limit and found[-1].placed and not found[-1].unsure:
            return found
    return _page(asked, limit, offset)


def numbers(asked: Asked) -> set[int]:
    """The numbers of all that there are."""
    to = db.session.connection()
    statement = Statement(dialect(to), asked)
    return set(to.exec_driver_sql(statement.numbers(), statement.values).scalars())


def totals(every: Sequence[Asked]) -> list[int]:
    """How many there are of each of several things that might be asked, all in one statement."""
    if not every:
        return []
    to = db.session.connection()
    says, told = dialect(to), []
    values: dict[str, Any] = {}
    for number, asked in enumerate(every):
        statement, of = Statement(says, asked), f"q{number}_"
        total = _VALUE.sub(rf"\g<1>{of}\2", statement.total())
        told.append(f"({total})")
        values |= {f"{of}{name}": value for name, value in statement.values.items()}
    line = to.exec_driver_sql(f"SELECT {', '.join(told)}", values).one()
    return list(line)


def have_the_words(asked: Asked, most: int) -> int:
    """How many have the words, counted no further than `most`."""
    to = db.session.connection()
    statement = Statement(dialect(to), replace(asked, point=None, miles=None))
    number: int = to.exec_driver_sql(statement.having(most), statement.values).scalar_one()
    return number


def rows_there_are() -> int:
    """How many rows the index has; counted once for each version of the register, and those of a
    large one only so often."""
    to = db.session.connection()
    where, version = str(db.engine.url), int(ask_shortly(_VERSION)[0][0])
    known = _rows.get(where)
    if known and (known.version == version or known.will_do()):
        return known.number
    number: int = to.exec_driver_sql(f"SELECT count(*) FROM {ROW}").scalar_one()
    _rows[where] = _Rows(version, number, monotonic())
    return number


def _page(asked: Asked, limit: int, offset: int, keys: str = "") -> list[Found]:
    to = db.session.connection()
    statement = Statement(dialect(to), asked)
    rows = to.exec_driver_sql(statement.page(limit, offset, keys), statement.values)
    return [Found(row[0], bool(row[1]), bool(row[2]), row[3]) for row in rows]


def _close_by(asked: Asked, of: Counted, wanted: int) -> Asked | None:
    """The same in a smaller circle that very likely has the whole page, where the nearest of those
    that surely meet all come first; None where that would save nothing."""
    is_by_distance = asked.sort == DISTANCE or (asked.sort == FIT and not asked.words)
    if asked.miles is None or not is_by_distance or of.sure < max(_MANY, 2 * _AMPLE * wanted):
        return None
    return replace(asked, miles=asked.miles * (_AMPLE * wanted / of.sure) ** 0.5)


def _sought(word: QueryWord) -> Sought:
    return sought(word, _begun(word.beginning) if word.beginning else ())


def _begun(beginning: str) -> tuple[str, ...]:
    """The words of the register that begin so, as a range that an index answers."""
    to = db.session.connection()
    put = dialect(to).place
    rows = to.exec_driver_sql(
        f"SELECT word FROM {VOCABULARY} WHERE word >= {put('first')} AND word < {put('last')}"
        f" ORDER BY cards DESC, word LIMIT {_MOST_BEGUN}",
        {"first": beginning, "last": beginning + "\U0010ffff"},
    )
    return tuple(word for (word,) in rows)
