"""What machines ask: is it up, and can it do its work?"""

import pytest
from flask import Flask
from sqlalchemy import text

from registry.database import db


def test_it_is_up_and_ready(app: Flask) -> None:
    assert app.test_client().get("/health").json == {"status": "up"}
    assert app.test_client().get("/health/ready").json == {"status": "ready"}


@pytest.mark.parametrize(
    "missing",
    ["DROP TABLE register_version", "DELETE FROM register_version"],
    ids=["never migrated", "half migrated"],
)
def test_it_is_not_ready_without_its_tables_on_either_engine(app: Flask, missing: str) -> None:
    db.session.execute(text(missing))
    db.session.commit()
    assert app.test_client().get("/health").status_code == 200
    assert app.test_client().get("/health/ready").status_code == 503
