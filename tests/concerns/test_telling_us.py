"""Telling us: whom to call first, what is kept, and what is not (domain B.5, C.5)."""

import logging
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry.concerns import services, throttling
from registry.concerns.models import Concern
from registry.concerns.queries import by_colour
from registry.concerns.targets import due_on
from registry.concerns.throttling import DailyCount
from registry.database import db
from registry.errors import NotAllowedNow
from registry.messages.models import Message
from registry.organisations.models import DeclaredLink
from tests import factories as make
from tests.page import Visitor
from tests.rigs.travelling import Clock

PAGES = ("/tell-us", "/tell-us/call/a", "/tell-us/staff", "/tell-us/write/papers", "/tell-us/sent")


@pytest.fixture(autouse=True)
def _nobody_told_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttling, "_told", DailyCount())


def test_the_first_question_is_whether_a_child_is_in_danger(client: Visitor) -> None:
    page = client.get("/tell-us")
    assert page.headings[0] == "Is a child in danger now?"
    assert "form" not in {one.tag for one in page.root.iter() if one.get("method")}
    assert page.links["999"] == "tel:999"
    for choice, number in (
        ("A child", "01902 555392"),
        ("An adult who works with children", "01902 555392"),  # the MASH, while the LADO is empty
        ("An adult who needs care", "01902 551155"),
    ):
        assert number in client.get("/tell-us").follow(choice).main


def test_from_the_young_people_s_pages_childline_comes_first(client: Visitor) -> None:
    page = client.get("/tell-us?from=young-people")
    assert "0800 1111" in page.main.partition("Is a child in danger now?")[0]
    assert "0800 1111" in page.follow("A child").main


def test_no_page_is_kept_by_a_browser_or_says_what_it_is_about(client: Visitor) -> None:
    for address in PAGES:
        page = client.get(address)
        assert page.headers["Cache-Control"] == "no-store"
        said = f"{page.title} {address}".lower()
        assert not {"concern", "worry", "abuse", "harm", "whistle"} & set(said.split())
        assert "concern" not in said
        assert "Exit this page" in page.text


def test_whoever_works_at_a_club_reads_what_the_law_covers_and_may_stay_unnamed(
    client: Visitor,
) -> None:
    page = client.get("/tell-us").follow("You work or help at a club")
    assert "0800 028 0285" in page.main
    assert "Most volunteers are not covered by it." in page.main
    page = page.follow("Write to us about papers or checks")
    page.form().fill(words="Nobody asked for any check.").submit()
    kept = db.session.scalars(select(Concern)).one()
    assert (kept.kind, kept.colour, kept.has_teller) == ("staff", "amber", False)


def test_what_is_typed_is_there_again_and_the_tenth_from_one_place_is_the_last(
    client: Visitor,
) -> None:
    form = client.get("/tell-us/write/papers").form()
    assert form.submit().errors == ["Write what is wrong"]
    for _ in range(10):
        page = client.get("/tell-us/write/papers").form().fill(words="The plan is old.").submit()
        assert page.h1 == "Thank you"
    page = client.get("/tell-us/write/papers").form().fill(words="The plan is old.").submit()
    assert page.status == 429
    assert int(page.headers["Retry-After"]) > 0
    assert page.form().fields["words"] == "The plan is old."
    assert len(db.session.scalars(select(Concern)).all()) == 10


def test_the_count_knows_no_address_and_forgets_every_night(clock: Clock) -> None:
    count = DailyCount()
    first = clock.travel_to("2026-11-22 23:50")
    assert [count.add("192.0.2.7", first) for _ in range(2)] == [1, 2]
    assert count.add("2001:db8::1", first) == 1
    assert count.add("2001:db8::2", first) == 2  # one household
    assert b"192" not in b"".join(count._counts)
    salt = count._salt
    assert count.add("192.0.2.7", clock.travel_to("2026-11-23 00:10")) == 1
    assert count._salt != salt


