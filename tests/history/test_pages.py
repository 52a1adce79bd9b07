"""The pages of the history: who sees what, what is found, taken away, checked and drawn."""

import ast
import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from registry import clock as register_clock
from registry.assessments.lifecycle import Action
from registry.audit.chain import digest_of_facts, first_break
from registry.audit.checking import run_waiting_checks
from registry.audit.models import Entry, HistoryCheck
from registry.audit.queries import reads
from registry.audit.services import record, record_read
from registry.database import db
from registry.inspection.queries import MANY_READS
from registry.inspection.sentences import OTHERS, sentence_of
from registry.reviews.timeline import OF_CHANGES, OF_HOLDS, STEPS
from tests import factories as make
from tests.audit.test_history import without_the_trigger

AUDITOR, ADMIN = "gwyn@example.org", "ola@example.org"


@pytest.fixture
def club(app):
    """A club on the list, two people who look into the history, and an act that few may know."""
    assessment = make.an_approved()
    make.a_person("Gwyn Parry", "auditor", email=AUDITOR)
    make.a_person("Ola Adeyemi", "administrator", email=ADMIN)
    senior = make.a_person("Carol Ashby", "senior", email="carol@example.org")
    organisation = assessment.organisation
    record(
        "propose_set_hold", ("hold", "1"), senior,
        organisation_id=organisation.id, restricted=True,
    )  # fmt: skip
    db.session.commit()
    record_read(assessment.evidence[0], senior, organisation.id)
    return organisation


def said(page):
    """The sentences of a page, the newest first."""
    return [row[-2] for row in page.tables[0][1:]]


# The words.


def _recorded_actions():
    """Every action that the code names where it records one."""
    for path in Path("registry").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            if getattr(node.func, "attr", getattr(node.func, "id", "")) == "record":
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value, path


def test_every_act_that_is_written_down_has_its_sentence():
    known = {*OTHERS, *STEPS, *OF_CHANGES, *OF_HOLDS, *Action}
    missing = {(action, str(path)) for action, path in _recorded_actions() if action not in known}
    assert missing == set()


def test_an_act_that_nobody_has_words_for_is_shown_all_the_same():
    assert sentence_of("paint_wall", {}, "a place", {}) == "paint wall a place"
    assert sentence_of("finding", {"question": "sg_policy"}, "the case", {}) == (
        "made a finding on sg_policy: …"
    )


# Who sees what.


def test_an_auditor_reads_everything(client, club):
    client.sign_in(AUDITOR)
    page = client.get("/admin/history")
    assert any("Proposed".lower() in line and "Restricted" in line for line in said(page))
    assert page.tables[0][0] == ["Number", "When", "Who and what", "Organisation"]
    assert any(line.startswith("Carol Ashby read a paper") for line in said(page))
    assert any("approved" in line for line in said(page))


def test_an_administrator_finds_no_trace_of_what_is_restricted(client, club):
    client.sign_in(ADMIN)
    page = client.get("/admin/history")
    assert not any("hold" in line for line in said(page))
    assert page.tables[0][0] == ["When", "Who and what", "Organisation"], "a gap would show it"
    assert "No entry fits" in client.get("/admin/history?action=propose_set_hold").main
    offered = page.form("who").element
    assert not any("hold" in (one.get("value") or "") for one in offered.iter("{*}option"))
    assert client.post("/admin/history/export", {"form": "csv"}).status == 403
    assert client.get("/admin/history/sample").status == 403


def test_a_reviewer_reads_the_history_of_a_club_and_a_senior_more_of_it(client, new_visitor, club):
    make.a_person("Jo Bennett", "reviewer", email="jo@example.org")
    client.sign_in("jo@example.org")
    page = client.get(f"/admin/history/organisations/{club.id}")
    assert page.status == 200
    assert not any("hold" in line or " read " in line for line in _only_said(page))
    senior = new_visitor()
    senior.sign_in("carol@example.org")
    page = senior.get(f"/admin/history/organisations/{club.id}")
    assert any("quiet hold" in line for line in _only_said(page))
    assert any("read a paper" in line for line in _only_said(page))
    case = db.session.scalars(select(Entry).where(Entry.action == "approve")).one().subject_id
    page = senior.get(f"/admin/history/cases/{case}")
    assert any("approved" in line for line in _only_said(page))
    assert client.get("/admin/history").status == 403


def _only_said(page):
    return [row[-1] for row in page.tables[0][1:]]


# Finding.


def test_entries_are_found_by_who_what_where_and_when(client, club, clock):
    client.sign_in(AUDITOR)
    everything = said(client.get("/admin/history"))
    by_carol = said(client.get("/admin/history?who=carol"))
    assert by_carol
    assert all(line.startswith("Carol Ashby") for line in by_carol)
    assert said(client.get("/admin/history?who=CAROL%40EXAMPLE")) == by_carol
    assert client.get("/admin/history?who=100%25").h1 == "History"
    assert "No entry fits" in client.get("/admin/history?who=nobody+at+all").main
    decisions = said(client.get("/admin/history?kind=decisions"))
    assert decisions
    assert len(decisions) < len(everything)
    assert len(said(client.get("/admin/history?action=approve"))) == 1
    of_club = client.get("/admin/history?organisation=kingfisher&kind=reads")
    assert [row[-1] for row in of_club.tables[0][1:]] == ["Kingfisher Dance Project"]
    today = register_clock.today()
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert "No entry fits" in client.get(f"/admin/history?first_on={tomorrow}").main
    assert said(client.get(f"/admin/history?last_on={today.isoformat()}")) == everything
    page = client.get("/admin/history?first_on=yesterday")
    assert page.status == 422
    assert page.errors == ["A day must look like 2026-11-22"]


