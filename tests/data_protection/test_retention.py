"""How long things are kept: the dates, the dry run, the night, and what is never touched."""

from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from registry import clock
from registry.assessments import services
from registry.assessments.models import Assessment, Decision, Finding, Submission
from registry.audit.models import Entry
from registry.audit.services import record
from registry.criteria.dates import add_months
from registry.data_protection.retention import RULES, is_over
from registry.data_protection.services import retention
from registry.data_protection.services.lifting import lifted
from registry.database import db
from registry.files.models import StoredFile
from registry.files.store import blob_store
from registry.messages.models import Message
from tests import factories as make
from tests.rigs.travelling import Clock

SIX_YEARS = timedelta(days=6 * 366 + 1)


@pytest.fixture
def clock_at(clock: Clock):
    """A while that passes later."""

    @contextmanager
    def later(moment):
        clock.travel_to(moment)
        yield
        clock.come_home()

    return later


@given(st.sampled_from(RULES), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_thing_is_kept_through_its_last_day_and_goes_the_day_after(rule, since) -> None:
    last = since + timedelta(days=rule.days) if rule.days else add_months(since, rule.months)
    assert not is_over(rule.key, since, last)
    assert is_over(rule.key, since, last + timedelta(days=1))


@pytest.mark.parametrize(
    ("key", "since", "last_day"),
    [
        ("papers", "2025-11-22", "2026-11-22"),
        ("papers", "2024-02-29", "2025-02-28"),
        ("cases", "2020-11-22", "2026-11-22"),
        ("drafts", "2026-08-31", "2026-11-30"),
        ("concerns", "2026-10-23", "2026-11-22"),
    ],
)
def test_the_days_of_the_policy(key: str, since: str, last_day: str) -> None:
    last = date.fromisoformat(last_day)
    assert not is_over(key, date.fromisoformat(since), last)
    assert is_over(key, date.fromisoformat(since), last + timedelta(days=1))


def test_the_page_for_people_who_look_it_up_shows_the_same_table() -> None:
    page = Path("docs/retention.md").read_text(encoding="utf-8")
    for rule in RULES:
        assert f"| {rule.what} | {rule.how_long} | {rule.since} |" in page


def _found(key: str) -> list[int]:
    return next(one.numbers for one in retention.report(clock.today()) if one.rule.key == key)


def test_a_dry_run_changes_nothing_and_names_nobody(app: Flask, new_visitor, clock_at) -> None:
    refused = make.a_refused()
    reference, club = refused.reference, refused.organisation.name
    officer = make.a_person("Ola Adeyemi", "administrator")
    db.session.commit()
    before = db.session.query(Entry).count()
    with clock_at(clock.now() + SIX_YEARS):
        assert _found("cases") == [refused.id]
        answer = app.test_cli_runner().invoke(args=["registry", "retention"])
        assert reference in answer.output and club not in answer.output
        assert "Nothing was changed" in answer.output
    desk = new_visitor()
    desk.sign_in(officer.email)
    assert club not in desk.get("/admin/retention").main
    assert db.session.query(Entry).count() == before


def test_six_years_after_its_end_a_case_goes_and_only_its_number_stays(
    app: Flask, clock_at
) -> None:
    standing, refused = make.an_approved(plan=make.CHESS), make.a_refused()
    file = refused.evidence[0].file
    shared = [one.file_id for one in standing.evidence]
    number, digest = refused.id, file.sha256
    db.session.commit()
    with clock_at(clock.now() + SIX_YEARS):
        done = retention.carry_out(clock.today())
        assert done.failed == [] and done.erased["cases"] == 1
        assert retention.carry_out(clock.today()).count == 0
    db.session.expire_all()
    kept = db.session.get_one(Assessment, number)
    assert (kept.status, kept.submissions, kept.decisions, kept.answers) == ("refused", [], [], [])
    assert db.session.query(Finding).filter_by(assessment_id=number).count() == 0
    # What stands keeps everything, the same bytes too where both showed them.
    assert standing.submissions and standing.decisions
    files = {one.id: one for one in db.session.query(StoredFile)}
    assert not any(files[one].erased_at for one in shared)
    assert blob_store().exists(digest) is any(files[one].sha256 == digest for one in shared)
    entries = [one for one in db.session.query(Entry) if one.action == "retention"]
    assert {"cases"} <= {one.subject_id for one in entries}
    assert all(set(one.details) == {"erased"} for one in entries)
    # The trigger is back.
    for table in ("submission", "decision"):
        with pytest.raises(DatabaseError, match="kept as it was written"):
            db.session.execute(text(f"DELETE FROM {table}"))
        db.session.rollback()


def test_a_case_with_a_suspension_waits_for_a_person(app: Flask, clock_at) -> None:
    suspended = make.a_suspended()
    senior, other = make.a_senior(), make.a_person("Nia Evans", "senior")
    services.countersign(suspended, other)
    with clock_at(clock.now() + timedelta(days=30)):
        services.propose_revoke(suspended, senior, reason="No reply.")
        services.sign_revoke(suspended, other)
        db.session.commit()
    officer = make.a_person("Ola Adeyemi", "administrator")
    with clock_at(clock.now() + SIX_YEARS + timedelta(days=30)):
        assert "cases" not in retention.carry_out(clock.today()).erased
        assert _found("references") == [suspended.id]
        retention.forget_reviewed(suspended.id, officer, clock.today())
        assert _found("references") == []


def test_a_draft_that_was_never_sent_goes_with_its_papers(app: Flask, clock_at) -> None:
    draft = make.complete(make.a_draft())
    digests = {one.file.sha256 for one in draft.evidence}
    with clock_at(clock.now() + timedelta(days=190)):
        services.give_up(draft)
        db.session.commit()
        assert _found("drafts") == []
    with clock_at(clock.now() + timedelta(days=190 + 93)):
        assert retention.carry_out(clock.today()).erased["drafts"] == 1
    db.session.expire_all()
    assert draft.answers == [] and draft.evidence == []
    assert not any(blob_store().exists(one) for one in digests)


def test_messages_go_after_a_year_and_the_report_counts_what_others_erase(
    app: Flask, clock_at
) -> None:
    make.a_submitted()
    for message in db.session.query(Message):
        message.sent_at = clock.now()
    record("read", ("stored_file", 1), None)
    count = db.session.query(Message).count()
    db.session.commit()
    with clock_at(clock.now() + timedelta(days=367)):
        assert len(_found("messages")) == count
        assert retention.carry_out(clock.today()).erased["messages"] == count
        assert retention.report(clock.today())


def test_the_trigger_is_lifted_by_retention_and_wrong_files_alone() -> None:
    callers = {
        path.as_posix()
        for path in Path("registry").rglob("*.py")
        if "lifting import" in path.read_text(encoding="utf-8")
    }
    assert callers == {"registry/data_protection/services/forgetting.py"}


def test_no_other_table_loses_its_trigger(app: Flask) -> None:
    with pytest.raises(ValueError, match="no trigger that may be lifted"), lifted("entry"):
        pass


def test_a_lifted_trigger_comes_back_when_something_goes_wrong(app: Flask) -> None:
    make.a_submitted()
    db.session.commit()
    with pytest.raises(RuntimeError), lifted("submission"):
        raise RuntimeError("half-way")
    with pytest.raises(DatabaseError, match="kept as it was written"):
        db.session.execute(text("DELETE FROM submission"))
    db.session.rollback()
    assert db.session.query(Submission).count() == 1
    assert db.session.query(Decision).count() == 0
