"""The index on PostgreSQL: one table, and one GIN over its words, to which its cells belong.

A search with words asks that one index for words and cells together; a search without goes over
runs of keys.
"""

from typing import Any

from registry.cards.search.asking import Asked
from registry.cards.search.cells import runs, words_around
from registry.cards.search.rows import Row

joined = "string_agg({}, '{}')"
greatest = "greatest"
names, kinds = "m.names", "m.kinds"
words_join = ""
words_columns = "s.names, s.kinds"

COLUMNS = (*Row._fields, "names", "kinds", "words")

CREATE = (
    "CREATE TABLE {row} (key BIGINT CONSTRAINT {pk} PRIMARY KEY, id INTEGER NOT NULL,"
    " lead SMALLINT NOT NULL, many SMALLINT NOT NULL, until INTEGER NOT NULL,"
    " lat DOUBLE PRECISION, lon DOUBLE PRECISION, ages INTEGER NOT NULL, slots BIGINT NOT NULL,"
    " costs INTEGER NOT NULL, price INTEGER, since INTEGER NOT NULL, dates BIGINT NOT NULL,"
    ' next INTEGER, sort_name TEXT COLLATE "C" NOT NULL, facets TEXT COLLATE "C" NOT NULL,'
    ' names TEXT COLLATE "C" NOT NULL, kinds TEXT COLLATE "C" NOT NULL,'
    " words TSVECTOR NOT NULL)",
    # The words are only read through their index, so they need not lie among the rows.
    "ALTER TABLE {row} ALTER COLUMN words SET STORAGE EXTERNAL,"
    " ALTER COLUMN facets SET STORAGE PLAIN, ALTER COLUMN sort_name SET STORAGE PLAIN,"
    " ALTER COLUMN names SET STORAGE PLAIN, ALTER COLUMN kinds SET STORAGE PLAIN",
    "ALTER TABLE {row} SET (toast_tuple_target = 128)",
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


def source(asked: Asked, values: dict[str, Any]) -> str:
    """The rows that are near and have the words."""
    is_near = asked.point is not None and asked.miles is not None
    if asked.words:
        values["query"] = query(asked)
        return "(SELECT * FROM search_row WHERE words @@ CAST(%(query)s AS tsquery)) s"
    if not is_near or asked.point is None or asked.miles is None:
        return "search_row s"
    around = runs(asked.point, asked.miles)
    inside = " OR ".join(f"key BETWEEN %(r{n})s AND %(t{n})s" for n in range(len(around)))
    for number, run in enumerate(around):
        values[f"r{number}"], values[f"t{number}"] = run
    return f"(SELECT * FROM search_row WHERE {inside}) s"


def query(asked: Asked) -> str:
    """Every word must be met, by any of what it may be, in any of the cells."""
    wanted = [sought.any for sought in asked.words]
    if asked.point is not None and asked.miles is not None:
        wanted.append(tuple(words_around(asked.point, asked.miles)))
    return " & ".join(f"({' | '.join(map(_quoted, words))})" for words in wanted)


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
