"""A registry with nothing but files in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from registry.config import Settings
from registry.database import db
from registry.files.models import ErasedFile, PaperPage, PaperReading, StoredFile

KEPT = (ErasedFile, PaperPage, PaperReading, StoredFile)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Flask]:
    """An app that keeps files in a fresh folder, with no scanner set."""
    app = Flask("files")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tmp_path / 'files.db'}"
    app.extensions["settings"] = Settings(environment="test", data_dir=tmp_path)
    db.init_app(app)
    with app.app_context():
        db.metadata.create_all(db.engine, tables=[one.__table__ for one in KEPT])
        yield app
        db.session.remove()
        db.engine.dispose()
