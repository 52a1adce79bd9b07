"""The main story in a real Chromium, once with JavaScript and once without."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page

from registry.clock import today
from registry.database import db
from registry.jobs.nightly import run_night
from tests import factories
from tests.browser.window import BrowserWindow
from tests.journeys import story
from tests.rigs.letters import Outbox
from tests.rigs.travelling import Clock


@pytest.mark.parametrize("scripts", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_club_registers_is_read_is_found_and_runs_out(
    app: Flask,
    open_browser: Callable[..., Page],
    outbox: Outbox,
    clock: Clock,
    picture: Callable[[Page, str], None],
    scripts: bool,
) -> None:
    clock.travel_to("2026-11-23 10:00")
    factories.a_person(story.REVIEWER_NAME, "reviewer", email=story.REVIEWER)
    db.session.commit()
    looked = Looking(picture if scripts else lambda page, name: None)

    def window() -> BrowserWindow:
        return BrowserWindow(open_browser(java_script_enabled=scripts))

    club = window()
    story.makes_an_account(club, looked)
    story.confirms(club, outbox.latest(story.OWNER).link("/confirm"), looked)
    story.registers(club, looked)
    story.assesses_itself(club, today(), looked)

    council = window()
    story.reads_every_question(council, looked)
    story.returns_one_question(council, looked)
    assert story.WORDS_TO_THE_CLUB in outbox.latest(story.OWNER).text

    story.mends(club, looked)
    story.reads_again_and_approves(council, looked)
    last_day = story.is_listed_until(club)
    looked(club, "club-home-listed")

    family = window()
    listing = story.finds_it(family, looked)
    # A browser that was here before asks with the ETag of what it keeps.
    family.open(listing)
    family.open("/activities")
    assert story.ACTIVITY in family.links

    clock.to_midnight_after(last_day)
    story.finds_nothing_more(family, listing, looked)
    family.open("/activities")
    assert story.ACTIVITY not in family.links

    run_night()
    assert "came off the list" in outbox.latest(story.OWNER).subject
    story.signs_in(club, story.OWNER)
    looked(club, "club-home-lapsed")


class Looking:
    """Pictures in the order of the story."""

    def __init__(self, take: Callable[[Page, str], None]) -> None:
        self.take = take
        self.taken = 0

    def __call__(self, window: story.Window, name: str) -> None:
        """Take one more."""
        assert isinstance(window, BrowserWindow)
        self.taken += 1
        self.take(window.page, f"{self.taken:02}-{name}")
