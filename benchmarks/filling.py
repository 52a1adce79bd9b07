"""Putting invented activities into a database: their cards, and what the index keeps of them.

What a card's rows in the index say is worked out by the register's own program, from the card's
document, in processes of their own. It is kept in files, so that one run of the benchmark does it
once for all of its registers. Only the writing is done in bulk.
"""

import pickle
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from contextvars import Context
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from benchmarks.activities import SLICE, Country, document_text
from benchmarks.timing import progress
from registry import clock
from registry.cards.models import Card
from registry.cards.search import postgresql
from registry.cards.search.rows import Row, indexed, marked
from registry.cards.words.plain import fold
from registry.database import db
from registry.timetable.council_terms import school_calendar

Line = tuple[Any, ...]
Made = tuple[list[Line], list[Line], Counter[str]]

_COLUMNS = [column.name for column in Card.__table__.columns]
_OF_A_ROW = [*Row._fields, "words"]
_VERSION = 1


def fill(country: Country, size: int, engine: str, folder: Path) -> None:
    """Put in so many activities. `folder` keeps what was made, for the next register."""
    folder.mkdir(parents=True, exist_ok=True)
    db.session.commit()
    put = _PostgreSQL if engine == "PostgreSQL" else _SQLite
    words: Counter[str] = Counter()
    with put() as to, progress(f"{engine}, cards and what is worked out of them", size) as so_far:
        done = 0
        for cards, rows, said in _made(country, size, folder):
            to.put(cards, rows)
            words.update(said)
            done += len(cards)
            so_far(done)
        to.finish(words)


def _made(country: Country, size: int, folder: Path) -> Iterator[Made]:
    """What each slice is made of, by other processes while this one puts it in."""
    starts = range(0, size, SLICE)
    make = partial(_make, country, size, folder)
    if size <= SLICE:
        make(0)
        yield _read(folder, size, 0)
        return
    with get_context("fork").Pool(2) as makers:
        for start in makers.imap(make, starts):
            yield _read(folder, size, start)


def _make(country: Country, size: int, folder: Path, start: int) -> int:
    """Make one slice, if it is not there yet."""
    path = _path(folder, size, start)
    if not path.exists():
        # In no application's context: with the lists that the register brings along.
        made = Context().run(slice_of, country, min(start + SLICE, size), start)
        with path.open("wb") as file:
            pickle.dump(made, file, pickle.HIGHEST_PROTOCOL)
    return start


def slice_of(country: Country, stop: int, start: int) -> Made:
    """The cards of one slice, the rows that the index keeps of them, and how often words stand."""
    cards, rows = [], []
    words: Counter[str] = Counter()
    calendar, today = school_calendar(), clock.today()
    for record in country.records(start, stop, today):
        told = {
            **{name: getattr(record, name, None) for name in _COLUMNS},
            "sort_name": fold(record.name)[:200],
            "version": _VERSION,
            "listed_until": record.listed_until.isoformat(),
            "document": document_text(record),
        }
        cards.append(tuple(told[name] for name in _COLUMNS))
        one = indexed(
            record.activity_id,
            _VERSION,
            record.name,
            record.listed_until,
            record.public_document(),
            calendar,
            today,
        )
        rows += [(*row, " ".join(marked(row, one.words))) for row in one.rows]
        words.update(one.words.every)
    return cards, rows, words


def _path(folder: Path, size: int, start: int) -> Path:
    return folder / f"{start}-{min(start + SLICE, size)}.pickle"


def _read(folder: Path, size: int, start: int) -> Made:
    with _path(folder, size, start).open("rb") as file:
        made: Made = pickle.load(file)
    return made


class _SQLite:
    """Everything goes in as it comes; then what the index keeps is laid out in its order."""

    def __init__(self) -> None:
        where = str(db.engine.url.database)
        db.session.remove()
        db.engine.dispose()
        self.to = sqlite3.connect(where, isolation_level=None)
        for pragma in ("synchronous = OFF", "cache_size = -1000000", "wal_autocheckpoint = 20000"):
            self.to.execute(f"PRAGMA {pragma}")
        self.beside = Path(f"{where}-made")
        self.to.execute("ATTACH ? AS made", (str(self.beside),))
        self.to.execute("PRAGMA made.journal_mode = OFF")
        self.to.execute(f"CREATE TABLE made.line ({', '.join(_OF_A_ROW)})")

    def __enter__(self) -> "_SQLite":
        return self

    def __exit__(self, *_: object) -> None:
        self.to.close()
        self.beside.unlink(missing_ok=True)

    def put(self, cards: list[Line], rows: list[Line]) -> None:
        """One slice."""
        self.to.execute("BEGIN")
        for table, names, lines in (("card", _COLUMNS, cards), ("made.line", _OF_A_ROW, rows)):
            places = ", ".join("?" * len(names))
            self.to.executemany(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", lines
            )
        self.to.execute("COMMIT")

    def finish(self, words: Counter[str]) -> None:
        """Lay out what the index keeps, and index its words."""
        names = ", ".join(Row._fields)
        self.to.execute("BEGIN")
        self.to.execute(
            f"INSERT INTO search_row ({names}) SELECT {names} FROM made.line ORDER BY key"
        )
        self.to.execute(
            "INSERT INTO search_words_content (id, c0)"
            " SELECT key, words FROM made.line ORDER BY key"
        )
        self.to.execute("COMMIT")
        self.to.execute("INSERT INTO search_words (search_words) VALUES ('rebuild')")
        self.to.execute("BEGIN")
        self.to.executemany("INSERT INTO search_word (word, cards) VALUES (?, ?)", words.items())
        self.to.execute("COMMIT")


class _PostgreSQL:
    """The same by COPY."""

    def __init__(self) -> None:
        self.to: Connection = db.engine.connect()
        for statement in (
            "DROP INDEX ix_search_row_words",
            f"CREATE UNLOGGED TABLE made_line AS SELECT {', '.join(Row._fields)}, '' AS words"
            " FROM search_row LIMIT 0",
        ):
            self.to.exec_driver_sql(statement)
        self.to.commit()

    def __enter__(self) -> "_PostgreSQL":
        return self

    def __exit__(self, *_: object) -> None:
        self.to.close()

    def put(self, cards: list[Line], rows: list[Line]) -> None:
        """One slice."""
        self._copy("card", _COLUMNS, cards)
        self._copy("made_line", _OF_A_ROW, rows)
        self.to.commit()

    def finish(self, words: Counter[str]) -> None:
        """Lay out what the index keeps, and index its words."""
        names = ", ".join(Row._fields)
        self.to.exec_driver_sql("SET work_mem = '1GB'")
        self.to.exec_driver_sql(
            f"INSERT INTO search_row ({names}, words) SELECT {names},"
            " array_to_tsvector(string_to_array(words, ' ')) FROM made_line ORDER BY key"
        )
        self.to.exec_driver_sql("DROP TABLE made_line")
        self._copy("search_word", ["word", "cards"], list(words.items()))
        gin = next(statement for statement in postgresql.INDEX if "USING gin" in statement)
        self.to.exec_driver_sql(gin.format(gin="ix_search_row_words", row="search_row"))
        self.to.commit()

    def _copy(self, table: str, names: list[str], lines: list[Line]) -> None:
        driver: Any = self.to.connection.driver_connection
        with (
            closing(driver.cursor()) as cursor,
            cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as to,
        ):
            for line in lines:
                to.write_row(line)
