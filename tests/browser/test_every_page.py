"""Every page of the inventory in a real browser: for everybody, at every width.

Axe looks at what is new to it. A page of which each part, with all it stands in, was on a page that
it has looked at before differs from that one in its data alone: for it `tests/inspection.py`, the
HTML checker and the look for sideways scrolling are enough. `--every-state`, which `make test-all`
sets, has axe look at every page in every state.
"""

import json
from collections.abc import Callable, Iterable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize

from registry.database import db
from tests.browser.window import BrowserWindow
from tests.inventory.every_page import ROOMS, endpoint_of, world_of
from tests.inventory.pages.row import Row
from tests.page import Visitor
from tests.rigs.browser import DESKTOP, accessibility_problems, scrolls_sideways
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

# A number for each part of the page: what it is, with the names of its classes and attributes, in
# what it stands in. The values of attributes are data, but for those that a script or axe goes by.
_PARTS = """() => {
  const told = new Set(['role', 'type', 'hidden', 'open', 'disabled', 'dir', 'aria-hidden'])
  const parts = new Set()
  const number = words => {
    let h = 0x9e3779b9, g = 0x85ebca6b
    for (let i = 0; i < words.length; i++) {
      h = Math.imul(h ^ words.charCodeAt(i), 2654435761)
      g = Math.imul(g ^ words.charCodeAt(i), 1597334677)
    }
    return (g >>> 0) * 2097152 + (h >>> 11)
  }
  const walk = (element, around) => {
    const named = [...element.attributes]
      .map(({name, value}) => name + (told.has(name) || name === 'class' ? '=' + value : ''))
      .sort()
    const part = number(`${around}>${element.localName}[${named}]`)
    parts.add(part)
    for (const child of element.children) walk(child, part)
  }
  walk(document.documentElement, 0)
  return JSON.stringify([...parts])
}"""
# What axe has looked at in this process, by the width of the window.
_seen: dict[int, set[int]] = {}


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


def test_axe_need_not_look_again_at_what_differs_in_its_data_alone(page: Page) -> None:
    def is_new_with(main: str) -> bool:
        page.evaluate("main => { document.querySelector('main').innerHTML = main }", main)
        return is_new(page, {"width": 1, "height": 1})

    page.goto("/")
    assert is_new_with("<p class='a'><a href='/one'>One</a></p>")
    assert not is_new_with("<p class='a'><a href='/two'>Two</a></p>" * 3)
    assert not is_new_with("<p class='a'></p>")
    for other in (
        "<p class='b'><a href='/one'>One</a></p>",
        "<div class='a'><a href='/one'>One</a></div>",
        "<p class='a'><a href='/one' role='button'>One</a></p>",
        "<p class='a'><a>One</a></p>",
        "<a href='/one'>One</a>",
    ):
        assert is_new_with(other), other
    del _seen[1]


@pytest.fixture
def show(
    app: Flask,
    outbox: Outbox,
    open_browser: Callable[..., Page],
    new_visitor: Callable[[], Visitor],
    picture: Callable[[Page, str], None],
    request: pytest.FixtureRequest,
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
        every_state = request.config.getoption("--every-state")
        # One state of each page at both widths, the others where room is scarcest.
        first_of = {endpoint_of(row.shown_at, app): row.name for row in reversed(asked_for)}
        for row in asked_for[start:end]:
            if row.who not in windows:
                windows[row.who] = BrowserWindow(open_browser())
                if row.who != "nobody":
                    bring_in(windows[row.who].page, new_visitor(), world.people[row.who])
            page = windows[row.who].page
            page.set_viewport_size(DESKTOP)
            row.visit(windows[row.who], world.names)
            picture(page, f"{room}/{row.name}")
            is_first = first_of[endpoint_of(row.shown_at, app)] == row.name
            sizes = (DESKTOP, NARROW) if is_first else (NARROW,)
            found = problems(page, row, sizes, every_state)
            wrong += [f"{row.name}: {problem}" for problem in found]
        assert not wrong, "\n".join(wrong)

    return shown


def bring_in(page: Page, visitor: Visitor, email: str) -> None:
    """Somebody who has signed in already; doing so in a browser is told in `test_journey.py`."""
    visitor.sign_in(email)
    name = visitor.app.config["SESSION_COOKIE_NAME"]
    cookie = visitor.cookie(name)
    assert cookie, f"{email} is not signed in"
    page.context.add_cookies([{"name": name, "value": cookie, "url": visitor.base_url}])


def problems(
    page: Page, row: Row, sizes: Iterable[ViewportSize], every_state: bool
) -> Iterator[str]:
    """What is wrong with a page as it stands, at these widths, of which the narrowest is last."""
    for size in sizes:
        page.set_viewport_size(size)
        if every_state or is_new(page, size):
            yield from (f"at {size['width']}: {found}" for found in accessibility_problems(page))
        if row.who == "nobody":
            small = page.evaluate(_SMALL_TEXT, SMALLEST_TEXT)
            yield from (f"at {size['width']}: small text, {found}" for found in small)
    if scrolls_sideways(page):
        yield "scrolls sideways at 320"


def is_new(page: Page, size: ViewportSize) -> bool:
    """Whether there is any part that axe has not looked at in a window of this width."""
    seen = _seen.setdefault(size["width"], set())
    parts = set(json.loads(page.evaluate(_PARTS)))
    is_known = parts <= seen
    seen |= parts
    return not is_known
