"""Registers of any size, filled with invented activities, on either database."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Engine, event, insert, text

from benchmarks.activities import SLICE, Country, document_text
from benchmarks.timing import progress
from registry import clock
from registry.application import create_app
from registry.cards.models import Card
from registry.cards.search.rebuilding import rebuild
from registry.cards.words.plain import fold
from registry.config import Settings
from registry.database import db
from registry.geography.models import Postcode
from registry.information.services import fill_in_contacts

POSTGRESQL, SQLITE = "PostgreSQL", "SQLite"
_COLUMNS = [column.name for column in Card.__table__.columns]
Line = tuple[Any, ...]

# What a large register on SQLite is given; see docs/for-operators.md.
PRAGMAS = ("PRAGMA cache_size=-262144", "PRAGMA mmap_size=4000000000", "PRAGMA temp_store=MEMORY")


@dataclass(frozen=True)
class Register:
    """A filled register, and the country that its activities are in."""

    app: Flask
    country: Country
    size: int
    engine: str


@contextmanager
def register(
    url: str, folder: Path, size: int, country: Country, *, with_index: bool = True
) -> Iterator[Register]:
    """Make one with so many activities, and its index. Inside is an application context."""
    folder.mkdir(parents=True, exist_ok=True)
    app = opened(url, str(folder))
    engine = POSTGRESQL if url.startswith("postgresql") else SQLITE
    with app.app_context():
        try:
            upgrade()
            fill_in_contacts()
            _put_towns(country)
            _put_cards(country, size, engine)
            if with_index:
                rebuild()
            _tidy(engine)
            yield Register(app, country, size, engine)
        finally:
            db.session.remove()
            db.engine.dispose()


def opened(url: str, folder: str) -> Flask:
    """The application over a register that there is, with the memory that one of this size has."""
    app = create_app(
        Settings(
            secret_key="nobody signs in here, so nobody keeps it secret",
            database_url=url,
            data_dir=Path(folder),
            mail_sender="memory",
        )
    )
    with app.app_context():
        _quicken(db.engine)
    return app


def _put_towns(country: Country) -> None:
    rows = [
        {
            "postcode": town.postcode,
            "latitude": town.middle.latitude,
            "longitude": town.middle.longitude,
            "ward_code": "",
            "ward_name": town.name,
            "authority_code": "",
            "authority_name": "",
        }
        for town in country.towns
    ]
    db.session.execute(insert(Postcode), rows)
    db.session.commit()


def _put_cards(country: Country, size: int, engine: str) -> None:
    today = clock.today()
    with progress(f"{engine}, cards", size) as so_far:
        lines = _lines(country, size, today)
        put = _copy if engine == POSTGRESQL else _insert
        done = 0
        while slice_ := list(islice(lines, SLICE)):
            put(slice_)
            done += len(slice_)
            so_far(done)
    db.session.commit()


def _lines(country: Country, size: int, today: date) -> Iterator[Line]:
    """The rows of cards, made by another process while this one puts them in."""
    starts = range(0, size, SLICE)
    if size <= SLICE:
        yield from slice_of(country, size, today, 0)
        return
    with get_context("fork").Pool(2) as makers:
        make = partial(slice_of, country, size, today)
        for lines in makers.imap(make, starts):
            yield from lines


def slice_of(country: Country, size: int, today: date, start: int) -> list[Line]:
    """The rows of one slice of the cards."""
    made = []
    for record in country.records(start, min(start + SLICE, size), today):
        told = {
            **{name: getattr(record, name, None) for name in _COLUMNS},
            "sort_name": fold(record.name)[:200],
            "version": 1,
            "listed_until": record.listed_until.isoformat(),
            "document": document_text(record),
        }
        made.append(tuple(told[name] for name in _COLUMNS))
    return made


def _insert(lines: list[Line]) -> None:
    places = ", ".join("?" * len(_COLUMNS))
    db.session.connection().exec_driver_sql(
        f"INSERT INTO card ({', '.join(_COLUMNS)}) VALUES ({places})", lines
    )
    db.session.commit()


def _copy(lines: list[Line]) -> None:
    driver: Any = db.session.connection().connection.driver_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY card ({', '.join(_COLUMNS)}) FROM STDIN") as to,
    ):
        for line in lines:
            to.write_row(line)
    db.session.commit()


def _tidy(engine: str) -> None:
    """What each database's own housekeeping would have done by the next day."""
    db.session.commit()
    if engine == POSTGRESQL:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    else:
        # Outside a transaction, which the second of them cannot be in.
        with closing(db.engine.raw_connection()) as raw, closing(raw.cursor()) as to:
            to.execute("ANALYZE")
            to.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _quicken(engine: Engine) -> None:
    """Give SQLite the memory that a register of this size is given."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        for pragma in PRAGMAS:
            connection.execute(pragma)

    engine.dispose()
