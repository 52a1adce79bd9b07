"""Migrations: they make exactly the tables of the models, and they go back down."""

import warnings
from collections.abc import Callable

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from registry import tables
from registry.cards.search.schema import is_of_the_index
from registry.database import db


def test_the_migrated_database_is_the_one_that_the_models_describe(app: Flask) -> None:
    assert tables
    with warnings.catch_warnings():
        # SQLite cannot reflect an index over an expression; the tests of accounts try that one.
        warnings.filterwarnings("ignore", message=".*expression-based index.*")
        opts = {
            "compare_type": True,
            "include_name": lambda name, kind, _: kind != "table" or not is_of_the_index(name),
        }
        context = MigrationContext.configure(db.session.connection(), opts=opts)
        differences = compare_metadata(context, db.metadata)
    ignored = [d for d in differences if "ux_account_email" in str(d)]
    assert [d for d in differences if d not in ignored] == []


def test_they_go_all_the_way_down_and_up_again(app: Flask) -> None:
    db.session.rollback()
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert db.session.execute(text("SELECT version FROM register_version")).scalar_one() == 1
    assert db.session.execute(text("SELECT number FROM history_head")).scalar_one() == 0


def test_running_them_again_changes_nothing(app: Flask, make_app: Callable[..., Flask]) -> None:
    db.session.rollback()
    upgrade()
    upgrade()
