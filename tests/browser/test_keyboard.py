"""The register by keyboard alone: where the focus goes, that it shows, that nothing hides it."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from registry.database import db
from registry.information import routes
from tests import factories as make
from tests.browser.window import BrowserWindow
from tests.journeys import story

# What has the focus: its name or words, whether it lies in main, whether the focus shows on it,
# and whether any of it can be seen.
_FOCUS = """() => {
  const at = document.activeElement
  const box = at.getBoundingClientRect()
  const label = at.labels?.[0] ?? at
  // A link to skip with is on the screen only while it has the focus.
  const shows = at.matches('.govuk-skip-link') || [at, at.nextElementSibling, label].some(one => {
    if (!one) return false
    const style = [null, '::before', '::after'].map(part => getComputedStyle(one, part))
    return style.some(s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0)
      || s.boxShadow !== 'none')
  })
  const bars = at.closest('.decide') ? [] : [...document.querySelectorAll('.decide')]
  const bar = bars[0]?.getBoundingClientRect()
  const isBehind = bar && box.top >= bar.top - 4 && box.bottom <= bar.bottom + 4
  const called = at.name || at.innerText?.trim().split('\\n')[0] || at.id
  return {
    called: at === document.body ? 'body' : called,
    inMain: !!at.closest('main'),
    shows,
    isSeen: box.top < innerHeight && box.bottom > 0 && box.height > 0 && !isBehind,
  }
}"""


def stops(page: Page, most: int) -> Iterator[dict]:
    """Press Tab again and again; each thing that gets the focus must show it and be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(_FOCUS)
        if at["called"] == "body":
            return
        assert at["shows"], f"nothing shows that the focus is on {at['called']}"
        assert at["isSeen"], f"{at['called']} has the focus and cannot be seen"
        yield at


def stops_in_main(page: Page, most: int = 40) -> list[str]:
    """What gets the focus between header and footer, in order, after skipping to it."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    found = []
    for at in stops(page, most):
        if not at["inMain"]:
            break
        found.append(at["called"])
    return found


@pytest.mark.parametrize("address", ["/", "/activities", "/sign-in", "/help", "/criteria"])
def test_the_first_tab_offers_to_skip_to_what_matters(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(_FOCUS)["inMain"]


def test_signing_in_goes_from_the_first_box_to_the_button(app: Flask, page: Page) -> None:
    email = make.a_person().email
    db.session.commit()
    page.goto("/sign-in")
    assert stops_in_main(page)[:5] == [
        "email",
        "password",
        "Show",
        "Sign in",
        "I forgot my password",
    ]
    page.reload()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    page.keyboard.type(make.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Get your club listed")


def test_a_search_needs_no_mouse(page: Page) -> None:
    page.goto("/")
    assert stops_in_main(page)[:5] == ["q", "age", "postcode", "Near me", "Search"]
    page.reload()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("judo")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=judo"))


def test_the_filters_of_a_search_can_be_reached_and_ticked(app: Flask, page: Page) -> None:
    make.an_approved()
    db.session.commit()
    page.goto("/activities")
    seen = [at["called"] for at in stops(page, 40)]
    order = [name for name in seen if name in ("q", "age", "postcode", "distance", "day")]
    assert order[:5] == ["q", "age", "postcode", "distance", "day"]
    page.locator("[name=day]").first.focus()
    page.keyboard.press("Space")
    expect(page.locator("[name=day]").first).to_be_checked()


@pytest.fixture
def question(app: Flask, page: Page) -> Page:
    """A club's question with a choice, a file and words."""
    draft = make.a_draft()
    address, email = (
        f"/club/{draft.organisation_id}/self-check/sg_steps",
        make.owner_of(draft).email,
    )
    db.session.commit()
    story.signs_in(BrowserWindow(page), email)
    page.goto(address)
    return page


def test_a_question_is_answered_from_top_to_bottom(question: Page) -> None:
    stopped = stops_in_main(question)
    wanted = ["said", "What good looks like", "note", "Save and continue"]
    assert [name for name in stopped if name in wanted] == wanted
    question.reload()
    question.locator("[name=said]").first.focus()
    question.keyboard.press("Space")
    question.keyboard.press("ArrowDown")
    expect(question.locator("[name=said][value=partly]")).to_be_checked()


def test_a_mistake_takes_the_focus_and_leads_to_its_box(question: Page) -> None:
    question.locator("text=Save and continue").press("Enter")
    summary = question.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(question).to_have_title(re.compile("^Error: "))
    question.keyboard.press("Tab")
    question.keyboard.press("Enter")
    assert question.evaluate("document.activeElement.name") == "said"


def test_the_bar_of_the_council_desk_never_hides_what_has_the_focus(app: Flask, page: Page) -> None:
    case = make.in_review(met=False)
    address = f"/council/cases/{case.id}/questions/sg_steps"
    email = make.holder_of(case).email
    db.session.commit()
    story.signs_in(BrowserWindow(page), email)
    page.set_viewport_size({"width": 1280, "height": 600})
    page.goto(address)
    seen = [at["called"] for at in stops(page, 90)]
    assert {"result", "reason", "words", "Save, next question"} <= set(seen)
    page.set_viewport_size({"width": 375, "height": 600})
    page.goto(address)
    assert "Save, next question" in [at["called"] for at in stops(page, 90)]


def test_three_presses_of_shift_leave_with_nothing_typed_behind(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another page of ours stands in for the weather: a test asks no other site.
    monkeypatch.setattr(routes, "EXIT_ADDRESS", "/cookies")
    page.goto("/about")
    page.goto("/activities")
    page.locator("[name=q]").fill("help")
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page).to_have_url(re.compile("/cookies$"))
    page.go_back()
    expect(page).to_have_url(re.compile("/about$"))
