"""The index on SQLite: a table in the order of the map, and an FTS5 table beside it.

The number of a row of both is the key of a place. So a search with words goes over the words' rows
in the runs of keys around a point, and a search without goes over the runs themselves. In a run
that lies wholly within the circle nobody reckons how far away a row is.
"""

from collections.abc import Iterable
from typing import Any

from registry.cards.search.asking import Asked
from registry.cards.search.cells import runs, word_of_part
from registry.cards.search.rows import Row, word_of_a_name

joined = "group_concat({}, '{}')"
greatest = "max"

COLUMNS = Row._fields

# “ascii” takes letters, digits and whatever is not ASCII for a part of a word; our own begin with
# the sign that no text has.
_WORDS = (
    "CREATE VIRTUAL TABLE {} USING fts5(words, {}detail=none, columnsize=0,"
    " tokenize=\"ascii tokenchars '_'\")"
)
CREATE = (
    "CREATE TABLE {row} (key INTEGER PRIMARY KEY, id INTEGER NOT NULL, lead INTEGER NOT NULL,"
    " many INTEGER NOT NULL, until INTEGER NOT NULL, lat REAL, lon REAL, ages INTEGER NOT NULL,"
    " slots INTEGER NOT NULL, costs INTEGER NOT NULL, price INTEGER, since INTEGER NOT NULL,"
    " dates INTEGER NOT NULL, next INTEGER, version INTEGER NOT NULL, made INTEGER NOT NULL,"
    " sort_name TEXT NOT NULL, facets TEXT NOT NULL, names TEXT NOT NULL, kinds TEXT NOT NULL)",
    _WORDS.format("{words}", ""),
)
INDEX = ("CREATE INDEX {index} ON {row} (id)",)


def words_apart(name: str) -> str:
    """What makes a table of words that has the same index, but not the texts."""
    return _WORDS.format(name, "content='', ")


def place(name: str) -> str:
    """Where the value of this name goes."""
    return f":{name}"


def holds(text: str, value: str) -> str:
    """Whether a text has this in it."""
    return f"instr({text}, {value}) > 0"


def among(key: str, keys: str) -> str:
    """Whether a key is one of these, which have commas between them."""
    return f"{key} IN ({keys})"


def source(asked: Asked, values: dict[str, Any]) -> str:
    """The rows that are near and have the words. CROSS JOIN keeps this order of going over them."""
    tables, conditions = [], []
    with_words = asked.words or asked.parts is not None
    if asked.point is not None and asked.miles is not None:
        around = runs(asked.point, asked.miles, apart=not with_words)
        for number, run in enumerate(around):
            values[f"r{number}"], values[f"t{number}"], inside = run
            values[f"i{number}"] = int(inside)
        each = ", ".join(f"(:r{n}, :t{n}, :i{n})" for n in range(len(around)))
        told = "SELECT column1 AS first, column2 AS last, column3 AS inside"
        tables.append(f"({told} FROM (VALUES {each})) r")
        conditions.append(f"{'f.rowid' if with_words else 's.key'} BETWEEN r.first AND r.last")
    if with_words:
        values["match"] = match(asked)
        tables.append("search_words f")
        conditions += ["f.search_words MATCH :match", "s.key = f.rowid"]
    tables.append("search_row s")
    on = f" ON {' AND '.join(conditions)}" if len(tables) > 1 else ""
    return f"{' CROSS JOIN '.join(tables)}{on}"


def within(asked: Asked, far: str, most: str) -> str:
    """Whether a row of the source is within the circle, or has no point."""
    return f"(r.inside OR s.lat IS NULL OR {far} <= {most})"


def having(asked: Asked, values: dict[str, Any], most: int) -> str:
    """Up to so many rows that have the words, whatever else there is of them."""
    values["match"] = match(asked)
    return f"SELECT 1 FROM search_words WHERE search_words MATCH :match LIMIT {most}"


def match(asked: Asked) -> str:
    """Every word must be met, by any of what it may be. In quotes nothing is a sign."""
    wanted = [sought.any for sought in asked.words]
    if asked.parts is None:
        return _all_of(wanted)
    if not asked.parts:
        return _all_of(_named(asked))
    some = _all_of([*wanted, [word_of_part(part) for part in asked.parts]])
    return f"({some}) OR ({_all_of(_named(asked))})" if asked.and_named else some


def _named(asked: Asked) -> list[list[str]]:
    return [[word_of_a_name(word) for word in sought.exact] for sought in asked.words]


def _all_of(wanted: Iterable[Iterable[str]]) -> str:
    return " AND ".join(
        "(" + " OR ".join(f'"{word}"' for word in any_of) + ")" for any_of in wanted
    )