def test_a_database_that_fails_writes_nothing_of_it_into_a_log(
    app: Flask, client: Visitor, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise IntegrityError("INSERT", {"words": "The plan"}, Exception("Failing row: The plan"))

    caplog.set_level(logging.DEBUG)
    page = client.get("/tell-us/write/papers").form().fill(words="The plan is old.")
    with monkeypatch.context() as broken:
        broken.setattr("registry.concerns.services.telling._new_reference", lambda: "TU-AAAAAA")
        broken.setattr(db.session, "flush", full)
        answer = page.submit()
    assert answer.status == 503
    assert answer.form().fields["words"] == "The plan is old."
    assert "The plan" not in caplog.text


def test_whoever_has_a_link_to_the_club_never_meets_it(
    app: Flask, new_visitor: Callable[[], Visitor], clock: Clock
) -> None:
    """Not in the list, nor in the counts, nor at its address; and the club's own people neither."""
    clock.travel_to("2026-11-23 10:00")
    club = make.a_club()
    linked, reviewer = make.a_reviewer(), make.a_reviewer()
    club.declared_links.append(
        DeclaredLink(account_id=linked.id, organisation_id=club.id, declared_at=club.created_at)
    )
    concern = services.tell(kind="staff", words="No checks.", name="Jan", contact="01632 960177")
    services.link(concern, reviewer, version=1, organisation=club)
    db.session.commit()
    today = clock.travel_to("2026-11-23 11:00").date()
    assert [count for _, count, _ in by_colour(reviewer, today)] == [0, 1, 0]
    assert [count for _, count, _ in by_colour(linked, today)] == [0, 0, 0]
    for person in (linked, make.owner_of(club)):
        visitor = new_visitor()
        visitor.sign_in(person.email)
        there = visitor.get(f"/council/concerns/{concern.id}")
        assert (there.status, there.body) == (404, visitor.get("/council/concerns/999").body)
    visitor = new_visitor()
    visitor.sign_in(reviewer.email)
    page = visitor.get(f"/council/concerns/{concern.id}")
    assert "01632 960177" not in page.text
    assert "01632 960177" in page.follow("Somebody who said who they are").main


def test_a_red_one_is_handed_over_or_made_another_colour_first(app: Flask) -> None:
    reviewer = make.a_reviewer()
    concern = services.tell(kind="listing", words="He hit a boy.")
    assert concern.colour == "red"
    with pytest.raises(NotAllowedNow):
        services.close(concern, reviewer, version=1, outcome="mended", words="Done.")
    services.change_colour(concern, reviewer, version=1, colour="green", reason="A ball game.")
    services.close(concern, reviewer, version=2, outcome="nothing_found", words="We looked.")
    assert concern.state == "closed"


def test_two_at_once_are_one_and_the_other_is_told(
    app: Flask, new_visitor: Callable[[], Visitor]
) -> None:
    concern = services.tell(kind="papers", words="The plan is old.")
    first, second = make.a_reviewer(), make.a_reviewer()
    db.session.commit()
    visitor = new_visitor()
    visitor.sign_in(second.email)
    form = visitor.get(f"/council/concerns/{concern.id}/close").form()
    services.change_colour(concern, first, version=1, colour="red", reason="See the end.")
    page = form.fill(outcome="mended", words="They sent it.").submit()
    assert page.status == 409
    assert "Red" in page.main  # what moved
    assert page.form().fields["words"] == "They sent it."


def test_only_a_red_one_writes_to_the_duty_address(app: Flask) -> None:
    services.tell(kind="papers", words="The plan is old.")
    assert db.session.scalars(select(Message)).all() == []
    red = services.tell(kind="papers", words="A child was hurt.")
    sent = db.session.scalars(select(Message)).one()
    assert sent.dedupe_key == f"council/look-today:concern:{red.id}"
    assert "hurt" not in repr(sent.context)


@pytest.mark.parametrize(
    ("colour", "told", "due"),
    [
        ("red", "2026-11-20", "2026-11-20"),  # Friday
        ("red", "2026-11-22", "2026-11-23"),  # Sunday: the first on which anybody works
        ("amber", "2026-11-20", "2026-11-24"),
        ("green", "2026-12-18", "2027-01-06"),
    ],
)
def test_the_targets_are_in_working_days(colour: str, told: str, due: str) -> None:
    assert due_on(colour, date.fromisoformat(told)) == date.fromisoformat(due)
