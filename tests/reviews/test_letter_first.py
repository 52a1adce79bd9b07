"""The letter is shown before it goes: word by word, to whom. Nothing is done before that."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.assessments import services
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.audit.models import Entry
from registry.database import db
from registry.messages.drawing import draw
from registry.messages.models import Message
from tests import factories as make
from tests.page import Visitor

REASON = "Your plan names another club.\nWe asked for your own on 2 November 2026."


@pytest.fixture
def case(app: Flask) -> Assessment:
    """A case that is recommended to be refused."""
    return make.a_recommended()


@pytest.fixture
def desk(case: Assessment, new_visitor: Callable[[], Visitor]) -> Visitor:
    """A senior who did not recommend it."""
    email = make.a_senior().email
    db.session.commit()
    visitor = new_visitor()
    visitor.sign_in(email)
    return visitor


def kept() -> tuple[int, int, str]:
    """How many entries and emails there are, and where the case stands."""
    db.session.rollback()
    db.session.expire_all()
    entries = db.session.scalar(select(func.count()).select_from(Entry))
    emails = db.session.scalar(select(func.count()).select_from(Message))
    return entries or 0, emails or 0, db.session.scalars(select(Assessment)).one().status


def test_what_is_shown_is_what_is_sent_and_nothing_is_kept_before(
    case: Assessment, desk: Visitor
) -> None:
    address, owner = f"/council/cases/{case.id}/refuse", make.owner_of(case).email
    before = kept()
    shown = desk.get(address).form().fill(reason=REASON).submit("See the letter")
    assert (shown.status, shown.h1) == (200, "Read the letter before it goes")
    assert kept() == before
    again = shown.press("Change the words")
    assert again.status == 200
    assert again.errors == []
    assert again.form().fields["reason"].splitlines() == REASON.splitlines()
    assert kept() == before
    again.form().submit("See the letter").press("Refuse")
    assert kept()[2] == Status.REFUSED
    sent = db.session.scalars(select(Message).where(Message.template == "club/refused")).one()
    drawn = draw(sent)
    assert drawn.recipient == owner
    assert owner in shown.main
    assert drawn.subject in shown.main
    assert " ".join(drawn.body.split()) in " ".join(shown.main.split())


def test_a_decision_without_words_asks_for_them(case: Assessment, desk: Visitor) -> None:
    page = desk.get(f"/council/cases/{case.id}/refuse").form().submit("See the letter")
    assert page.status == 422
    assert page.errors == ["Write the reasons that the club will read"]


def test_an_approval_has_its_reason_in_the_box_and_needs_one(
    app: Flask, new_visitor: Callable[[], Visitor]
) -> None:
    case = make.in_review()
    address = f"/council/cases/{case.id}/approve"
    email = make.holder_of(case).email
    db.session.commit()
    desk = new_visitor()
    desk.sign_in(email)
    form = desk.get(address).form()
    assert form.fields["reason"] == "All papers read. All four points are met today."
    assert form.fill(reason="").submit("See the letter").errors == ["Write why"]
    shown = desk.get(address).form().submit("See the letter")
    assert "is on the Safe and Sound list until" in shown.main


def test_what_moved_is_shown_beside_what_was_read_and_the_words_are_kept(
    app: Flask, new_visitor: Callable[[], Visitor]
) -> None:
    case = make.in_review()
    number, holder, owner = case.id, make.holder_of(case), make.owner_of(case)
    email = holder.email
    db.session.commit()
    desk = new_visitor()
    desk.sign_in(email)
    form = desk.get(f"/council/cases/{number}/recommend").form()
    shown = desk.get(f"/council/cases/{number}/approve").form().submit("See the letter")
    services.return_for_changes(case, holder, **make.read(case), words={"sg_steps": "Add 999."})
    answer = next(one for one in case.answers if one.question_key == "sg_steps")
    answer.parts = {**answer.parts, "said": "partly"}
    services.submit(case, owner, declared_name="S", declared_role="Owner")
    services.start_review(case, holder)
    make.walking.find_all_met(case, holder)
    db.session.commit()
    for refused in (
        shown.press("Approve"),
        form.fill(what="refuse", reason=REASON).submit("Recommend"),
    ):
        assert refused.status == 409
        assert "something newer" in refused.errors[0]
        assert "What changed since you read it" in refused.main
        assert "Steps when worried" in refused.main
        assert "Yes" in refused.main
        assert "Partly" in refused.main
    assert refused.form().fields["reason"].splitlines() == REASON.splitlines()
    assert db.session.get_one(Assessment, number).status == Status.IN_REVIEW
