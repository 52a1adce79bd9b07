"""Every page of the inventory in a real browser: for everybody, at every width."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from registry.database import db
from tests.browser.window import BrowserWindow
from tests.inventory.every_page import ROOMS, Row
from tests.journeys import story
from tests.rigs.browser import DESKTOP, PHONE, accessibility_problems, scrolls_sideways
from tests.rigs.letters import Outbox

NARROW = {"width": 320, "height": 640}
SMALLEST_TEXT = 16

# The first letters of each run of words that a reader sees in type smaller than that.
_SMALL_TEXT = """smallest => {
  const found = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const words = texts.currentNode.textContent.trim()
    const element = texts.currentNode.parentElement
    const size = parseFloat(getComputedStyle(element).fontSize)
    if (!words || size >= smallest || element.closest('svg, script, style')) continue
    const box = element.getBoundingClientRect()
    if (element.checkVisibility() && box.width > 1 && box.height > 1)
      found.push(`${size}px: ${words.slice(0, 60)} (${element.className || element.localName})`)
  }
  return found
}"""


@pytest.fixture(autouse=True)
def _put_back(app: Flask) -> Iterator[None]:
    """The application outlives a test that makes one of its pages fail."""
    views = dict(app.view_functions)
    yield
    app.view_functions.update(views)


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_is_for_everybody_at_every_width(
    room: str,
    app: Flask,
    outbox: Outbox,
    open_browser: Callable[..., Page],
    picture: Callable[[Page, str], None],
) -> None:
    make_world, rows = ROOMS[room]
    world = make_world(app, outbox)
    db.session.commit()
    windows: dict[str, BrowserWindow] = {}
    wrong = []
    for row in rows:
        if row.who not in windows:
            windows[row.who] = BrowserWindow(open_browser())
            if row.who != "nobody":
                story.signs_in(windows[row.who], world.people[row.who])
        page = windows[row.who].page
        page.set_viewport_size(DESKTOP)
        row.visit(windows[row.who], world.names)
        picture(page, f"{room}/{row.name}")
        wrong += [f"{row.name}: {problem}" for problem in problems(page, row)]
    assert not wrong, "\n".join(wrong)


def problems(page: Page, row: Row) -> Iterator[str]:
    """What is wrong with a page as it stands, at the widths that the looks are drawn for."""
    for size in (DESKTOP, PHONE):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        yield from (f"at {size['width']}: {found}" for found in accessibility_problems(page))
        if row.who == "nobody":
            small = page.evaluate(_SMALL_TEXT, SMALLEST_TEXT)
            yield from (f"at {size['width']}: small text, {found}" for found in small)
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    if scrolls_sideways(page):
        yield "scrolls sideways at 320"
