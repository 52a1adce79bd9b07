"""The map and “near me” in a real browser. Each test fails if a page asks another host."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.cards.cards import HEATH_TOWN, card, put

BILSTON = (52.5659, -2.0736)
# Somewhere between the houses of Whitmore Reans: nothing of this may ever be sent.
AT_HOME = {"latitude": 52.594123, "longitude": -2.144987}
OF_THEIR_OWN = ("52.59", "-2.14", "594123", "144987")


@pytest.fixture
def clubs(app: Flask) -> None:
    """Two in one hall, one in Bilston, one at a private address, one online."""
    put(
        card("Street dance", slug="street", at=HEATH_TOWN, ages=(7, 11)),
        card("Tap", slug="tap", at=HEATH_TOWN),
        card("Chess", slug="chess", at=BILSTON, ages=(5, 9)),
        card(
            "Quiet club", at=(52.62, -2.11), venue={"hidden": True, "ward": "Bushbury", "name": ""}
        ),
        card("Code online", at=None, venue={"online": True, "name": "", "ward": ""}),
    )


def spots(page: Page) -> list[str]:
    """What can be pressed on the map, by name."""
    return page.locator(".livemap .spot b").all_text_contents()


def test_a_parent_goes_round_the_map_by_keyboard(clubs: None, page: Page) -> None:
    page.goto("/activities")
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.locator(".livemap")).to_be_visible()
    expect(page.locator("svg.map")).to_be_hidden()
    assert sorted(spots(page)) == [
        "2 activities, Foundry Lane Hall",
        "Chess, Foundry Lane Hall",
        "Quiet club, about here: Bushbury",
    ]
    chess = page.get_by_role("button", name="Chess, Foundry Lane Hall")
    chess.focus()
    assert chess.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    popup = page.get_by_role("dialog", name="Chess, Foundry Lane Hall")
    expect(popup).to_contain_text("Tuesdays, 4.30pm to 5.30pm")
    expect(popup).to_contain_text("Ages 5 to 9. £3.50 a session")
    expect(popup.get_by_role("link", name="Chess")).to_be_focused()
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)
    expect(chess).to_be_focused()
    page.keyboard.press("Space")
    page.get_by_role("dialog").get_by_role("link", name="Chess").press("Enter")
    expect(page.locator("h1")).to_have_text("Chess")


def test_what_is_close_together_is_one_number_and_opens_by_keyboard(app: Flask, page: Page) -> None:
    put(
        *(card(f"Club {n}", at=(52.5936 + n * 2e-4, -2.1065)) for n in range(3)),
        card("Far", at=BILSTON),
    )
    page.goto("/activities?view=map")
    together = page.get_by_role("button", name="3 activities close together. Zoom in")
    box = together.bounding_box()
    assert box and box["width"] >= 44 and box["height"] >= 44
    together.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".spot:focus")).to_have_count(1)
    expect(together).to_have_count(0)


def test_the_ring_and_where_somebody_asked_from_are_drawn(clubs: None, phone: Page) -> None:
    phone.goto("/activities?view=map&postcode=heath+town&distance=2")
    expect(phone.get_by_role("img", name="You searched from Heath Town")).to_be_visible()
    expect(phone.locator(".livemap .ring")).to_have_count(1)
    assert phone.locator(".livemap .ground").count() == 20
    assert phone.evaluate("document.documentElement.scrollWidth") <= 375


def test_without_a_script_the_drawing_leads_into_the_list(
    clubs: None, no_script_page: Page
) -> None:
    page = no_script_page
    page.goto("/activities?view=map")
    expect(page.locator(".livemap")).to_be_hidden()
    page.get_by_role("link", name="Heath Town: 3 activities").click()
    expect(page).to_have_url(re.compile(r"#part-1$"))
    expect(page.get_by_role("heading", name="Heath Town: 3 activities")).to_be_in_viewport()


def test_on_paper_the_drawing_takes_the_place_of_the_map(clubs: None, page: Page) -> None:
    page.goto("/activities?view=map")
    page.emulate_media(media="print")
    expect(page.locator(".livemap")).to_be_hidden()
    expect(page.locator("svg.map")).to_be_visible()
    expect(page.get_by_text("Foundry Lane, WV10 0BD. Phone 01902 555010").first).to_be_visible()


def test_near_me_fills_in_the_nearest_name_and_sends_the_position_nowhere(
    clubs: None, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(geolocation=AT_HOME, permissions=["geolocation"])
    asked: list[str] = []
    page.on("request", lambda one: asked.append(f"{one.url} {one.headers} {one.post_data}"))
    page.goto("/")
    page.get_by_role("button", name="Near me").click()
    box = page.get_by_label("Postcode or area")
    expect(box).to_have_value("Whitmore Reans")
    expect(page.get_by_role("status").filter(has_text="Whitmore Reans")).to_be_visible()
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page).to_have_url(re.compile("postcode=Whitmore"))
    assert len(asked) > 3
    assert [one for one in asked if any(part in one for part in OF_THEIR_OWN)] == []
    assert page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]") == []
    assert page.context.cookies() == []


def test_near_me_from_far_away_says_so(clubs: None, open_browser: Callable[..., Page]) -> None:
    london = {"latitude": 51.5, "longitude": -0.12}
    page = open_browser(geolocation=london, permissions=["geolocation"])
    page.goto("/activities")
    page.get_by_role("button", name="Near me").click()
    expect(page.get_by_text("You seem to be a long way from here.")).to_be_visible()
    expect(page.get_by_label("Postcode or area")).to_have_value("")


def test_a_browser_that_refuses_is_told_what_to_do(
    clubs: None, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(permissions=[])
    page.goto("/")
    page.get_by_role("button", name="Near me").click()
    expect(page.get_by_text(re.compile("Type a postcode or a place"))).to_be_visible()


def test_a_browser_without_a_place_has_no_button(
    clubs: None, open_browser: Callable[..., Page]
) -> None:
    page = open_browser()
    page.add_init_script("delete Navigator.prototype.geolocation")
    page.goto("/")
    expect(page.get_by_role("button", name="Search", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Near me")).to_have_count(0)
