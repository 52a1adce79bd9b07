"""Every page of the inventory in a real browser: for everybody, at every width."""

from collections.abc import Callable, Iterable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize

from registry.database import db
from tests.browser.window import BrowserWindow
from tests.inventory.every_page import ROOMS, endpoint_of, world_of
from tests.inventory.pages.row import Row
from tests.journeys import story
from tests.rigs.browser import DESKTOP, PHONE, accessibility_problems, scrolls_sideways
from tests.rigs.letters import Outbox

NARROW: ViewportSize = {"width": 320, "height": 640}
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


# So many pages at a time: two processes share a long room between them.
PORTION = 72
PORTIONS = [
    pytest.param(room, start, id=f"{room}-from-{start + 1}")
    for room, (_, rows) in ROOMS.items()
    for start in range(0, sum(not row.is_alike for row in rows), PORTION)
]


@pytest.mark.parametrize(("room", "start"), PORTIONS)
def test_every_page_is_for_everybody_at_every_width(
    room: str, start: int, show: Callable[..., None]
) -> None:
    show(room, lambda row: not row.is_alike, start, start + PORTION)


@pytest.mark.slow
def test_so_is_every_question_of_the_criteria(show: Callable[..., None]) -> None:
    show("club", lambda row: row.is_alike)


@pytest.fixture
def show(
    app: Flask,
    outbox: Outbox,
    open_browser: Callable[..., Page],
    picture: Callable[[Page, str], None],
) -> Callable[..., None]:
    """Show the pages of a room that are asked for, and say all that is wrong with them."""

    def shown(
        room: str, is_asked_for: Callable[[Row], bool], start: int = 0, end: int | None = None
    ) -> None:
        world, rows = world_of(room, app, outbox), ROOMS[room][1]
        db.session.commit()
        windows: dict[str, BrowserWindow] = {}
        wrong: list[str] = []
        asked_for = list(filter(is_asked_for, rows))
        # One state of each page at both widths, the others where room is scarce.
        first_of = {endpoint_of(row.shown_at, app): row.name for row in reversed(asked_for)}
        for row in asked_for[start:end]:
            if row.who not in windows:
                windows[row.who] = BrowserWindow(open_browser())
                if row.who != "nobody":
                    story.signs_in(windows[row.who], world.people[row.who])
            page = windows[row.who].page
            page.set_viewport_size(DESKTOP)
            row.visit(windows[row.who], world.names)
            picture(page, f"{room}/{row.name}")
            is_first = first_of[endpoint_of(row.shown_at, app)] == row.name
            sizes = (DESKTOP, PHONE) if is_first else (PHONE,)
            wrong += [f"{row.name}: {problem}" for problem in problems(page, row, sizes)]
        assert not wrong, "\n".join(wrong)

    return shown


def problems(page: Page, row: Row, sizes: Iterable[ViewportSize]) -> Iterator[str]:
    """What is wrong with a page as it stands, at these widths and at the narrowest of all."""
    for size in sizes:
        page.set_viewport_size(size)
        yield from (f"at {size['width']}: {found}" for found in accessibility_problems(page))
        if row.who == "nobody":
            small = page.evaluate(_SMALL_TEXT, SMALLEST_TEXT)
            yield from (f"at {size['width']}: small text, {found}" for found in small)
    page.set_viewport_size(NARROW)
    if scrolls_sideways(page):
        yield "scrolls sideways at 320"
