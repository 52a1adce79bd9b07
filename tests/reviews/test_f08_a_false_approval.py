"""F8: an approval that proves false is suspended, revoked by two, and others are read again.

A second reader doubts it; one senior suspends, another countersigns; the club replies; after the
time to reply one proposes to revoke and another signs; what else that reviewer approved is queued.
"""

from collections.abc import Callable
from datetime import date

from flask import Flask
from sqlalchemy import select

from registry.accounts.models import Account
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.cards.models import Card
from registry.database import db
from registry.messages.models import Message
from registry.reviews.after_approval import (
    signatures_waiting,
    suspensions_to_review,
    unsigned_suspensions,
)
from registry.reviews.models import SecondReading
from tests import factories as make
from tests.page import Page, Visitor
from tests.rigs.travelling import Clock

Desk = Callable[[Account], Visitor]
COPIED = "The risk checks are those of another club, with the name changed."


def at_desk(new_visitor: Callable[[], Visitor], who: Account) -> Visitor:
    """Somebody at their desk."""
    email = who.email
    db.session.commit()
    visitor = new_visitor()
    visitor.sign_in(email)
    return visitor


def cards() -> int:
    """How many activities the public can find."""
    return db.session.query(Card).count()


def letters(template: str) -> list[Message]:
    """The emails of one kind."""
    return list(db.session.scalars(select(Message).where(Message.template == template)))


def test_f08_a_false_approval_ends_revoked_and_the_others_are_read_again(
    app: Flask, new_visitor: Callable[[], Visitor], clock: Clock
) -> None:
    clock.travel_to("2026-11-02")
    reviewer = make.a_reviewer()
    false = make.an_approved(plan=make.DANCE, reviewer=reviewer)
    fine = make.an_approved(plan=make.CHESS, reviewer=reviewer)
    theirs = make.an_approved(plan=make.COACH)
    first, second, reader = make.a_senior(), make.a_senior(), make.a_reviewer()
    db.session.add(SecondReading(assessment_id=false.id, why="drawn", drawn_at=make.now()))
    db.session.flush()
    number, owner = false.id, make.owner_of(false)

    # A second reader, who had no part, has a doubt.
    assert "Kingfisher" not in at_desk(new_visitor, reviewer).get("/council/second-readings").main
    page = at_desk(new_visitor, reader).get("/council/second-readings").follow("Kingfisher")
    page.form().fill(outcome="doubt", reason=COPIED).submit("Save")

    # One senior reads the letter as it will go, then suspends: gone at once.
    desk = at_desk(new_visitor, first)
    page = desk.get("/council/second-readings")
    assert COPIED in page.main
    page = page.follow("Suspend").form().fill(reason=COPIED).submit("See the letter")
    assert owner.email in page.main
    assert COPIED in page.main
    assert _status(number) == Status.APPROVED, "nothing is done before it is sent"
    assert (cards(), letters("club/suspended")) == (3, [])
    page.press("Suspend now")
    assert (_status(number), cards()) == (Status.SUSPENDED, 2)
    assert letters("club/suspended")[0].context["reason"] == COPIED
    form = desk.get("/council/second-readings").follow("Say what was done").form()
    form.fill(reason="Suspended today.").submit("Settle")

    # Nobody countersigns in time: it stays, and turns red for every senior, then is signed.
    clock.travel_to("2026-11-09")
    assert unsigned_suspensions(second, date(2026, 11, 9)) == []
    clock.travel_to("2026-11-10")
    assert [one.assessment.id for one in unsigned_suspensions(first, date(2026, 11, 10))] == [
        number
    ]
    other = at_desk(new_visitor, second)
    page = other.get("/council/signatures")
    assert "Over 5 working days" in page.main
    page.follow("Countersign the suspension").press("Countersign")
    assert _status(number) == Status.SUSPENDED
    assert unsigned_suspensions(second, date(2026, 11, 10)) == []

    # The club replies at its own desk, and seniors read it before anything is proposed.
    club = at_desk(new_visitor, owner)
    page = club.get(f"/club/{false.organisation_id}").follow("Write your reply")
    page.form().fill(words="A friend gave us the papers.").submit("Send to the council")
    page = at_desk(new_visitor, first).get(f"/council/cases/{number}").follow("Propose to revoke")
    assert "A friend gave us the papers." in page.main
    refused = _proposes(page)
    assert refused.status == 409, "the time to reply is not over"
    assert refused.form().fields["reason"] == "What you told us was not true."
    clock.travel_to("2026-11-17")
    _proposes(at_desk(new_visitor, first).get(f"/council/cases/{number}/revoke"))
    assert [one.what for one in signatures_waiting(second)] == ["revoke"]
    assert signatures_waiting(first) == []

    # Another signs: revoked, told, and what else that reviewer approved is read again.
    page = at_desk(new_visitor, second).get("/council/signatures").follow("Sign the revocation")
    page = page.form().submit("See the letter")
    assert "What you told us was not true." in page.main
    page = page.press("Sign the revocation")
    assert "1 more to read again" in page.text
    assert _status(number) == Status.REVOKED
    assert letters("club/revoked")
    revoked = db.session.get_one(Assessment, number)
    assert revoked.not_before_on == date(2027, 5, 17)
    assert "approve" in [one.action for one in revoked.decisions], "the decision stays"
    queued = db.session.scalars(
        select(SecondReading).where(SecondReading.why == "same_reviewer")
    ).all()
    assert [one.assessment_id for one in queued] == [fine.id]
    assert theirs.id not in [one.assessment_id for one in queued]


