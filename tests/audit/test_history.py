"""The history: insert-only, chained, and proof that nobody changed it."""

import itertools

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError

from registry.audit.chain import GENESIS, first_break
from registry.audit.models import Entry, HistoryHead
from registry.audit.services import record, record_refused
from registry.database import db
from tests import factories as make


def three_entries() -> None:
    """Something to change."""
    person = make.a_person()
    for number in range(3):
        record("looked", ("thing", number), person)
    db.session.commit()


def without_the_trigger(statement: object) -> None:
    """Change the history as somebody with the keys to the database might."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ALTER TABLE entry DISABLE TRIGGER ALL"))
    else:
        for act in ("update", "delete"):
            db.session.execute(text(f"DROP TRIGGER entry_no_{act}"))
    db.session.execute(statement)  # type: ignore[call-overload]
    db.session.commit()


def test_each_entry_carries_the_digest_of_the_one_before(app: Flask) -> None:
    three_entries()
    entries = db.session.scalars(select(Entry).order_by(Entry.number)).all()
    assert entries[0].previous_digest == GENESIS
    for before, after in itertools.pairwise(entries):
        assert (after.number, after.previous_digest) == (before.number + 1, before.digest)
    assert first_break() is None


@pytest.mark.parametrize("change", [update(Entry).values(action="nothing"), delete(Entry)])
def test_the_database_refuses_to_change_or_remove_an_entry(app: Flask, change: object) -> None:
    three_entries()
    with pytest.raises(DatabaseError, match="kept as it was written"):
        db.session.execute(change)  # type: ignore[call-overload]
    db.session.rollback()


@pytest.mark.parametrize(
    ("tampering", "broken_at"),
    [
        (update(Entry).where(Entry.number == 2).values(action="nothing"), 2),
        (update(Entry).where(Entry.number == 2).values(actor_id=999), 2),
        (delete(Entry).where(Entry.number == 2), 3),
        (delete(Entry).where(Entry.number == 3), 3),
        (update(HistoryHead).values(digest="f" * 64), 4),
    ],
)
def test_tampering_behind_the_trigger_is_found(
    app: Flask, tampering: object, broken_at: int
) -> None:
    three_entries()
    without_the_trigger(tampering)
    assert first_break() == broken_at


def test_the_verify_command_says_where_it_is_broken(app: Flask) -> None:
    three_entries()
    runner = app.test_cli_runner()
    assert runner.invoke(args=["registry", "history", "verify"]).exit_code == 0
    without_the_trigger(update(Entry).where(Entry.number == 2).values(action="nothing"))
    answer = runner.invoke(args=["registry", "history", "verify"])
    assert answer.exit_code == 1
    assert "entry 2" in answer.output


def test_a_rolled_back_act_leaves_no_entry_and_no_gap(app: Flask) -> None:
    three_entries()
    record("looked", ("thing", 4))
    db.session.rollback()
    record("looked", ("thing", 5))
    db.session.commit()
    assert first_break() is None
    assert db.session.query(Entry).count() == 4


def test_a_refused_access_is_written_even_though_the_request_is_rolled_back(app: Flask) -> None:
    person = make.a_person()
    db.session.commit()
    record_refused("READ_CASE", ("assessment", 1), person)
    db.session.rollback()
    assert db.session.scalars(select(Entry.action)).all() == ["refused"]
    assert first_break() is None
