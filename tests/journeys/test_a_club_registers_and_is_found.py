"""The whole main job through links and forms: registered, read, mended, listed, found, gone."""

from collections.abc import Callable

import pytest
from flask import Flask

from registry.clock import today
from registry.database import db
from registry.jobs.nightly import run_night
from tests import factories
from tests.journeys import story
from tests.journeys.reading import ReadingWindow
from tests.page import Visitor
from tests.rigs.letters import Outbox
from tests.rigs.travelling import Clock


@pytest.fixture
def open_window(new_visitor: Callable[[], Visitor]) -> Callable[[], ReadingWindow]:
    """A window for one more person."""
    return lambda: ReadingWindow(new_visitor())


def test_a_club_registers_is_read_is_found_and_runs_out(
    app: Flask,
    open_window: Callable[[], ReadingWindow],
    outbox: Outbox,
    clock: Clock,
) -> None:
    clock.travel_to("2026-11-23 10:00")
    factories.a_person(story.REVIEWER_NAME, "reviewer", email=story.REVIEWER)
    db.session.commit()

    club = open_window()
    story.makes_an_account(club)
    link = outbox.latest(story.OWNER).link("/confirm")
    story.confirms(club, link)
    story.registers(club)
    story.assesses_itself(club, today())
    assert [letter.subject for letter in outbox.to(story.OWNER)][1:], "it is told we have it"

    council = open_window()
    assert story.reads_every_question(council) > 25
    story.returns_one_question(council)
    told = outbox.latest(story.OWNER)
    assert story.WORDS_TO_THE_CLUB in told.text

    club = open_window()
    story.mends(club)
    story.reads_again_and_approves(council)
    assert "list" in outbox.latest(story.OWNER).subject
    last_day = story.is_listed_until(club)
    assert last_day > today()

    family = open_window()
    listing = story.finds_it(family)
    address = f"/activities?q=street+dance&postcode={story.FAMILY_AT.replace(' ', '+')}"
    kept = {
        path: family.visitor.get(path).headers["ETag"]
        for path in (listing, address, "/", f"/organisations/{slug_in(family)}")
    }
    for path, etag in kept.items():
        again = family.visitor.get(path, headers={"If-None-Match": etag})
        assert again.status == 304, path

    clock.travel_to(f"{last_day} 23:59")
    assert family.visitor.get(listing).status == 200, "the last day is a whole day"

    clock.to_midnight_after(last_day)
    for path, etag in kept.items():
        again = family.visitor.get(path, headers={"If-None-Match": etag})
        gone = again.status == 404 or story.CLUB not in again.html
        assert gone and again.status != 304, path
    assert family.visitor.get(listing).status == 404
    story.finds_nothing_more(family, listing)

    before = len(outbox.to(story.OWNER))
    run_night()
    letter = outbox.latest(story.OWNER)
    assert len(outbox.to(story.OWNER)) == before + 1
    assert "came off the list" in letter.subject
    run_night()
    assert len(outbox.to(story.OWNER)) == before + 1, "told once"
    assert family.visitor.get(listing).status == 404


def slug_in(family: ReadingWindow) -> str:
    """What the organisation is called in the address of the page in front of the family."""
    return family.path.rpartition("/")[2]
