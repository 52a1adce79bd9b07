"""A copy of the whole register for the council's own people: what is in it, for whom, how long."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from registry.assessments.publish import publish
from registry.audit.models import Entry
from registry.config import settings as chosen
from registry.database import db
from registry.exporting import services, tables
from registry.exporting.models import RegisterExport
from registry.exporting.packing import metadata
from registry.exporting.tables import FILES, files_for
from tests import factories as make
from tests.opendata.csv_on_the_web import problem_with

WITHOUT = ["organisations.csv", "venues.csv", "activities.csv", "sessions.csv",
           "assessments.csv", "decisions.csv"]  # fmt: skip
CONTACTS = "Put in personal contacts and private addresses as well"


@pytest.fixture
def register(app):
    """A listed club, and one with a private place that is being read."""
    listed = make.an_approved()
    hidden = make.in_review(plan=make.hidden(make.COACH))
    hidden.organisation.name = "=HYPERLINK(1)"
    hidden.organisation.venues[0].address = "9 Secret Row"
    db.session.commit()
    return listed, hidden


def a_copy(actor, **asked: Any) -> RegisterExport:
    wanted = services.ask_for_export(
        actor, **{"reason": "For the annual report", "with_contacts": False, **asked}
    )
    db.session.commit()
    services.make_waiting_exports()
    return db.session.get_one(RegisterExport, wanted.id)


def opened(wanted: RegisterExport) -> dict[str, str]:
    with zipfile.ZipFile(services.file_of(wanted)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_copy_has_every_table_and_nothing_private(register, tmp_path):
    listed, hidden = register
    files = opened(a_copy(make.a_senior()))
    assert list(files) == ["README.txt", "csv-metadata.json", *WITHOUT]
    organisations = {row["id"]: row for row in rows(files["organisations.csv"])}
    assert organisations[str(listed.organisation_id)]["is_listed"] == "true"
    assert organisations[str(hidden.organisation_id)]["is_listed"] == "false"
    assert organisations[str(hidden.organisation_id)]["name"] == "'=HYPERLINK(1)"
    assert {row["reference"] for row in rows(files["assessments.csv"])} == {
        listed.reference,
        hidden.reference,
    }
    assert "approve" in {row["action"] for row in rows(files["decisions.csv"])}
    assert rows(files["sessions.csv"]) and rows(files["activities.csv"])
    everything = "".join(files.values())
    assert "9 Secret Row" not in everything
    assert make.owner_of(listed).email not in everything
    assert make.owner_of(listed).name not in everything
    assert "Private addresses, and how to reach people, are left out." in files["README.txt"]
    assert problem_in(files, tmp_path) == ""


def test_with_contacts_it_says_how_to_reach_people(register, tmp_path):
    listed, _ = register
    files = opened(a_copy(make.a_senior(), with_contacts=True))
    assert list(files) == ["README.txt", "csv-metadata.json", *WITHOUT, "contacts.csv"]
    assert "9 Secret Row" in files["venues.csv"]
    of_listed = [
        row
        for row in rows(files["contacts.csv"])
        if row["organisation_id"] == str(listed.organisation_id)
    ]
    assert make.owner_of(listed).email in {row["email"] for row in of_listed}
    assert problem_in(files, tmp_path) == ""


def problem_in(files: dict[str, str], folder: Path) -> str:
    for name, text in files.items():
        (folder / name).write_text(text, newline="")
    return problem_with(folder / "csv-metadata.json")


def test_a_file_that_does_not_say_what_it_should_is_found(register, tmp_path):
    files = opened(a_copy(make.a_senior()))
    wrong = {
        "sessions.csv": files["sessions.csv"].replace("16:30:00", "half past four"),
        "activities.csv": "id\r\n1\r\n",
        "assessments.csv": files["assessments.csv"]
        .replace(",true,", ",perhaps,")
        .replace(",false,", ",perhaps,"),
    }
    for name, text in wrong.items():
        assert text != files[name]
        assert problem_in({**files, name: text}, tmp_path), name


def test_no_column_is_an_answer_a_paper_a_note_or_a_reason():
    names = {column.name for file in FILES for column in file.columns}
    for part in ("reason", "words", "note", "answer", "finding", "password", "by_id", "holder",
                 "recommended", "document", "hold"):  # fmt: skip
        assert not [name for name in names if part in name], part
    described = metadata(files_for(with_contacts=False), "x")
    assert "contacts.csv" not in json.dumps(described)


def test_a_quiet_hold_changes_no_byte_of_it(app, clock):
    clock.freeze("2026-11-22 10:00")
    listed = make.an_approved()
    senior = make.a_senior()
    before = opened(a_copy(senior))
    make.with_hold(listed, "quiet", off=True)
    publish(listed.organisation)
    db.session.commit()
    after = opened(a_copy(senior))
    assert {name: after[name] for name in WITHOUT} == {name: before[name] for name in WITHOUT}


def test_what_somebody_has_a_link_to_is_left_out(register):
    listed, hidden = register
    member = make.a_member(listed.organisation)
    make.give_role(member, "senior")
    files = opened(a_copy(member, with_contacts=True))
    assert {row["id"] for row in rows(files["organisations.csv"])} == {str(hidden.organisation_id)}
    for name in ("activities.csv", "assessments.csv", "venues.csv", "contacts.csv"):
        told = {row["organisation_id"] for row in rows(files[name])}
        assert told == {str(hidden.organisation_id)}, name


def test_it_is_asked_for_made_and_taken_and_all_is_written_down(new_visitor, app):
    senior = make.a_senior()
    db.session.commit()
    desk = new_visitor()
    desk.sign_in(senior.email)
    page = desk.get("/admin/exports").form("/admin/exports").fill({"reason": ""}).submit()
    assert (page.status, page.errors) == (422, ["Write why you need it"])
    form = desk.get("/admin/exports").form("/admin/exports")
    page = form.fill({"reason": "For an audit"}).submit("Make a copy")
    assert page.h1 == "Your copy of the register"
    assert "It is being made" in page.headings
    services.make_waiting_exports()
    page = page.follow("Look again")
    assert "It is ready" in page.headings
    taken = desk.get(page.links["Download the copy"])
    assert taken.headers["Content-Type"] == "application/zip"
    assert taken.headers["Cache-Control"] == "private, no-store"
    assert "attachment" in taken.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(taken.body)) as archive:
        assert "contacts.csv" not in archive.namelist()
    acts = db.session.execute(
        select(Entry.action, Entry.actor_id, Entry.details).order_by(Entry.number.desc()).limit(2)
    ).all()
    assert acts == [
        ("took_register", senior.id, {"contacts": False}),
        ("export_register", senior.id, {"contacts": False}),
    ]


def test_only_who_asked_can_take_it_and_an_administrator_gets_no_contacts(new_visitor, app):
    senior = make.a_senior()
    wanted = a_copy(senior)
    admin, other = make.a_person("Ola Adeyemi", "administrator"), make.a_person("B", "auditor")
    db.session.commit()
    for who in (admin, other):
        desk = new_visitor()
        desk.sign_in(who.email)
        assert desk.get(f"/admin/exports/{wanted.id}").status == 404
        assert desk.get(f"/admin/exports/{wanted.id}/register.zip").status == 404
    assert "For the annual report" in desk.get("/admin/exports").main
    desk = new_visitor()
    desk.sign_in(admin.email)
    form = desk.get("/admin/exports").form("/admin/exports")
    assert CONTACTS not in desk.page.main
    form.fill({"reason": "x"}).submit("Make a copy")
    sent = {"reason": "again", "with_contacts": "yes"}
    services.make_waiting_exports()
    desk.post("/admin/exports", sent)
    newest = db.session.scalars(select(RegisterExport).order_by(RegisterExport.id.desc())).first()
    assert newest is not None and newest.reason == "again" and not newest.with_contacts


def test_who_may_have_contacts_no_longer_has_them(new_visitor, app):
    senior = make.a_senior()
    wanted = a_copy(senior, with_contacts=True)
    senior.role_rows.clear()
    db.session.flush()
    make.give_role(senior, "administrator")
    db.session.commit()
    desk = new_visitor()
    desk.sign_in(senior.email)
    assert desk.get("/admin/exports").status == 200
    assert desk.get(f"/admin/exports/{wanted.id}/register.zip").status == 404


def test_it_is_gone_after_a_day(new_visitor, app, clock):
    clock.freeze("2026-11-22 10:00")
    senior = make.a_senior()
    wanted = a_copy(senior)
    place = services.file_of(wanted)
    assert place.stat().st_mode & 0o777 == 0o600
    clock.freeze("2026-11-23 10:00")
    desk = new_visitor()
    desk.sign_in(senior.email)
    assert desk.get(f"/admin/exports/{wanted.id}/register.zip").status == 409
    services.make_waiting_exports()
    assert not place.exists()
    assert "It is deleted" in desk.get(f"/admin/exports/{wanted.id}").headings
    clock.move(days=400)
    services.erase_old_exports()
    assert db.session.scalars(select(RegisterExport)).all() == []


def test_what_fails_says_so_and_leaves_nothing_behind(new_visitor, app, monkeypatch):
    def fails(*_: Any, **__: Any) -> None:
        raise OSError("no room")

    senior = make.a_senior()
    monkeypatch.setattr("registry.exporting.packing._pack", fails)
    wanted = a_copy(senior)
    assert wanted.failed_at and not wanted.is_waiting
    assert list((chosen().data_dir / "exports").iterdir()) == []
    desk = new_visitor()
    desk.sign_in(senior.email)
    assert "It could not be made" in desk.get(f"/admin/exports/{wanted.id}").headings


def test_no_two_workers_make_the_same_one(app, clock):
    senior = make.a_senior()
    wanted = services.ask_for_export(senior, reason="x", with_contacts=False)
    db.session.commit()
    assert services._take(wanted.id)
    assert not services._take(wanted.id)
    services.make_waiting_exports()
    db.session.expire_all()
    assert db.session.get_one(RegisterExport, wanted.id).made_at is None
    clock.move(hours=2)  # the other one is dead
    services.make_waiting_exports()
    db.session.expire_all()
    assert db.session.get_one(RegisterExport, wanted.id).made_at


def test_one_at_a_time(new_visitor, app):
    senior = make.a_senior()
    services.ask_for_export(senior, reason="x", with_contacts=False)
    db.session.commit()
    desk = new_visitor()
    desk.sign_in(senior.email)
    form = desk.get("/admin/exports").form("/admin/exports")
    page = form.fill({"reason": "and again"}).submit("Make a copy")
    assert page.status == 409
    assert "and again" in page.html


def test_every_file_has_its_key_first_and_leads_to_a_file_that_is_there():
    names = {one.name for one in FILES}
    for one in FILES:
        assert one.columns[0].name == one.primary_key
        assert all(there in names for _, there, _ in one.leads_to)
    assert tables.CONTACTS.only_with_contacts
    assert timedelta(hours=20) < services.KEPT_FOR <= timedelta(days=1)
