"""A small demonstration with a club of every kind of story, made once for each test process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from registry.config import Settings
from registry.database import db
from registry.demonstration import building
from registry.geography.services import load_postcodes
from registry.information.services import fill_in_contacts
from tests.conftest import _postcodes_of_the_city
from tests.page import Visitor

# The clubs that `first` puts in front: the sign-ins, and one for every status.
SMALL = 15


def an_installation(folder: Path) -> Flask:
    """A migrated one of its own, that may hold a demonstration."""
    from registry.application import create_app

    app = create_app(
        Settings(
            environment="test",
            database_url=f"sqlite:///{folder / 'registry.db'}",
            data_dir=folder / "data",
            demonstration=True,
            mail_sender="memory",
            password_profile="cheap",
        )
    )
    with app.app_context():
        upgrade()
        load_postcodes(_postcodes_of_the_city(folder))
        fill_in_contacts()
        db.session.commit()
    return app


@pytest.fixture(scope="session")
def _small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = an_installation(tmp_path_factory.mktemp("demonstration"))
    with app.app_context():
        building.load(SMALL)
        db.session.commit()
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def small(_small: Flask) -> Iterator[Flask]:
    """A demonstration of fifteen clubs, to be read and not changed."""
    with _small.app_context():
        yield _small
        db.session.rollback()
        db.session.remove()


@pytest.fixture
def sign_in(small: Flask) -> Callable[[str], Visitor]:
    """Somebody of the demonstration, signed in through the page."""

    def signed_in(email: str) -> Visitor:
        visitor = Visitor(small)
        page = visitor.get("/sign-in")
        page = (
            page.form()
            .fill({"Email address": email, "Password": "safe-and-sound-demo"})
            .submit("Sign in")
        )
        page = visitor.give_code(page, email)
        assert page.h1 != "Sign in", page.text
        return visitor

    return signed_in
