"""Asking the index: one statement for what is found and counted, and one for half a word."""

from registry.cards.search.asking import Asked, Sought, asked_of, sought
from registry.cards.search.counting import Counted, counted
from registry.cards.search.index import VOCABULARY, dialect
from registry.cards.search.request import SearchRequest
from registry.cards.search.statement import Statement
from registry.cards.words.plain import QueryWord
from registry.database import db
from registry.geography.places import Point

# Of the words that begin as the last one does, those that most cards have.
_MOST_BEGUN = 100


def asking(
    request: SearchRequest, words: tuple[QueryWord, ...], point: Point | None, today: int
) -> Asked:
    """What the index is asked, with half a word made whole."""
    return asked_of(request, tuple(_sought(word) for word in words), point, today)


def found(asked: Asked, request: SearchRequest, limit: int, offset: int) -> Counted:
    """What there is, and so many of it in order."""
    to = db.session.connection()
    statement = Statement(dialect(to), asked)
    line = to.exec_driver_sql(statement.found(limit, offset), statement.values).one()
    return counted(asked, request, line)


def total(asked: Asked) -> int:
    """How many there are."""
    to = db.session.connection()
    statement = Statement(dialect(to), asked)
    number: int = to.exec_driver_sql(statement.total(), statement.values).scalar_one()
    return number


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
