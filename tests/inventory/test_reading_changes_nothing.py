"""GET changes nothing that anyone can see or decide on: every page, by everybody, and compare."""

from collections.abc import Callable
from contextvars import Context

import pytest
from flask import Flask
from sqlalchemy import select

from registry.audit.models import Entry
from registry.database import db
from tests.inventory.access_table import EVERYBODY, TABLE
from tests.inventory.test_access import World, world  # noqa: F401  the fixture
from tests.page import Visitor

# Append-only writes of a reader: that they read or took numbers away, that they were refused,
# that they are here.
MAY_GROW = {"entry", "history_head", "web_session"}
# Between them these open every page there is; the others are tried where there is more time.
QUICK = {"nobody", "owner", "holder", "senior", "administrator", "auditor"}
WHO = [
    pytest.param(who, marks=() if who in QUICK else pytest.mark.slow) for who in sorted(EVERYBODY)
]


def contents() -> dict[str, list[tuple[str, ...]]]:
    """Every row of every table that no reading may touch."""
    db.session.rollback()
    tables = [t for t in db.metadata.sorted_tables if t.name not in MAY_GROW]
    found = {
        table.name: [tuple(map(repr, row)) for row in db.session.execute(select(table))]
        for table in tables
        if table.name not in ("postcode", "ward")
    }
    db.session.rollback()
    return found


@pytest.mark.parametrize("who", WHO)
def test_opening_every_page_twice_leaves_the_database_as_it_was(
    who: str,
    world: World,  # noqa: F811
    app: Flask,
    new_visitor: Callable[[], Visitor],
) -> None:
    visitor = new_visitor()
    if who != "nobody":
        visitor.sign_in(world.people[who].email)
    addresses = [world.address(rule) for rule, (get, _, _) in TABLE.items() if get is not None]
    before, written = contents(), actions()
    for address in addresses * 2:
        Context().run(visitor.raw.get, address, base_url=visitor.base_url, buffered=True)
    assert contents() == before
    assert set(actions()[len(written) :]) <= {"read", "refused", "exported_report"}


def actions() -> list[str]:
    """What the history says, in order."""
    found = list(db.session.scalars(select(Entry.action).order_by(Entry.number)))
    db.session.rollback()
    return found
