"""The index on PostgreSQL: one table, and one GIN over its words, to which its cells belong.

A search with words asks that one index for words and cells together; a search without goes over
runs of keys.
"""

from collections.abc import Iterable
from typing import Any

from registry.cards.search.asking import Asked
from registry.cards.search.cells import runs, word_of_part, words_around
from registry.cards.search.rows import Row, word_of_a_name

joined = "string_agg({}, '{}')"
greatest = "greatest"

COLUMNS = (*Row._fields, "words")

CREATE = (
    "CREATE TABLE {row} (key BIGINT CONSTRAINT {pk} PRIMARY KEY, id INTEGER NOT NULL,"
    " lead SMALLINT NOT NULL, many SMALLINT NOT NULL, until INTEGER NOT NULL,"
    " lat DOUBLE PRECISION, lon DOUBLE PRECISION, ages INTEGER NOT NULL, slots BIGINT NOT NULL,"
    " costs INTEGER NOT NULL, price INTEGER, since INTEGER NOT NULL, dates BIGINT NOT NULL,"
    " next INTEGER, version BIGINT NOT NULL, made INTEGER NOT NULL,"
    ' sort_name TEXT COLLATE "C" NOT NULL, facets TEXT COLLATE "C" NOT NULL,'
    ' names TEXT COLLATE "C" NOT NULL, kinds TEXT COLLATE "C" NOT NULL,'
    " words TSVECTOR NOT NULL)",
    # The words are only read through their index, so they need not lie among the rows.
    "ALTER TABLE {row} ALTER COLUMN words SET STORAGE EXTERNAL,"
    " ALTER COLUMN facets SET STORAGE PLAIN, ALTER COLUMN sort_name SET STORAGE PLAIN,"
    " ALTER COLUMN names SET STORAGE PLAIN, ALTER COLUMN kinds SET STORAGE PLAIN",
    # Room on each page for a row that is only told a new date or price: its words stay indexed.
    "ALTER TABLE {row} SET (toast_tuple_target = 128, fillfactor = 90)",
)
INDEX = (
    "CREATE INDEX {index} ON {row} (id)",
    "CREATE INDEX {gin} ON {row} USING gin (words) WITH (fastupdate = off)",
)


def place(name: str) -> str:
    """Where the value of this name goes."""
    return f"%({name})s"


def holds(text: str, value: str) -> str:
    """Whether a text has this in it."""
    return f"position({value} in {text}) > 0"


def among(key: str, keys: str) -> str:
    """Whether a key is one of these, which have commas between them."""
    return f"{key} = ANY(CAST('{{{keys}}}' AS BIGINT[]))"


def source(asked: Asked, values: dict[str, Any]) -> str:
    """The rows that are near and have the words."""
    if asked.words or asked.parts is not None:
        values["query"] = query(asked)
        return "(SELECT * FROM search_row WHERE words @@ CAST(%(query)s AS tsquery)) s"
    if asked.point is None or asked.miles is None:
        return "search_row s"
    around = runs(asked.point, asked.miles)
    inside = " OR ".join(f"key BETWEEN %(r{n})s AND %(t{n})s" for n in range(len(around)))
    for number, run in enumerate(around):
        values[f"r{number}"], values[f"t{number}"], _ = run
    return f"(SELECT * FROM search_row WHERE {inside}) s"


def within(asked: Asked, far: str, most: str) -> str:
    """Whether a row of the source is within the circle, or has no point."""
    return f"(s.lat IS NULL OR {far} <= {most})"


def having(asked: Asked, values: dict[str, Any], most: int) -> str:
    """Up to so many rows that have the words, whatever else there is of them."""
    values["query"] = query(asked)
    has = "words @@ CAST(%(query)s AS tsquery)"
    return f"SELECT 1 FROM search_row WHERE {has} LIMIT {most}"


def query(asked: Asked) -> str:
    """Every word must be met, by any of what it may be, in any of the cells."""
    wanted: list[Iterable[str]] = [sought.any for sought in asked.words]
    if asked.point is not None and asked.miles is not None:
        wanted.append(words_around(asked.point, asked.miles))
    if asked.parts is None:
        return _all_of(wanted)
    if not asked.parts:
        return _all_of(_named(asked))
    some = _all_of([*wanted, [word_of_part(part) for part in asked.parts]])
    return f"({some}) | ({_all_of(_named(asked))})" if asked.and_named else some


def _named(asked: Asked) -> list[list[str]]:
    return [[word_of_a_name(word) for word in sought.exact] for sought in asked.words]


def _all_of(wanted: Iterable[Iterable[str]]) -> str:
    return " & ".join(f"({' | '.join(map(_quoted, words))})" for words in wanted)


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