def _proposes(page: Page) -> Page:
    form = page.form().fill(
        {
            "reason": "What you told us was not true.",
            "not_before_on-day": "17",
            "not_before_on-month": "5",
            "not_before_on-year": "2027",
            "approval_was_false": ["yes"],
        }
    )
    return form.submit("Propose to revoke")


def _status(number: int) -> str:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Assessment, number).status


def test_a_suspension_is_looked_at_again_every_28_days(
    app: Flask, new_visitor: Callable[[], Visitor], clock: Clock
) -> None:
    clock.travel_to("2026-11-02")
    number = make.a_suspended().id
    senior = make.a_senior()
    day = date(2026, 11, 29)
    assert suspensions_to_review(senior, day) == []
    clock.travel_to("2026-11-30")
    assert [one.assessment.id for one in suspensions_to_review(senior, date(2026, 11, 30))] == [
        number
    ]
    desk = at_desk(new_visitor, senior)
    page = desk.get(f"/council/cases/{number}/review-suspension")
    assert page.form().submit("It goes on").errors == ["Write why"]
    page.form().fill(reason="The police still look.").submit("It goes on")
    assert suspensions_to_review(senior, date(2026, 12, 27)) == []
    assert len(suspensions_to_review(senior, date(2026, 12, 28))) == 1


def test_a_proposal_is_taken_back_or_declined_with_words(
    app: Flask, new_visitor: Callable[[], Visitor]
) -> None:
    number = make.a_suspended().id
    first, second = make.a_senior(), make.a_senior()
    desk, other = at_desk(new_visitor, first), at_desk(new_visitor, second)
    address = f"/council/cases/{number}"
    desk.get(f"{address}/lift").form().fill(reason="Put right.").submit("Propose the lift")
    own = desk.get(address).follow("Your lift waits")
    assert own.form().submit("See the letter").status == 403
    own.follow("Take it back").form().fill(reason="Too soon.").submit("Take it back")
    desk.get(f"{address}/lift").form().fill(reason="Now it is.").submit("Propose the lift")
    page = other.get(address).follow("Sign the lift").follow("Decline to sign, with words")
    assert page.form().submit("Decline").errors == ["Write why"]
    page.form().fill(reason="I want to see the paper.").submit("Decline")
    assert other.get(f"{address}/lift/sign").status == 409
    assessment = db.session.get_one(Assessment, number)
    words = [one.ended_words for one in assessment.proposals if one.action == "lift"]
    assert words == ["Too soon.", "I want to see the paper."]
    desk.get(f"{address}/lift").form().fill(reason="Seen.").submit("Propose the lift")
    page = other.get(f"{address}/lift/sign").form().submit("See the letter")
    page.press("Sign the lift")
    assert _status(number) == Status.APPROVED
    assert not [one for one in assessment.proposals if one.is_open], "nothing waits after its end"
