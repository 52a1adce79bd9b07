"""The pages that tell people things: whole, true, quiet, and the same for everybody."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text

from registry.database import db
from registry.geography.services import OUR_POSTCODES
from registry.information import services
from registry.information.models import Contact
from tests.page import Visitor

PAGES = {
    "/about": "What Safe and Sound means",
    "/criteria": "The questions clubs are asked",
    "/what-you-will-need": "What your club will need",
    "/help": "Get help",
    "/privacy": "Privacy",
    "/cookies": "Cookies",
    "/accessibility": "Accessibility",
}
# Never said of a club in public (product, promise 3). The first is allowed where it is denied.
NEVER_SAID = re.compile(r"\b(approved|recommended|certified|accredited|vetted|trusted)\b", re.I)


@pytest.mark.parametrize(("address", "heading"), PAGES.items())
def test_each_page_is_there_and_is_named_by_its_heading(
    client: Visitor, address: str, heading: str
) -> None:
    page = client.get(address)
    assert page.status == 200
    assert page.h1 == heading
    assert page.title == f"{heading} – Safe and Sound"


@pytest.mark.parametrize("address", PAGES)
def test_no_page_says_more_of_a_club_than_was_done(client: Visitor, address: str) -> None:
    assert not NEVER_SAID.search(client.get(address).text)


@pytest.mark.parametrize("address", PAGES)
def test_reading_a_page_sets_no_cookie(client: Visitor, address: str) -> None:
    assert "Set-Cookie" not in client.get(address).headers


@pytest.mark.parametrize("address", PAGES)
def test_every_page_can_be_left_quickly_without_a_script(client: Visitor, address: str) -> None:
    root = client.get(address).html
    exits = re.findall(r"<a [^>]*data-exit[^>]*>", root)
    assert len(exits) >= 2
    for link in exits:
        assert 'href="https://www.bbc.co.uk/weather"' in link
        assert 'rel="nofollow noreferrer"' in link


@pytest.mark.parametrize("address", PAGES)
def test_links_in_the_layout_lead_to_pages_that_exist(
    app: Flask, client: Visitor, address: str
) -> None:
    adapter = app.url_map.bind("localhost")
    ours = {href.partition("#")[0] for href in client.get(address).hrefs if href.startswith("/")}
    built_elsewhere = {"/", "/activities", "/club", "/register", "/sign-in"}
    for href in ours - built_elsewhere:
        assert adapter.test(href), href


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_valid_html(
    client: Visitor, html_problems: Callable[[str], list[str]], address: str
) -> None:
    assert not html_problems(client.get(address).html)


def test_every_telephone_number_can_be_called(client: Visitor) -> None:
    page = client.get("/help")
    for said, dialled in (("999", "tel:999"), ("0800 1111", "tel:08001111")):
        assert page.links[said] == dialled


def test_a_number_that_is_not_confirmed_says_so_on_every_page(client: Visitor) -> None:
    for address in PAGES:
        assert "Not yet confirmed by City of Wolverhampton Council." in client.get(address).text


def test_a_number_that_was_confirmed_is_shown_without_doubt(client: Visitor) -> None:
    services.fill_in_contacts()
    for row in db.session.query(Contact):
        row.verified_on = date(2026, 11, 20)
    db.session.commit()
    assert "Not yet confirmed" not in client.get("/help").text


def test_the_help_page_is_kept_by_no_browser_and_no_search_engine(client: Visitor) -> None:
    page = client.get("/help")
    assert "no-store" in page.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in page.html


def test_the_help_page_says_what_leaving_does_not_do(client: Visitor) -> None:
    assert "does not delete what your phone or computer remembers" in client.get("/help").main


def test_the_page_about_the_mark_says_what_it_does_not_mean(client: Visitor) -> None:
    words = client.get("/about").main
    assert "We did not watch the club." in words
    assert "We did not check each adult." in words
    assert "Not listed does not mean unsafe." in words


def test_the_page_about_the_mark_names_whose_postcodes_these_are(client: Visitor) -> None:
    """Word for word what the licence of the data asks of whoever shows it."""
    data = OUR_POSTCODES.with_name("README.md").read_text()
    sentence = next(line for line in data.splitlines() if line.startswith("> Contains OS data"))
    assert sentence.removeprefix("> ") in client.get("/about").main


def test_the_page_about_cookies_names_the_one_there_is(app: Flask, client: Visitor) -> None:
    assert app.config["SESSION_COOKIE_NAME"] in client.get("/cookies").main


def test_every_question_of_the_edition_is_published(client: Visitor) -> None:
    from registry.criteria.loading import current_edition

    words = client.get("/criteria").main
    for question in current_edition():
        assert " ".join(question.text.split()) in words
    assert "{" not in words


@pytest.mark.changed(demonstration=True)
def test_a_demonstration_says_so(make_app: Callable[..., Flask], settings: object) -> None:
    page = Visitor(make_app(demonstration=True)).get("/about")
    assert "This is a demonstration." in page.text


def test_another_installation_says_nothing_of_a_demonstration(client: Visitor) -> None:
    assert "demonstration" not in client.get("/about").text


def test_the_council_and_the_place_come_from_the_settings(make_app: Callable[..., Flask]) -> None:
    app = make_app(
        council_name="Borough of Anywhere", place_name="Anywhere", scheme_name="Open Doors"
    )
    words = Visitor(app).get("/about").text
    assert "Wolverhampton" not in words
    assert "Borough of Anywhere" in words


def test_what_is_not_here_gets_one_answer(client: Visitor) -> None:
    first = client.get("/nothing-here")
    second = client.get("/help/nothing")
    assert (first.status, second.status) == (404, 404)
    assert first.body == second.body
    assert "Not listed does not mean unsafe" in first.main


def test_the_help_page_is_whole_without_its_table(client: Visitor) -> None:
    db.session.execute(text("ALTER TABLE contact RENAME TO contact_gone"))
    db.session.commit()
    page = client.get("/help")
    assert page.status == 200
    assert "01902 555392" in page.main
