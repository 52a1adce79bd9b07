"""The demonstration register as somebody meets it who tries the product; its pictures are ours."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from registry.accounts.demonstration_people import DEMONSTRATION_PASSWORD
from registry.assessments.models import Assessment
from registry.assessments.queries import papers_to_show
from registry.database import db
from registry.demonstration.building import load
from registry.files.paper_pages import make_pages
from tests.browser.window import BrowserWindow
from tests.journeys import story
from tests.rigs.browser import take_small_picture

pytestmark = [pytest.mark.slow, pytest.mark.changed(demonstration=True)]

CLUBS = 30
WITH_THE_COUNCIL = 100  # papers, of some hundreds


@pytest.fixture
def small_picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keep what the window shows for the pages about the product, when pictures are asked for."""
    folder = request.config.getoption("--pictures")

    def take(page: Page, name: str) -> None:
        if folder:
            take_small_picture(page, Path(folder) / "for-the-docs" / f"{name}.png")

    return take


def test_every_desk_of_the_demonstration_has_something_to_show(
    app: Flask,
    open_browser: Callable[..., Page],
    picture: Callable[[Page, str], None],
    small_picture: Callable[[Page, str], None],
) -> None:
    load(CLUBS)
    db.session.commit()

    family = BrowserWindow(open_browser(viewport={"width": 1280, "height": 1000}))
    family.open("/")
    picture(family.page, "demonstration/home")
    small_picture(family.page, "home-1280")
    family.fill({"postcode": "WV10 0BB"})
    family.press("Search")
    assert int(family.h1.partition(" ")[0]) > 10, family.h1
    picture(family.page, "demonstration/results")

    phone = BrowserWindow(open_browser(viewport={"width": 375, "height": 1100}))
    phone.open("/activities?postcode=WV10+0BB")
    phone.page.locator(".card__title a").first.click()
    assert "Self-check read by the council" in phone.words
    picture(phone.page, "demonstration/listing")
    small_picture(phone.page, "listing-375")

    club = BrowserWindow(open_browser())
    story.signs_in(club, "club@example.org", DEMONSTRATION_PASSWORD)
    assert "on the list until" in club.words
    picture(club.page, "demonstration/club-home")
    new = BrowserWindow(open_browser())
    story.signs_in(new, "newclub@example.org", DEMONSTRATION_PASSWORD)
    picture(new.page, "demonstration/club-home-new")

    council = BrowserWindow(open_browser(viewport={"width": 1280, "height": 1000}))
    story.signs_in(council, "reviewer@example.org", DEMONSTRATION_PASSWORD)
    picture(council.page, "demonstration/queue")
    council.press("Take the next case")
    assert "result" in council.fields
    council.follow("Steps when worried")
    # What the worker does after the start: the papers with the council come first.
    taken = db.session.get_one(Assessment, int(council.path.split("/")[3]))
    shown = {one.file.sha256 for one in taken.evidence}
    assert shown <= set(papers_to_show()[:WITH_THE_COUNCIL])
    db.session.commit()
    make_pages(shown, seconds=240)
    council.open(council.path)
    # It opens where the club says.
    assert re.search(r"Page [0-9]+ of [0-9]+", council.words)
    picture(council.page, "demonstration/case-question")
    small_picture(council.page, "case-1280")

    senior = BrowserWindow(open_browser(viewport={"width": 1280, "height": 1000}))
    story.signs_in(senior, "senior@example.org", DEMONSTRATION_PASSWORD)
    senior.open("/council/signatures")
    assert "Sign the lift" in senior.words
    picture(senior.page, "demonstration/signatures")
    small_picture(senior.page, "signatures-1280")
    senior.follow("Sign the lift")
    senior.press("See the letter")
    assert senior.h1 == "Read the letter before it goes"
    picture(senior.page, "demonstration/letter")
    small_picture(senior.page, "letter-1280")

    administrator = BrowserWindow(open_browser(viewport={"width": 1280, "height": 1000}))
    story.signs_in(administrator, "admin@example.org", DEMONSTRATION_PASSWORD)
    for address, name in (("/admin", "administration"), ("/admin/editions/1.1", "edition")):
        administrator.open(address)
        picture(administrator.page, f"demonstration/{name}")
        small_picture(administrator.page, f"{name}-1280")
    assert "Steps when worried" in administrator.words

    auditor = BrowserWindow(open_browser(viewport={"width": 1280, "height": 1000}))
    story.signs_in(auditor, "auditor@example.org", DEMONSTRATION_PASSWORD)
    auditor.open("/admin/history")
    picture(auditor.page, "demonstration/history")
    small_picture(auditor.page, "history-1280")
