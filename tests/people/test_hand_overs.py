"""Handing over: confirmed by both; or by the council, with a proof and after time to object."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from flask import Flask

from registry.audit.models import Entry
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotYours
from registry.organisations.models import Organisation
from registry.people import services
from registry.people.models import HandOver
from registry.people.queries import open_hand_over
from tests import factories as make
from tests.files.specimens import a_pdf
from tests.page import Visitor
from tests.rigs.letters import Outbox
from tests.rigs.travelling import Clock

Roles = Callable[[Organisation], dict[str, str]]
Acts = Callable[[Organisation], list[str]]


def asked(club: Organisation) -> HandOver:
    """A helper tells the council that the owner has gone."""
    helper = make.a_member(club)
    found = services.ask_for_place(
        club,
        helper,
        reason="Our secretary moved away in May.",
        proof=BytesIO(a_pdf("Minutes: Dawn is our secretary")),
        filename="minutes.pdf",
    )
    db.session.commit()
    return found


def test_the_owner_offers_and_the_other_says_yes(
    club: Organisation, client: Visitor, outbox: Outbox, roles: Roles, acts: Acts
) -> None:
    owner, helper = make.owner_of(club), make.a_member(club)
    db.session.commit()
    client.sign_in(owner.email)
    form = client.get(f"/club/{club.id}/people").follow("Hand over to somebody else").form()
    form.fill({"person": str(helper.id)}).submit()
    assert roles(club)[owner.email] == "owner"  # nothing changes until they say yes
    client.sign_out()
    client.sign_in(helper.email)
    page = client.get(outbox.latest(helper.email).link("/hand-over/answer"))
    page = page.press("Yes, I take over")
    assert "You own" in page.text
    assert roles(club) == {owner.email: "member", helper.email: "owner"}
    assert acts(club)[-2:] == ["offer_place", "accept_place"]
    assert helper.name in outbox.latest(owner.email).text


def test_a_no_changes_nothing_and_the_owner_is_told(
    club: Organisation, roles: Roles, outbox: Outbox
) -> None:
    owner, helper = make.owner_of(club), make.a_member(club)
    services.offer_place(club, owner, helper.id)
    services.decline_place(club, helper)
    assert roles(club)[owner.email] == "owner"
    assert "The answer is no" in outbox.latest(owner.email).text


def test_an_offer_is_answered_by_whom_it_is_for_and_not_after_it_is_taken_back(
    club: Organisation, roles: Roles
) -> None:
    owner, helper, other = make.owner_of(club), make.a_member(club), make.a_member(club)
    services.offer_place(club, owner, helper.id)
    db.session.commit()
    for act in (
        lambda: services.accept_place(club, other),
        lambda: services.offer_place(club, owner, other.id),
    ):
        with pytest.raises(NotAllowedNow):
            act()
        db.session.rollback()
    services.take_back_offer(club, owner)
    db.session.commit()
    with pytest.raises(NotAllowedNow):
        services.accept_place(club, helper)
    db.session.rollback()
    assert roles(club)[owner.email] == "owner"


def test_an_offer_by_somebody_who_owns_nothing_any_more_gives_nothing(
    club: Organisation, roles: Roles
) -> None:
    owner, second, helper = make.owner_of(club), make.a_member(club), make.a_member(club)
    services.change_role(club, owner, second.id, "owner")
    services.offer_place(club, second, helper.id)
    services.change_role(club, owner, second.id, "member")
    db.session.commit()
    with pytest.raises(NotAllowedNow, match="does not own it any more"):
        services.accept_place(club, helper)
    db.session.rollback()
    assert roles(club)[helper.email] == "member"


def test_f26_a_helper_cannot_send_and_an_owner_who_is_gone_is_followed_with_proof_by_the_council(
    app: Flask,
    clock: Clock,
    outbox: Outbox,
    roles: Roles,
    acts: Acts,
    new_visitor: Callable[[], Visitor],
) -> None:
    clock.travel_to("2026-11-23 09:00")
    ready = make.complete(make.a_draft())
    club, owner = ready.organisation, make.owner_of(ready)
    helper = make.a_member(club)
    reviewer = make.a_reviewer()
    db.session.commit()

    # A member tries to send and to declare.
    ours = new_visitor()
    ours.sign_in(helper.email)
    assert ours.get(f"/club/{club.id}/self-check/declare").status == 403
    assert (
        ours.post(
            f"/club/{club.id}/self-check/declare",
            {"declared_name": "Dawn", "declared_role": "Helper", "agreed": ["1", "2", "3"]},
        ).status
        == 403
    )
    assert ours.post(f"/club/{club.id}/self-check/take-back").status == 403
    assert ready.status == "draft"

    # The owner has gone. Without a proof nothing is asked, and nothing typed is lost.
    address = f"/club/{club.id}/people/owner-gone"
    page = ours.get(address).form().fill({"reason": "Our secretary moved away."}).submit()
    assert page.status == 422
    assert page.errors == ["Add a paper that shows that you may take over"]
    assert "Our secretary moved away." in page.html
    assert open_hand_over(club.id) is None
    page = page.form().fill({"proof": ("minutes.pdf", a_pdf("Minutes of May"))}).submit()
    assert "The council has it" in page.text

    # The owner is told at once, and has five working days.
    letter = outbox.latest(owner.email)
    assert "are you still the owner" in letter.subject
    assert "30 November 2026" in letter.text
    theirs = new_visitor()
    theirs.sign_in(reviewer.email)
    assert "hand-over waits" not in theirs.get("/council").main  # nothing to decide yet
    page = theirs.get("/council/hand-overs").follow(club.name)
    assert "Our secretary moved away." in page.main
    read = len(_reads())
    assert theirs.get(page.links["minutes.pdf"]).body.startswith(b"%PDF")
    assert len(_reads()) == read + 1
    decide = theirs.get(page.path).form("Decide")
    page = decide.fill({"decision": "confirm", "words": "The minutes name her."}).submit()
    assert page.status == 409
    assert "The minutes name her." in page.html
    assert roles(club)[helper.email] == "member"

    # The time is over: the council confirms, and the helper can send.
    clock.travel_to("2026-12-01 09:00")
    theirs.sign_in(reviewer.email)
    assert "1 hand-over waits" in theirs.get("/council").main
    decide = theirs.get("/council/hand-overs").follow(club.name).form("Decide")
    page = decide.fill({"decision": "confirm", "words": "The minutes name her."}).submit()
    assert "It is decided" in page.text
    assert roles(club) == {owner.email: "member", helper.email: "owner"}
    assert acts(club)[-1] == "confirm_hand_over"
    assert "you are the owner" in outbox.latest(helper.email).subject
    assert "owns" in outbox.latest(owner.email).subject
    ours.sign_in(helper.email)
    assert ours.get(f"/club/{club.id}/self-check/declare").status == 200


def _reads() -> list[Entry]:
    found = db.session.query(Entry).filter_by(action="read", subject_type="stored_file").all()
    db.session.commit()
    return found


def test_an_owner_who_is_still_there_objects_and_nobody_can_confirm_it_then(
    club: Organisation, client: Visitor, clock: Clock, outbox: Outbox, roles: Roles
) -> None:
    found, owner = asked(club), make.owner_of(club)
    client.sign_in(owner.email)
    page = client.get(outbox.latest(owner.email).link("/owner-gone/object"))
    page = page.press("I am still here, and I stay the owner")
    assert "You stay the owner" in page.text
    assert "still here" in outbox.latest(found.taker.email).subject
    clock.move(days=30)
    with pytest.raises(NotAllowedNow):
        services.confirm_hand_over(found, make.a_reviewer(), "So be it.")
    db.session.rollback()
    assert roles(club)[owner.email] == "owner"


def test_five_working_days_are_counted_and_the_last_of_them_is_still_the_owners(
    app: Flask, club: Organisation, clock: Clock, roles: Roles
) -> None:
    clock.travel_to("2026-12-21 12:00")  # Christmas and its bank holidays lie between
    found = asked(club)
    assert found.not_before_on == date(2026, 12, 30)
    clock.travel_to("2026-12-30 23:00")
    with pytest.raises(NotAllowedNow, match="time to object"):
        services.confirm_hand_over(found, make.a_reviewer(), "The minutes say so.")
    db.session.rollback()
    clock.travel_to("2026-12-31 00:30")
    services.confirm_hand_over(found, make.a_reviewer(), "The minutes say so.")
    assert "owner" in roles(club).values()


@pytest.mark.changed(hand_over_objection_days=1)
def test_the_time_to_object_is_a_setting(club: Organisation, clock: Clock) -> None:
    clock.travel_to("2026-11-23 12:00")
    assert asked(club).not_before_on == date(2026, 11, 24)


def test_a_linked_reviewer_neither_sees_nor_decides_it(
    club: Organisation, clock: Clock, client: Visitor
) -> None:
    found = asked(club)
    linked = make.a_member(club)
    make.give_role(linked, "reviewer")
    db.session.commit()
    clock.move(days=30)
    with pytest.raises(NotYours):
        services.confirm_hand_over(found, linked, "I know them.")
    db.session.rollback()
    client.sign_in(linked.email)
    page = client.get("/council/hand-overs")
    assert page.h1 == "Hand-overs"
    assert club.name not in page.main
    assert client.get(f"/council/hand-overs/{found.id}").status == 404


def test_the_council_declines_with_a_reason_that_the_helper_reads(
    club: Organisation, outbox: Outbox, roles: Roles
) -> None:
    found = asked(club)
    with pytest.raises(BadInput):
        services.decline_hand_over(found, make.a_reviewer(), "  ")
    db.session.rollback()
    services.decline_hand_over(found, make.a_reviewer(), "The paper names somebody else.")
    assert roles(club)[found.taker.email] == "member"
    assert "The paper names somebody else." in outbox.latest(found.taker.email).text


def test_an_owner_needs_nobodys_place_and_a_stranger_gets_none(club: Organisation) -> None:
    for somebody in (make.owner_of(club), make.a_person()):
        with pytest.raises(NotYours):
            services.ask_for_place(
                club, somebody, reason="Gone.", proof=BytesIO(a_pdf("x")), filename="x.pdf"
            )
        db.session.rollback()


def test_what_a_helper_wrote_is_in_no_entry(club: Organisation) -> None:
    asked(club)
    for entry in db.session.query(Entry):
        assert "moved away" not in str(entry.details)
        assert "minutes" not in str(entry.details)


def test_an_offer_that_nobody_answers_stands_in_the_way_for_14_days_only(
    club: Organisation, clock: Clock, client: Visitor
) -> None:
    helper = make.a_member(club)
    offered = services.offer_place(club, make.owner_of(club), helper.id)
    db.session.commit()
    with pytest.raises(NotAllowedNow, match="hand-over is open already"):
        asked(club)
    db.session.rollback()
    client.sign_in(helper.email)
    assert "Wait for the answer" in client.get(f"/club/{club.id}/people/owner-gone").main
    clock.move(days=15)
    found = asked(club)
    assert (offered.state, found.state) == ("withdrawn", "open")
