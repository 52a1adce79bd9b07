"""F15: the LADO asks for a hold, no tip-off (domain F); and who may know of one."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from registry.assessments import services as assessments
from registry.assessments.lifecycle import Status
from registry.assessments.services.decide import a_senior_signs
from registry.assessments.standing import listed_assessment, told_as_listed
from registry.audit.models import Entry
from registry.clock import today
from registry.concerns import services
from registry.concerns.models import HoldProposal
from registry.concerns.queries import quiet_holds_to_sign
from registry.concerns.services.holding import Advice
from registry.database import db
from registry.errors import NotAllowedNow, NotYours
from registry.jobs.nightly import run_night
from registry.messages.models import Message
from tests import factories as make
from tests.page import Visitor
from tests.rigs.travelling import Clock

LISTING = "/activities/street-dance-juniors"


def held(club, first, second, *, off: bool) -> HoldProposal:
    """A quiet hold that two seniors set."""
    advice = Advice("lado", today(), "L-12")
    proposal = services.propose_hold(club, first, advice, takes_listing_off=off)
    services.sign(proposal, second)
    return proposal


def test_the_lado_asks_for_a_hold_and_nobody_is_tipped_off(
    app: Flask, new_visitor: Callable[[], Visitor], clock: Clock
) -> None:
    clock.travel_to("2026-06-01")
    listed = make.an_approved()
    club, owner, holder = listed.organisation, make.owner_of(listed), make.a_reviewer()
    clock.travel_to("2027-02-15")  # its last day is 1 April
    renewal = make.complete(assessments.begin(club, owner))
    make.walking.submit(renewal, owner)
    assessments.start_review(renewal, holder)
    make.walking.find_all_met(renewal, holder)
    first, second = make.a_senior(), make.a_person("Ife Moss", "senior")
    db.session.commit()
    before = len(db.session.scalars(select(Message)).all())

    # A senior proposes it with the listing off; a second signs.
    proposer = new_visitor()
    proposer.sign_in(first.email)
    page = proposer.get(f"/council/holds/new?name={club.name.split()[0]}").follow(club.name)
    assert "With the listing off, the club may notice that its page is gone." in page.main
    page = (
        page.form()
        .fill({"advised_on": today()}, advice_of="lado", reference="L-12", listing="off")
        .submit()
    )
    assert "Another senior has to sign this." in page.main
    assert listed_assessment(club.id, today()) is not None  # nothing yet
    assert quiet_holds_to_sign(first) == []
    assert len(quiet_holds_to_sign(second)) == 1
    signer = new_visitor()
    signer.sign_in(second.email)
    page = signer.get("/council/holds").follow(club.name).press("Sign: it begins now")
    assert "Ade Cole" in page.main  # both are named
    assert "Ife Moss" in page.main

    # The neutral answer: the same bytes as a listing that never was.
    public = new_visitor()
    db.session.expire_all()
    gone, never = public.get(LISTING), public.get("/activities/never-was")
    assert (gone.status, gone.body) == (404, never.body)
    assert listed_assessment(club.id, today()) is None
    assert told_as_listed(club.id, today()) is not None
    assert not a_senior_signs(renewal)

    # The reviewer approves: what any case says that a senior signs.
    reviewer = new_visitor()
    reviewer.sign_in(holder.email)
    page = reviewer.get(f"/council/cases/{renewal.id}/approve")
    assert "A senior needs to sign" not in page.main
    page = page.press("See the letter")
    assert "A senior needs to sign" not in page.main
    page = page.press("Approve")
    assert "A senior needs to sign this one." in page.text
    db.session.expire_all()
    assert renewal.status == Status.RECOMMENDED
    assert "A senior needs to sign this one." in reviewer.get(f"/council/cases/{renewal.id}").main

    # A senior cannot sign it meanwhile. The club gets date reminders and nothing else.
    with pytest.raises(NotAllowedNow):
        assessments.approve(renewal, second, **make.read(renewal))
    db.session.rollback()
    clock.travel_to(str(told_as_listed(club.id, today()).listed_until))
    run_night()
    clock.move(days=1)
    run_night()
    sent = db.session.scalars(select(Message).order_by(Message.id)).all()[before:]
    told = {one.template for one in sent if one.recipient == owner.email}
    assert told <= {"club/reminder", "club/still-reading", "club/lapsed"}
    assert "club/lapsed" in told

    # Every look is a restricted entry, and nothing about it is in any other.
    looks = db.session.scalars(select(Entry).where(Entry.subject_type == "hold_proposal")).all()
    assert {one.action for one in looks} >= {"propose_set_hold", "sign_set_hold", "read"}
    assert all(one.restricted for one in looks)
    assert not db.session.scalars(
        select(Entry).where(Entry.subject_type == "hold", Entry.restricted.is_(False))
    ).all()

    # Its end is proposed and signed the same way; then the renewal goes on.
    hold = db.session.scalars(select(HoldProposal)).one()
    end = services.propose_end(club, second, Advice("lado", today(), "L-12"))
    with pytest.raises(NotYours):
        services.sign(end, second)
    services.sign(end, first)
    assert not hold.is_in_force
    assessments.approve(renewal, second, **make.read(renewal))
    assert public_status(public) == 200


def public_status(visitor: Visitor) -> int:
    """Whether everybody finds it again."""
    db.session.commit()
    return visitor.get(LISTING).status


def test_without_the_listing_off_everybody_finds_it_as_before(app, client) -> None:
    listed = make.an_approved()
    held(listed.organisation, make.a_senior(), make.a_senior(), off=False)
    db.session.commit()
    assert client.get(LISTING).status == 200


def test_one_senior_is_not_two_and_a_reviewer_is_none(app) -> None:
    club = make.a_club()
    first = make.a_senior()
    advice = Advice("police", today(), "P-3")
    with pytest.raises(NotYours):
        services.propose_hold(club, make.a_reviewer(), advice, takes_listing_off=False)
    proposal = services.propose_hold(club, first, advice, takes_listing_off=False)
    with pytest.raises(NotYours):
        services.sign(proposal, first)
    with pytest.raises(NotAllowedNow):
        services.propose_hold(club, make.a_senior(), advice, takes_listing_off=True)
    services.take_back(proposal, first)
    with pytest.raises(NotAllowedNow):
        services.sign(proposal, make.a_senior())


def test_whoever_may_not_know_of_it_finds_what_is_not_there(
    app, new_visitor: Callable[[], Visitor]
) -> None:
    """A reviewer and the owner get the same bytes for a hold that is and for one that is not, and
    that they asked is an entry that only seniors and auditors may read."""
    listed = make.an_approved()
    reviewer, owner = make.a_reviewer(), make.owner_of(listed)
    proposal = held(listed.organisation, make.a_senior(), make.a_senior(), off=False)
    db.session.commit()
    for person in (reviewer, owner):
        visitor = new_visitor()
        visitor.sign_in(person.email)
        there = visitor.get(f"/council/holds/{proposal.id}")
        nowhere = visitor.get("/council/holds/999")
        assert (there.status, there.body) == (404, nowhere.body)
        assert visitor.post(f"/council/holds/{proposal.id}/sign").status == 404
    refused = db.session.scalars(
        select(Entry).where(Entry.action == "refused", Entry.subject_type == "hold_proposal")
    ).all()
    assert refused
    assert all(one.restricted for one in refused)


def test_a_refusal_waits_too_and_suspending_does_not(app) -> None:
    case = make.a_recommended("refuse")
    first, second = make.a_senior(), make.a_senior()
    held(case.organisation, first, second, off=False)
    with pytest.raises(NotAllowedNow):
        assessments.refuse(case, second, **make.read(case), reason="No plan.")
    listed = make.an_approved(plan=make.CHESS)
    held(listed.organisation, first, second, off=True)
    assessments.suspend(listed, first, reason="The LADO advises it.")
    assert listed.status == Status.SUSPENDED