def test_many_entries_are_paged(client, club):
    for number in range(120):
        record("looked", ("thing", number))
    db.session.commit()
    client.sign_in(AUDITOR)
    page = client.get("/admin/history?action=looked")
    assert len(said(page)) == 50
    assert "120 entries that fit" in page.main
    last = page.follow("3")
    assert len(said(last)) == 20
    assert client.get("/admin/history?action=looked&page=999999").main == last.main


# Taking away.


def test_an_export_is_an_entry_first_and_proves_itself(client, club, tmp_path, app):
    client.sign_in(AUDITOR)
    answer = client.post("/admin/history/export", {"form": "jsonl"})
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="history-')
    assert answer.headers["Cache-Control"] == "private, no-store"
    lines = [json.loads(line) for line in answer.body.decode().splitlines()]
    assert lines[-1]["action"] == "exported"
    assert lines[-1]["details"]["form"] == "jsonl"
    assert any(line["restricted"] for line in lines)
    for line in lines:
        digest = line.pop("digest")
        assert digest_of_facts(line) == digest
    path = tmp_path / "export.jsonl"
    path.write_bytes(answer.body)
    db.session.remove()
    told = app.test_cli_runner().invoke(args=["registry", "history", "verify", "--file", str(path)])
    assert told.exit_code == 0, told.output
    assert first_break() is None


def test_an_export_has_what_was_looked_for_and_is_safe_in_a_spreadsheet(client, club):
    record("looked", ("thing", "=1+1"))
    db.session.commit()
    client.sign_in(AUDITOR)
    answer = client.post("/admin/history/export?action=looked", {"form": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.body.decode())))
    assert [row["subject_id"] for row in rows] == ["'=1+1"]


def test_a_sample_can_be_drawn_again(client, club):
    client.sign_in(AUDITOR)
    page = client.get("/admin/history").form("Draw").fill(size="10").submit("Draw")
    assert page.h1 == "A sample of the history"
    drawn = said(page)
    assert len(drawn) == 10
    record("looked", ("thing", 1))
    db.session.commit()
    assert said(client.get(page.path)) == drawn, "what came later is not drawn from"
    entry = db.session.scalars(select(Entry).where(Entry.action == "sampled")).one()
    assert entry.details["size"] == 10
    assert f"seed={entry.details['seed']}" in page.path


# Checking.


def test_a_check_says_what_it_found(client, club):
    client.sign_in(ADMIN)
    page = client.get("/admin/history/check").press("Check every entry now")
    total = db.session.query(Entry).count()
    assert page.tables[0][1][1:3] == ["Unbroken", str(total)]
    number = 5
    without_the_trigger(update(Entry).where(Entry.number == number).values(action="nothing"))
    page = client.get("/admin/history/check").press("Check every entry now")
    assert page.tables[0][1][1] == "Broken at entry 5"
    assert "What to do when it is broken" in page.headings


def test_a_long_check_is_left_to_the_worker(client, club, monkeypatch):
    monkeypatch.setattr("registry.audit.checking.AT_ONCE", 3)
    monkeypatch.setattr("registry.audit.chain.TOLD_EVERY", 2)
    client.sign_in(AUDITOR)
    page = client.get("/admin/history/check").press("Check every entry now")
    assert "It begins within a minute" in page.main
    assert "Check every entry now" not in page.buttons
    client.post("/admin/history/check")
    db.session.commit()
    assert db.session.query(HistoryCheck).count() == 1, "one at a time"
    run_waiting_checks()
    page = client.get("/admin/history/check")
    assert page.tables[0][1][1] == "Unbroken"
    assert db.session.scalars(select(HistoryCheck.entries)).one() > 3


def test_the_page_says_what_can_be_sealed(client, app, clock):
    clock.freeze("2019-06-01")
    record("looked", ("thing", 1))
    db.session.commit()
    clock.freeze("2026-11-22 09:00")
    make.a_person("Gwyn Parry", "auditor", email=AUDITOR)
    client.sign_in(AUDITOR)
    page = client.get("/admin/history/check")
    assert "1 entry to the end of 2019" in page.main


# Sign-ins, and who read what.


def test_failed_sign_ins_exports_and_many_reads_are_seen(client, new_visitor, club):
    carol = db.session.scalars(select(Entry.actor_id).where(Entry.action == "read")).first()
    for number in range(MANY_READS):
        record("read", ("evidence", number), type("Somebody", (), {"id": carol})())
    db.session.commit()
    new_visitor().sign_in("carol@example.org", "not the password at all")
    client.sign_in(AUDITOR)
    client.post("/admin/history/export", {"form": "csv"})
    page = client.get("/admin/history/security")
    assert page.tables[0][1][1:3] == ["Carol Ashby", "Wrong password, or no such account"]
    assert "took entries of the history away as a file" in page.tables[1][1][1]
    assert page.tables[2][1][0] == "Carol Ashby"
    assert int(page.tables[2][1][2]) == MANY_READS + 1


def test_who_read_what_can_be_asked_about_a_club_and_a_person(club):
    found = reads(organisation_id=club.id)
    assert [(one.action, one.subject_type) for one in found] == [("read", "evidence")]
    assert reads(actor_id=found[0].actor_id) == found
    assert reads(actor_id=0) == []
