"""Decisions in pages: what is offered to whom, and that nothing typed is lost."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from registry.accounts.models import Account
from registry.assessments import services
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.audit.models import Entry
from registry.database import db
from registry.reviews.queue import cases, in_turn
from tests import factories as make
from tests.page import Visitor
from tests.rigs.travelling import Clock


def signed_in(new_visitor: Callable[[], Visitor], email: str) -> Visitor:
    """Somebody at their desk."""
    visitor = new_visitor()
    visitor.sign_in(email)
    return visitor


def status_of(assessment: Assessment) -> str:
    """Where it stands now, as the database has it."""
    db.session.rollback()
    db.session.expire_all()
    return assessment.status


@pytest.fixture
def case(app: Flask) -> Assessment:
    """A case that is read to the end, all met."""
    assessment = make.in_review()
    db.session.commit()
    return assessment


@pytest.fixture
def holder(case: Assessment, new_visitor: Callable[[], Visitor]) -> Visitor:
    """Its holder at the desk."""
    return signed_in(new_visitor, make.holder_of(case).email)


def address(case: Assessment, page: str = "") -> str:
    """An address of the case."""
    return f"/council/cases/{case.id}{page}"


def test_one_question_goes_back_with_its_words_and_the_others_stay(
    case: Assessment, holder: Visitor
) -> None:
    form = holder.get(address(case, "/return")).form()
    form.fill(chosen=["sg_steps"], words_sg_steps="Add 999 and the MASH.")
    page = form.submit("See the letter").press("Send back")
    assert "Sent back" in page.text
    assert status_of(case) == Status.RETURNED
    assert services.returned_keys(case) == {"sg_steps": "Add 999 and the MASH."}


def test_a_return_without_words_or_without_a_question_says_what_to_do(
    case: Assessment, holder: Visitor
) -> None:
    page = holder.get(address(case, "/return")).form().submit()
    assert page.status == 422
    assert page.errors == ["Choose at least one question to send back"]
    page = page.form().fill(chosen=["sg_steps"]).submit()
    assert page.errors == ["Write what the club has to change"]
    assert status_of(case) == Status.IN_REVIEW


def test_a_refusal_is_recommended_by_one_and_signed_by_another(
    case: Assessment, holder: Visitor, new_visitor: Callable[[], Visitor]
) -> None:
    senior = make.a_senior()
    db.session.commit()
    form = holder.get(address(case, "/recommend")).form()
    page = form.fill(what="refuse", reason="The plan is another club’s.").submit("Recommend")
    assert "Recommended" in page.text
    desk = signed_in(new_visitor, senior.email)
    assert "Recommended: to refuse" in desk.get("/council/cases").main
    form = desk.get(address(case)).follow("Refuse").form()
    form.fill(reason="Your plan names another club.")
    page = form.submit("See the letter").press("Refuse")
    assert "Refused" in page.text
    assert status_of(case) == Status.REFUSED


def test_a_senior_sends_a_recommendation_back(
    case: Assessment, holder: Visitor, new_visitor: Callable[[], Visitor]
) -> None:
    senior = make.a_senior()
    db.session.commit()
    form = holder.get(address(case, "/recommend")).form()
    form.fill(what="approve", reason="All met.").submit("Recommend")
    desk = signed_in(new_visitor, senior.email)
    form = desk.get(address(case, "/send-back")).form()
    form.fill(reason="Look at the risk checks again.").submit("Send back")
    assert status_of(case) == Status.IN_REVIEW


def test_what_was_sent_meanwhile_refuses_the_decision_and_keeps_the_words(
    case: Assessment, holder: Visitor
) -> None:
    page = holder.get(address(case, "/approve"))
    services.return_for_changes(
        case, make.holder_of(case), **make.read(case), words={"sg_steps": "Add 999."}
    )
    services.submit(case, make.owner_of(case), declared_name="S", declared_role="Owner")
    services.start_review(case, _who_returned(case))
    make.walking.find_all_met(case, make.holder_of(case))
    db.session.commit()
    page = page.form().fill(reason="Nothing to add.").submit("See the letter")
    assert page.status == 409
    assert "something newer" in page.errors[0]
    assert page.form().fields["reason"] == "Nothing to add."
    assert status_of(case) == Status.IN_REVIEW


def _who_returned(case: Assessment) -> Account:
    return db.session.get_one(Account, case.decisions[0].by_id)


def test_a_flag_stops_the_approval_until_a_senior_clears_it(
    app: Flask, new_visitor: Callable[[], Visitor]
) -> None:
    """F4: a madrasah with children under 8 for more than 2 hours, and no Ofsted number."""
    case = make.in_review(plan=make.MADRASAH)
    senior = make.a_senior()
    db.session.commit()
    holder = signed_in(new_visitor, make.holder_of(case).email)
    page = holder.get(address(case, "/approve"))
    assert "A flag is not cleared yet" in page.main
    page = page.form().submit("See the letter")
    assert (page.status, status_of(case)) == (409, Status.IN_REVIEW)
    desk = signed_in(new_visitor, senior.email)
    form = desk.get(address(case)).follow("Clear this flag").form()
    form.fill(reason="Religious study, two hours a day at most.").submit("Clear the flag")
    holder.get(address(case, "/approve")).form().submit("See the letter").press("Approve")
    assert status_of(case) == Status.APPROVED


def test_an_auditor_reads_a_case_and_is_offered_nothing_to_change(
    case: Assessment, new_visitor: Callable[[], Visitor]
) -> None:
    auditor = make.a_person("Bea Stone", "auditor")
    db.session.commit()
    desk = signed_in(new_visitor, auditor.email)
    page = desk.get(address(case))
    assert "Where this case stands" in page.main
    question = desk.get(address(case, "/questions/sg_policy"))
    assert "Save, next question" not in question.buttons
    assert [b for b in page.buttons if b != "Sign out"] == []


def test_reading_a_paper_is_written_down_before_it_is_shown(
    case: Assessment, holder: Visitor
) -> None:
    file_id = case.evidence[0].file_id
    page = holder.get(address(case, f"/papers/{file_id}"))
    assert page.headers["Content-Disposition"].startswith("attachment")
    assert page.headers["Cache-Control"] == "private, no-store"
    db.session.rollback()
    read = db.session.query(Entry).filter_by(action="read", subject_type="stored_file").all()
    assert [entry.subject_id for entry in read] == [str(file_id)]


def test_a_paper_of_another_case_is_not_here(case: Assessment, holder: Visitor) -> None:
    other = make.a_submitted(plan=make.CHESS)
    db.session.commit()
    assert holder.get(address(case, f"/papers/{other.evidence[0].file_id}")).status == 404


def test_a_renewal_that_lapses_within_fourteen_days_comes_first_then_the_oldest(
    app: Flask, clock: Clock
) -> None:
    clock.travel_to("2026-03-02")
    listed = make.an_approved(plan=make.COACH, reviewed_on=date(2026, 3, 1))
    last_day = listed.listed_until
    assert last_day
    clock.travel_to(last_day - timedelta(days=40))
    oldest = make.a_submitted(plan=make.DANCE)
    clock.move(days=1)
    second = make.a_submitted(plan=make.CHESS)
    clock.move(days=1)
    renewal = make.a_submitted(plan=make.COACH, organisation=listed.organisation)
    reader = make.a_reviewer()
    db.session.commit()
    assert _order(reader, last_day - timedelta(days=15)) == [oldest.id, second.id, renewal.id]
    clock.travel_to(last_day - timedelta(days=14))
    assert _order(reader, last_day - timedelta(days=14)) == [renewal.id, oldest.id, second.id]


def _order(reader: object, today: date) -> list[int]:
    return [one.assessment.id for one in in_turn(cases(reader, today), today)]
