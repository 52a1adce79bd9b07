"""The tables of the index: made as the migrations make them, and as a twin beside the old ones."""

from sqlalchemy import Connection, inspect

from registry.cards.search import postgresql, sqlite
from registry.cards.search.index import ROW, VOCABULARY, WORDS, is_postgresql

TWIN, OLD = "_twin", "_old"


def is_of_the_index(name: str | None) -> bool:
    """Whether a table is one that no model describes: each database keeps it in its own way."""
    return (name or "").startswith((ROW, WORDS, f"{VOCABULARY}_"))


def create(to: Connection, suffix: str = "") -> None:
    """Make the tables, empty and without what only makes finding quick."""
    create = postgresql.CREATE if is_postgresql(to) else sqlite.CREATE
    for statement in create:
        to.exec_driver_sql(statement.format(**_names(suffix)))


def create_indexes(to: Connection, suffix: str = "") -> None:
    """Make what makes finding quick."""
    names = _names(suffix)
    if not is_postgresql(to):
        # An index of SQLite keeps its name for life, also when its table is called another.
        taken = to.exec_driver_sql(
            "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = ?", (names["index"],)
        ).first()
        names["index"] += "_anew" if taken else ""
    for statement in postgresql.INDEX if is_postgresql(to) else sqlite.INDEX:
        to.exec_driver_sql(statement.format(**names))


def create_vocabulary(to: Connection, suffix: str) -> None:
    """Make a twin of the table of words."""
    collated = ' COLLATE "C"' if is_postgresql(to) else ""
    to.exec_driver_sql(
        f"CREATE TABLE {VOCABULARY}{suffix} (word VARCHAR(60){collated} NOT NULL,"
        f" cards INTEGER NOT NULL, CONSTRAINT pk_{VOCABULARY}{suffix} PRIMARY KEY (word))"
    )


def drop(to: Connection, suffix: str = "") -> None:
    """Take the tables away, if they are there."""
    to.exec_driver_sql(f"DROP TABLE IF EXISTS {ROW}{suffix}")
    to.exec_driver_sql(f"DROP TABLE IF EXISTS {VOCABULARY}{suffix}")
    if not is_postgresql(to):
        to.exec_driver_sql(f"DROP TABLE IF EXISTS {WORDS}{suffix}")


def drop_indexes(to: Connection, suffix: str) -> None:
    """Of a table on SQLite that is to be emptied: nobody finds anything in it any more."""
    names = to.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
        (f"{ROW}{suffix}",),
    ).all()
    for (name,) in names:
        to.exec_driver_sql(f"DROP INDEX {name}")


def is_there(to: Connection, table: str) -> bool:
    """Whether there is a table of this name."""
    return inspect(to).has_table(table)


def _names(suffix: str) -> dict[str, str]:
    return {
        "row": f"{ROW}{suffix}",
        "words": f"{WORDS}{suffix}",
        "gin": f"ix_{ROW}_words{suffix}",
        "index": f"ix_{ROW}_id{suffix}",
        "pk": f"pk_{ROW}{suffix}",
    }
