"""Quick Exit in a real browser: with the button, with Shift, and without a script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from registry.information import routes

# Another page of ours stands in for the weather: a test asks no other site.
SOMEWHERE_ELSE = "/cookies"
ELSEWHERE = re.compile(f"{SOMEWHERE_ELSE}$")


@pytest.fixture(autouse=True)
def _somewhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "EXIT_ADDRESS", SOMEWHERE_ELSE)


@pytest.fixture
def reader(page: Page) -> Page:
    """Somebody who opened the first page and then the help page."""
    page.goto("/about")
    page.goto("/help")
    return page


def test_the_button_leaves_and_going_back_does_not_show_the_page(reader: Page) -> None:
    reader.get_by_role("complementary").get_by_role("link", name="Exit this page").click()
    expect(reader).to_have_url(ELSEWHERE)
    reader.go_back()
    expect(reader).to_have_url(re.compile("/about$"))


def test_shift_three_times_leaves(reader: Page) -> None:
    for _ in range(3):
        reader.keyboard.press("Shift")
    expect(reader).to_have_url(ELSEWHERE)


def test_shift_in_the_middle_of_typing_does_not_leave(reader: Page) -> None:
    for _ in range(4):
        reader.keyboard.press("Shift+A")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Get help")


def test_a_screen_reader_hears_how_many_presses_are_left(reader: Page) -> None:
    reader.keyboard.press("Shift")
    expect(reader.locator("[data-exit-told]")).to_have_text("Press Shift 2 more times to leave.")


def test_without_a_script_it_is_an_ordinary_link(no_script_page: Page) -> None:
    no_script_page.goto("/help")
    no_script_page.get_by_role("complementary").get_by_role("link", name="Exit this page").click()
    expect(no_script_page).to_have_url(ELSEWHERE)


def test_on_a_phone_the_button_stays_in_view(phone: Page) -> None:
    phone.goto("/help")
    phone.mouse.wheel(0, 3000)
    button = phone.get_by_role("complementary").get_by_role("link", name="Exit this page")
    expect(button).to_be_in_viewport()
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44


@pytest.mark.parametrize("address", ["/about", "/help", "/criteria", "/privacy", "/nothing-here"])
def test_no_page_scrolls_sideways_on_a_small_phone(
    open_browser: Callable[..., Page], address: str
) -> None:
    small = open_browser(viewport={"width": 320, "height": 640})
    small.goto(address)
    assert small.evaluate("document.documentElement.scrollWidth") <= 320
