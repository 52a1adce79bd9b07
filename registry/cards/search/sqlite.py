"""The index on SQLite: a table in the order of the map, and an FTS5 table beside it.

The number of a row of both is the key of a place. So a search with words goes over the words' rows
in the runs of keys around a point, and a search without goes over the runs themselves.
"""

from typing import Any

from registry.cards.search.asking import Asked
from registry.cards.search.cells import runs
from registry.cards.search.rows import Row

joined = "group_concat({}, '{}')"
greatest = "max"
# What FTS5 keeps of the texts that it was given: their columns, in order.
names, kinds = "w.c0", "w.c1"
words_join = " CROSS JOIN search_words_content w ON w.id = m.key"
words_columns = ""

COLUMNS = Row._fields

# “ascii” takes everything but a space between our plain words for a part of a word.
CREATE = (
    "CREATE TABLE {row} (key INTEGER PRIMARY KEY, id INTEGER NOT NULL, lead INTEGER NOT NULL,"
    " many INTEGER NOT NULL, until INTEGER NOT NULL, lat REAL, lon REAL, ages INTEGER NOT NULL,"
    " slots INTEGER NOT NULL, costs INTEGER NOT NULL, price INTEGER, since INTEGER NOT NULL,"
    " dates INTEGER NOT NULL, next INTEGER, sort_name TEXT NOT NULL, facets TEXT NOT NULL)",
    "CREATE VIRTUAL TABLE {words} USING fts5(names, kinds, others, detail=none, columnsize=0,"
    " tokenize='ascii')",
)
INDEX = ("CREATE INDEX {index} ON {row} (id)",)


def place(name: str) -> str:
    """Where the value of this name goes."""
    return f":{name}"


def holds(text: str, value: str) -> str:
    """Whether a text has this in it."""
    return f"instr({text}, {value}) > 0"


def source(asked: Asked, values: dict[str, Any]) -> str:
    """The rows that are near and have the words. CROSS JOIN keeps this order of going over them."""
    tables, conditions = [], []
    if asked.point is not None and asked.miles is not None:
        around = runs(asked.point, asked.miles)
        for number, run in enumerate(around):
            values[f"r{number}"], values[f"t{number}"] = run
        pairs = ", ".join(f"(:r{n}, :t{n})" for n in range(len(around)))
        tables.append(f"(SELECT column1 AS first, column2 AS last FROM (VALUES {pairs})) r")
        conditions.append(f"{'f.rowid' if asked.words else 's.key'} BETWEEN r.first AND r.last")
    if asked.words:
        values["match"] = match(asked)
        tables.append("search_words f")
        conditions += ["f.search_words MATCH :match", "s.key = f.rowid"]
    tables.append("search_row s")
    on = f" ON {' AND '.join(conditions)}" if len(tables) > 1 else ""
    return f"{' CROSS JOIN '.join(tables)}{on}"


def match(asked: Asked) -> str:
    """Every word must be met, by any of what it may be. In quotes nothing is a sign."""
    return " AND ".join(
        "(" + " OR ".join(f'"{word}"' for word in sought.any) + ")" for sought in asked.words
    )
