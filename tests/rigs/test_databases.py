"""Whatever a test did to the database, the next one finds it as every test does."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from registry.database import db
from tests import factories as make
from tests.rigs.beginnings import Beginnings
from tests.rigs.databases import Databases


def did_nothing() -> None:
    """The measure of the others."""


def wrote_rows() -> None:
    make.in_review()


def changed_a_row_of_the_template() -> None:
    db.session.execute(text("UPDATE postcode SET latitude = 1"))


def took_rows_of_the_template_away() -> None:
    db.session.execute(text("DELETE FROM postcode"))


def used_numbers_up() -> None:
    make.a_person()
    db.session.flush()
    db.session.rollback()
    make.a_person()


def altered_a_table() -> None:
    db.session.execute(text("ALTER TABLE account ADD COLUMN left_behind INTEGER"))


def made_a_table() -> None:
    db.session.execute(text("CREATE TABLE left_behind (number INTEGER)"))


def contents(app: Flask) -> dict[str, object]:
    """Every table with its columns and rows, and the next number of a person."""
    with app.app_context():
        found: dict[str, object] = {
            name: (columns, db.session.execute(text(f"SELECT * FROM {name} ORDER BY 1")).all())
            for name, columns in tables().items()
        }
        found["the next number"] = make.a_person().id
        db.session.rollback()
        db.session.remove()
    return found


def tables() -> dict[str, list[str]]:
    """What the database itself says that it has."""
    seen = db.inspect(db.engine)
    return {
        name: [column["name"] for column in seen.get_columns(name)]
        for name in sorted(seen.get_table_names())
        if not name.startswith("search_")
    }


@pytest.mark.parametrize(
    "did",
    [
        did_nothing,
        wrote_rows,
        changed_a_row_of_the_template,
        took_rows_of_the_template_away,
        used_numbers_up,
        altered_a_table,
        made_a_table,
    ],
    ids=lambda did: did.__name__,
)
def test_a_test_leaves_nothing_behind(
    app: Flask, request: pytest.FixtureRequest, did: Callable[[], None]
) -> None:
    databases: Databases = request.getfixturevalue("_databases")
    beginnings: Beginnings = request.getfixturevalue("_beginnings")

    def start_anew() -> None:
        beginnings.let_go()
        if databases.start_anew():
            db.engine.dispose()

    start_anew()
    before = contents(app)
    start_anew()
    did()
    db.session.commit()
    if did is not did_nothing:
        assert contents(app) != before
    start_anew()
    assert contents(app) == before
