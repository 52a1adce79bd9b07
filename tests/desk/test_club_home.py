"""The club's front page: one sentence of truth, and only what can be done now."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from registry.assessments import services
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.cards.models import Card
from registry.database import db
from tests import factories
from tests.factories import (
    PASSWORD,
    a_club,
    a_draft,
    a_member,
    a_person,
    a_refused,
    a_returned,
    a_submitted,
    a_suspended,
    an_approved,
    in_review,
    owner_of,
    with_hold,
)
from tests.page import Page, Visitor
from tests.rigs.travelling import Clock


@pytest.fixture
def signed_in(new_visitor: Callable[[], Visitor]) -> Callable[..., Visitor]:
    """Somebody with a browser of their own, signed in."""

    def sign_in(account: factories.Account) -> Visitor:
        email = account.email
        db.session.commit()
        visitor = new_visitor()
        visitor.sign_in(email, PASSWORD)
        return visitor

    return sign_in


def home_of(record: Assessment | factories.Organisation) -> str:
    number = record.organisation_id
    return f"/club/{number}"


def first_heading(page: Page) -> str:
    return page.headings[0]


def test_somebody_without_a_club_reads_what_they_will_need(
    app: Flask, signed_in: Callable[..., Visitor]
) -> None:
    page = signed_in(a_person()).get("/club")
    assert page.h1 == "Get your club listed"
    assert "A DBS certificate" in page.main
    assert "open data" in page.main
    assert page.links["Add your club"] == "/club/new"


def test_the_only_club_opens_at_once_and_several_are_a_choice(
    app: Flask, signed_in: Callable[..., Visitor]
) -> None:
    owner = a_person("Marcia Bent")
    club = a_club(owner=owner)
    number = club.id
    visitor = signed_in(owner)
    assert visitor.get("/club").path == f"/club/{number}"
    a_club(factories.CHESS, owner)
    db.session.commit()
    page = visitor.get("/club")
    assert page.h1 == "Your clubs"
    assert {"Kingfisher Dance Project", "Tettenhall Juniors Chess"} <= set(page.links)


def test_a_new_club_begins_with_one_button(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    club = a_club()
    visitor = signed_in(owner_of(club))
    page = visitor.get(home_of(club))
    assert first_heading(page) == "You are not on the list yet"
    page = page.press("Begin your self-check")
    assert page.h1 == "Your self-check"
    page = visitor.get(home_of(club))
    assert "Begin your self-check" not in page.buttons
    assert visitor.post(f"{home_of(club)}/self-check/begin").status == 409


def test_a_helper_may_begin_but_is_offered_no_step_of_the_owner(
    app: Flask, signed_in: Callable[..., Visitor]
) -> None:
    submitted = a_submitted()
    helper = signed_in(a_member(submitted.organisation))
    page = helper.get(home_of(submitted))
    assert "You are a helper" in page.main
    assert "Take it back" not in page.buttons
    assert "Close the self-check that is open" not in page.links
    for verb in ("take-back", "reopen", "close"):
        assert helper.post(f"{home_of(submitted)}/self-check/{verb}").status == 403


def test_what_was_sent_can_be_taken_back_until_somebody_reads_it(
    app: Flask, signed_in: Callable[..., Visitor]
) -> None:
    submitted = a_submitted()
    owner = signed_in(owner_of(submitted))
    page = owner.get(home_of(submitted))
    assert first_heading(page) == "We have your self-check"
    assert "Take it back" in page.buttons
    services.start_review(submitted, factories.a_reviewer())
    db.session.commit()
    page = owner.get(home_of(submitted))
    assert first_heading(page) == "We are reading your self-check"
    assert "Take it back" not in page.buttons
    assert owner.post(f"{home_of(submitted)}/self-check/take-back").status == 409


def test_a_recommendation_reads_as_any_case_that_is_read(
    app: Flask, signed_in: Callable[..., Visitor]
) -> None:
    recommended = factories.a_recommended()
    page = signed_in(owner_of(recommended)).get(home_of(recommended))
    assert first_heading(page) == "We are reading your self-check"
    assert "refuse" not in page.main.lower()


def test_what_the_council_said_stands_on_the_front_page(
    app: Flask, signed_in: Callable[..., Visitor]
) -> None:
    returned = a_returned()
    page = signed_in(owner_of(returned)).get(home_of(returned))
    assert first_heading(page) == "We sent back 1 question"
    assert "Add 999." in page.main
    assert page.follow("Steps when worried").h1.startswith("Do you have clear steps")


def test_a_listed_club_reads_until_when(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    listed = an_approved()
    page = signed_in(owner_of(listed)).get(home_of(listed))
    assert first_heading(page).startswith("You are on the list until")
    assert "Time line" in page.html
    assert "On the list" in page.main
    assert "Renew your self-check" not in page.buttons


def test_a_renewal_opens_60_days_before_and_the_club_stays_on_the_list(
    app: Flask, signed_in: Callable[..., Visitor], clock: Clock
) -> None:
    listed = an_approved()
    account = owner_of(listed)
    assert listed.listed_until is not None
    last = listed.listed_until
    db.session.commit()
    clock.travel_to(last - timedelta(days=60))
    owner = signed_in(db.session.merge(account))
    page = owner.get(home_of(listed)).press("Renew your self-check")
    assert "Written plan Check again" in page.main
    page = owner.get(home_of(listed))
    assert first_heading(page).startswith("You are on the list until")
    assert "Carry on with your renewal" in page.links
    assert "You stay on the list while you do" in page.main


def test_a_quiet_hold_never_shows(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    listed = an_approved()
    owner = signed_in(owner_of(listed))
    before = owner.get(home_of(listed)).main
    with_hold(listed, "quiet", off=True)
    db.session.commit()
    assert owner.get(home_of(listed)).main == before


@pytest.mark.parametrize("make", [a_refused, a_suspended], ids=["refused", "suspended"])
def test_off_the_list_is_said_without_blame_or_reason(
    app: Flask, signed_in: Callable[..., Visitor], make: Callable[[], Assessment]
) -> None:
    assessment = make()
    page = signed_in(owner_of(assessment)).get(home_of(assessment))
    assert "not on the list" in first_heading(page) or "off the list" in first_heading(page)
    assert "LADO" not in page.main
    assert "No plan." not in page.main


def test_closing_is_asked_twice(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    draft = a_draft()
    number = draft.id
    owner = signed_in(owner_of(draft))
    page = owner.get(home_of(draft)).follow("Close the self-check that is open")
    refused = page.press("Close my self-check")
    assert refused.status == 422
    form = refused.form("sure").fill({"sure": True})
    page = form.submit("Close my self-check")
    assert "Your self-check is closed." in page.main
    db.session.expire_all()
    assert db.session.get_one(Assessment, number).status == Status.CLOSED


def test_leaving_the_list_takes_the_cards_off_at_once(
    app: Flask, signed_in: Callable[..., Visitor]
) -> None:
    listed = an_approved()
    owner = signed_in(owner_of(listed))
    assert db.session.scalars(select(Card)).all()
    page = owner.get(home_of(listed)).follow("Leave the list")
    page.form("sure").fill({"sure": True}).submit("Leave the list")
    db.session.expire_all()
    assert not db.session.scalars(select(Card)).all()


def test_a_paused_activity_is_gone_and_comes_back(
    app: Flask, signed_in: Callable[..., Visitor]
) -> None:
    listed = an_approved()
    owner = signed_in(owner_of(listed))
    page = owner.get(home_of(listed)).press("Pause Street Dance Juniors")
    assert "Paused by you" in page.main
    db.session.expire_all()
    assert not db.session.scalars(select(Card)).all()
    page = page.press("Start it again Street Dance Juniors")
    db.session.expire_all()
    assert db.session.scalars(select(Card)).all()
    assert "On the list" in page.main


def test_an_abandoned_one_is_opened_again_within_three_months(
    app: Flask, signed_in: Callable[..., Visitor], clock: Clock
) -> None:
    draft = a_draft()
    account = owner_of(draft)
    db.session.commit()
    clock.move(days=200)
    services.give_up(draft)
    visitor = signed_in(account)
    page = visitor.get(home_of(draft))
    assert first_heading(page) == "Your self-check was left for too long"
    page = page.press("Open it again")
    assert page.h1 == "Your self-check"


def test_a_stranger_finds_no_club_here(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    draft = a_draft()
    stranger = signed_in(a_person())
    for verb in ("begin", "take-back", "reopen", "close"):
        assert stranger.post(f"{home_of(draft)}/self-check/{verb}").status == 404
    assert stranger.get(home_of(draft)).status == 404


def test_the_pages_of_a_case_that_is_read_open_for_its_club(
    app: Flask, signed_in: Callable[..., Visitor]
) -> None:
    case = in_review()
    owner = signed_in(owner_of(case))
    assert owner.get(f"{home_of(case)}/self-check").status == 200
    assert owner.get(f"{home_of(case)}/self-check/check").h1 == "Your answers"
    assert owner.get(f"{home_of(case)}/self-check/sent").h1 == "We have your self-check"
