"""A database with nothing but places in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from registry.database import db
from registry.geography.models import Postcode, Ward


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Flask]:
    """An empty postcode table."""
    app = Flask("places")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tmp_path / 'places.db'}"
    db.init_app(app)
    with app.app_context():
        db.metadata.create_all(db.engine, tables=[Postcode.__table__, Ward.__table__])
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def west_midlands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The postcodes that the registry brings with it, loaded once."""
    from registry.geography.services import load_postcodes

    app = Flask("west-midlands")
    database = tmp_path_factory.mktemp("west-midlands") / "places.db"
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{database}"
    db.init_app(app)
    with app.app_context():
        db.metadata.create_all(db.engine, tables=[Postcode.__table__, Ward.__table__])
        load_postcodes()
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()
