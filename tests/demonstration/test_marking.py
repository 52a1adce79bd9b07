"""Invented registers and real ones never meet."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.accounts.models import Account
from registry.config import Settings, SettingsError, settings
from registry.database import db
from registry.demonstration import building
from registry.demonstration.marking import WrongDatabase, check_belongs, is_empty, mark
from tests import factories as make

PRODUCTION = {
    "ENVIRONMENT": "production",
    "PUBLIC_URL": "https://clubs.example.gov.uk",
    "MAIL_FROM": "clubs@example.gov.uk",
    "MAIL_SENDER": "smtp",
    "SMTP_HOST": "mail",
    "SECRET_KEY": "k" * 40,
}


@pytest.mark.parametrize(
    ("database_url", "demo", "expected"),
    [
        ("", "", True),
        ("", "1", True),
        ("", "0", False),
        ("postgresql:///clubs", "", False),
        ("postgresql:///clubs", "0", False),
        ("postgresql:///clubs", "1", True),
        ("sqlite:////srv/clubs.db", "", False),
        ("sqlite:////srv/clubs.db", "1", True),
    ],
)
def test_what_is_a_demonstration(database_url: str, demo: str, expected: bool, tmp_path: Path):
    given = {"DATABASE_URL": database_url, "DEMO": demo, "DATA_DIR": str(tmp_path)}
    assert Settings.from_environment(given).demonstration is expected


@pytest.mark.parametrize("demo", ["", "0"])
def test_production_is_none(demo: str):
    given = {**PRODUCTION, "DATABASE_URL": "postgresql:///clubs", "DEMO": demo}
    assert not Settings.from_environment(given).demonstration


def test_production_refuses_to_be_one():
    given = {**PRODUCTION, "DATABASE_URL": "postgresql:///clubs", "DEMO": "1"}
    with pytest.raises(SettingsError, match="production never shows a demonstration"):
        Settings.from_environment(given)


def test_no_installation_has_an_account_until_somebody_makes_one(app: Flask):
    assert is_empty()
    assert db.session.scalar(select(func.count()).select_from(Account)) == 0


def test_a_demonstration_goes_only_into_an_empty_database(app: Flask):
    make.a_person()
    with pytest.raises(WrongDatabase, match="not empty"):
        building.load(1)


def test_a_demonstration_that_was_not_finished_leaves_nothing(app: Flask):
    def stop(done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        building.load(1, progress=stop)
    db.session.rollback()
    assert is_empty()
    check_belongs(replace(settings(), demonstration=True))


def as_if(**changes: object) -> Settings:
    return replace(settings(), **changes)


class TestWithTheMark:
    @pytest.fixture(autouse=True)
    def _marked(self, app: Flask) -> None:
        mark(1, 1)
        make.a_person()
        db.session.commit()

    def test_a_demonstration_may_show_it(self):
        check_belongs(as_if(demonstration=True))

    def test_nothing_else_may(self):
        with pytest.raises(WrongDatabase, match="Set DEMO=1"):
            check_belongs(as_if(demonstration=False))

    def test_production_never_may(self):
        with pytest.raises(WrongDatabase, match="production never shows one"):
            check_belongs(as_if(demonstration=False, environment="production"))

    def test_an_application_does_not_start_on_it(self, make_app: Callable[..., Flask]):
        with pytest.raises(WrongDatabase):
            make_app(demonstration=False)
        make_app(demonstration=True)


class TestWithoutTheMark:
    def test_an_empty_database_is_for_either(self, app: Flask):
        check_belongs(as_if(demonstration=True))
        check_belongs(as_if(demonstration=False))

    def test_a_real_register_is_not_shown_as_invented(
        self, app: Flask, make_app: Callable[..., Flask]
    ):
        make.a_person()
        db.session.commit()
        check_belongs(as_if(demonstration=False))
        with pytest.raises(WrongDatabase, match="Set DEMO=0"):
            check_belongs(as_if(demonstration=True))
        with pytest.raises(WrongDatabase):
            make_app(demonstration=True)

    def test_a_database_without_tables_is_neither(
        self, app: Flask, make_app: Callable[..., Flask], tmp_path: Path
    ):
        make_app(database_url=f"sqlite:///{tmp_path / 'new.db'}", demonstration=True)

    def test_an_application_starts_without_its_database_and_asks_it_later(
        self, app: Flask, make_app: Callable[..., Flask], tmp_path: Path
    ):
        started = make_app(database_url=f"sqlite:///{tmp_path / 'not-there' / 'new.db'}")
        assert started.test_client().get("/health").status_code == 200
