"""Registers of any size, filled with invented activities, on either database."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Engine, event, insert, text

from benchmarks import filling
from benchmarks.activities import Country
from registry.application import create_app
from registry.config import Settings
from registry.database import db
from registry.geography.models import Postcode
from registry.information.services import fill_in_contacts

POSTGRESQL, SQLITE = "PostgreSQL", "SQLite"
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
def register(url: str, folder: Path, size: int, country: Country) -> Iterator[Register]:
    """Make one with so many activities, and its index. Inside is an application context."""
    folder.mkdir(parents=True, exist_ok=True)
    app = opened(url, str(folder))
    engine = POSTGRESQL if url.startswith("postgresql") else SQLITE
    with app.app_context():
        try:
            upgrade()
            fill_in_contacts()
            _put_towns(country)
            # What was made for a smaller register is the beginning of a larger one.
            filling.fill(country, size, engine, folder.parent / "made")
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
