"""F21: a parent on a shared phone hits Quick Exit, or Shift three times (domain F, C.5)."""

import re

import pytest
from playwright.sync_api import Page, expect

from registry.information import routes

# Another page of ours stands in for the weather: a test asks no other site.
SOMEWHERE_ELSE = "/cookies"
ELSEWHERE = re.compile(f"{SOMEWHERE_ELSE}$")
TOLD = "The door is left open"
LOOK_AS_IT_GOES = """
  window.addEventListener('pagehide', () => sessionStorage.setItem('seen', JSON.stringify({
    body: getComputedStyle(document.body).visibility,
    title: document.title.trim(),
    typed: document.querySelector('textarea').value
  })), { capture: true })
"""


@pytest.fixture(autouse=True)
def _somewhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "EXIT_ADDRESS", SOMEWHERE_ELSE)


def typed(page: Page) -> Page:
    """Somebody who came by the first questions and has begun to write."""
    page.goto("/tell-us")
    page.get_by_role("link", name="A page that is wrong").click()
    page.get_by_label("What is wrong?").fill(TOLD)
    return page


def test_the_button_leaves_at_once_and_back_shows_no_form_content(phone: Page) -> None:
    typed(phone)
    button = phone.get_by_role("complementary").get_by_role("link", name="Exit this page")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    phone.evaluate(LOOK_AS_IT_GOES)
    button.click()
    expect(phone).to_have_url(ELSEWHERE)
    # The page was blank before the next had come.
    assert phone.evaluate("JSON.parse(sessionStorage.getItem('seen'))") == {
        "body": "hidden",
        "title": "",
        "typed": "",
    }
    phone.go_back()
    expect(phone).to_have_url(re.compile("/tell-us$"))
    assert TOLD not in phone.content()


def test_shift_three_times_leaves_and_the_page_is_not_in_the_history(page: Page) -> None:
    typed(page)
    page.get_by_role("heading", level=1).click()
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page).to_have_url(ELSEWHERE)
    page.go_back()
    expect(page).to_have_url(re.compile("/tell-us$"))


def test_whoever_goes_back_to_the_form_finds_it_empty(page: Page) -> None:
    typed(page)
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page).to_have_url(re.compile("/tell-us$"))
    page.go_back()
    expect(page.get_by_label("What is wrong?")).to_have_value("")


def test_without_a_script_it_is_a_link_and_the_note_says_that_history_stays(
    no_script_page: Page,
) -> None:
    no_script_page.goto("/tell-us/write/papers")
    expect(no_script_page.get_by_role("main")).to_contain_text("does not delete your history")
    button = no_script_page.get_by_role("complementary").get_by_role("link", name="Exit this page")
    button.click()
    expect(no_script_page).to_have_url(ELSEWHERE)
    no_script_page.go_back()
    expect(no_script_page.get_by_label("What is wrong?")).to_have_value("")
