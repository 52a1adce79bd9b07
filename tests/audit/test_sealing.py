"""Sealing: what is past retention goes into a file, and the chain goes on from there."""

import hashlib
import json

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DatabaseError

from registry import clock as register_clock
from registry.audit.chain import first_break, walk
from registry.audit.models import Entry, HistorySeal
from registry.audit.sealing import last_year_to_seal, seal, sealable
from registry.audit.services import record
from registry.config import settings
from registry.database import db
from registry.errors import NotAllowedNow
from tests import factories as make
from tests.audit.test_history import without_the_trigger


@pytest.fixture
def years(app: Flask, clock) -> None:
    """Two entries in each of some years, at their very ends."""
    person = make.a_person()
    for year in (2017, 2018, 2019, 2020, 2021):
        for moment in (f"{year}-01-01 00:00", f"{year}-12-31 23:59"):
            clock.freeze(moment)
            record("looked", ("thing", f"{moment} é"), person, details={"b": 1, "a": ["é", None]})
    clock.freeze("2026-01-01 00:01")
    db.session.commit()


def numbers() -> list[int]:
    return list(db.session.scalars(select(Entry.number).order_by(Entry.number)))


def test_whole_years_past_retention_go_and_the_chain_goes_on(app: Flask, years, clock) -> None:
    found = sealable()
    assert (found.first_number, found.last_number, found.last_year) == (1, 6, 2019)
    before = list(db.session.scalars(select(Entry).order_by(Entry.number).limit(6)))
    said = [(one.number, one.digest) for one in before]
    db.session.rollback()
    made = seal(settings().sealed_dir)
    db.session.commit()
    assert made.path.name == "history-1-6-to-2019.jsonl"
    assert made.path.stat().st_mode & 0o777 == 0o600
    kept = made.path.read_bytes()
    assert hashlib.sha256(kept).hexdigest() == made.file_digest
    lines = [json.loads(line) for line in kept.decode().splitlines()]
    assert [(one["number"], one["digest"]) for one in lines] == said
    assert numbers() == [7, 8, 9, 10, 11], "eleven says that the others were sealed"
    assert walk().broken_at is None
    assert walk().entries == 5
    record("looked", ("thing", "after"))
    db.session.commit()
    assert first_break() is None
    assert sealable() is None
    clock.freeze("2027-01-01 00:01")
    assert (sealable().first_number, sealable().last_number) == (7, 8)
    seal(settings().sealed_dir)
    db.session.commit()
    assert first_break() is None
    assert [one.number for one in db.session.scalars(select(HistorySeal))] == [6, 8]


@pytest.mark.parametrize(("today", "year"), [("2026-01-01", 2019), ("2025-12-31", 2018)])
def test_a_year_waits_until_its_last_day_is_past_retention(app: Flask, clock, today, year) -> None:
    clock.freeze(today)
    assert last_year_to_seal() == year
    assert register_clock.today().isoformat() == today


def test_the_trigger_is_there_again(app: Flask, years) -> None:
    seal(settings().sealed_dir)
    db.session.commit()
    for change in (delete(Entry), update(Entry).values(action="nothing")):
        with pytest.raises(DatabaseError, match="kept as it was written"):
            db.session.execute(change)
        db.session.rollback()
    assert len(numbers()) == 5


def test_a_sealing_that_fails_takes_nothing_out(app: Flask, years, monkeypatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr("registry.audit.sealing.HistorySeal", fail)
    with pytest.raises(OSError, match="no space"):
        seal(settings().sealed_dir)
    db.session.rollback()
    assert len(numbers()) == 10
    with pytest.raises(DatabaseError, match="kept as it was written"):
        db.session.execute(delete(Entry))
    db.session.rollback()


def test_a_broken_history_is_not_sealed(app: Flask, years) -> None:
    without_the_trigger(update(Entry).where(Entry.number == 9).values(action="nothing"))
    with pytest.raises(NotAllowedNow, match="broken at entry 9"):
        seal(settings().sealed_dir)
    assert len(numbers()) == 10


@pytest.mark.parametrize(
    ("tampering", "broken_at"),
    [
        (delete(Entry).where(Entry.number == 7), 8),
        (update(Entry).where(Entry.number == 7).values(details={}), 7),
        (update(HistorySeal).values(digest="f" * 64), 7),
        (delete(HistorySeal), 7),
    ],
)
def test_tampering_after_sealing_is_found(app: Flask, years, tampering, broken_at) -> None:
    seal(settings().sealed_dir)
    db.session.commit()
    without_the_trigger(tampering)
    assert first_break() == broken_at


def test_nobody_can_pretend_that_entries_were_sealed(app: Flask, years) -> None:
    """Taking entries out by hand and writing an anchor for them does not pass."""
    last = db.session.get_one(Entry, 4)
    forged = insert(HistorySeal).values(
        number=4, digest=last.digest, first_number=1, last_year=2018, file_name="none",
        file_digest="0" * 64, sealed_at=register_clock.now(),
    )  # fmt: skip
    db.session.rollback()
    without_the_trigger(delete(Entry).where(Entry.number <= 4))
    db.session.execute(forged)
    db.session.commit()
    assert first_break() == 4


def test_the_command_says_what_it_would_do_and_does_it(app: Flask, years) -> None:
    db.session.commit()
    db.session.remove()
    run = app.test_cli_runner().invoke
    said = run(args=["registry", "history", "seal", "--dry-run"])
    assert "6 entries to the end of 2019 could be sealed" in said.output
    assert len(numbers()) == 10
    db.session.remove()
    said = run(args=["registry", "history", "seal"])
    assert said.exit_code == 0, said.output
    assert len(numbers()) == 5
    path = settings().sealed_dir / "history-1-6-to-2019.jsonl"
    db.session.remove()
    said = run(args=["registry", "history", "verify", "--file", str(path)])
    assert "6 were looked at" in said.output
    path.write_text(path.read_text().replace("looked", "locked", 1))
    said = run(args=["registry", "history", "verify", "--file", str(path)])
    assert said.exit_code == 1
    assert "broken at entry 1" in said.output
    assert "nothing to seal" in run(args=["registry", "history", "seal"]).output
