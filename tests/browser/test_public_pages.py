"""Every page that needs no account, loaded once each: by keyboard, at twice the text, on paper."""

import re
from collections.abc import Callable, Iterator

import pypdfium2
from flask import Flask
from playwright.sync_api import Page

from tests.browser.window import BrowserWindow
from tests.inventory.every_page import ROOMS, endpoint_of, world_of
from tests.inventory.pages.row import Row
from tests.rigs.browser import DESKTOP
from tests.rigs.letters import Outbox

NARROW = {"width": 320, "height": 640}
MOST_ROUNDS = 2
# A listing is two sides of one sheet, whatever its club says and however large its picture.
MOST_SIDES_OF_A_LISTING = 2

# Notes what the Tab key gets to: whether each thing shows that it has the focus (by the signs that
# test_keyboard looks for), and whether any of it is on the screen.
_WATCH = """() => {
  window.wrong = []
  window.reached = new Set()
  document.addEventListener('focusin', ({ target: at }) => {
    window.reached.add(at)
    const near = [at, at.nextElementSibling, at.labels?.[0]].filter(one => one)
    const shows = at.matches('.govuk-skip-link') || near.some(one =>
      [null, '::before', '::after'].some(part => {
        const style = getComputedStyle(one, part)
        return style.boxShadow !== 'none'
          || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
      }))
    const box = at.getBoundingClientRect()
    const isSeen = box.top < innerHeight && box.bottom > 0 && box.height > 0
    const called = (at.innerText || at.name || at.outerHTML).trim().slice(0, 60)
    if (!shows) window.wrong.push(`nothing shows that the focus is on ${called}`)
    if (!isSeen) window.wrong.push(`${called} has the focus and cannot be seen`)
  })
  document.activeElement.blur()
}"""
# Whatever can be pressed or filled in. Inside a group of radios the arrows go on.
_LEFT = """() => {
  const groups = new Set([...window.reached].map(at => at.type === 'radio' && at.name))
  return [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
  )].filter(at => !at.disabled && at.tabIndex >= 0
    && at.checkVisibility({ visibilityProperty: true })
    && !window.reached.has(at) && !(at.type === 'radio' && groups.has(at.name)))
    .map(at => (at.innerText || at.name || at.outerHTML).trim().slice(0, 60))
}"""

# What is wider than the window, from the outside in.
_TOO_WIDE = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return []
  const found = [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => `${one.localName}.${one.className} ends at ${
      Math.round(one.getBoundingClientRect().right)}`)
  return [`${document.documentElement.scrollWidth} wide`, ...found.slice(0, 6)]
}"""


def first_states(app: Flask) -> list[Row]:
    """One state of each page that somebody without an account can open, of those that hang on no
    fault and no letter."""
    rows = [row for _, room in ROOMS.values() for row in room if row.who == "nobody"]
    found: dict[str, Row] = {}
    for row in rows:
        is_plain = (
            row.status == 200 and not row.then and "{" not in row.address.replace("{reference}", "")
        )
        if is_plain and not row.is_alike:
            found.setdefault(endpoint_of(row.address, app), row)
    return list(found.values())


def test_every_public_page_by_keyboard_at_twice_the_text_and_on_paper(
    app: Flask, outbox: Outbox, open_browser: Callable[..., Page]
) -> None:
    names = world_of("public", app, outbox).names
    page = open_browser(viewport=DESKTOP)
    rows = first_states(app)
    assert len(rows) >= 20
    wrong: list[str] = []
    for row in rows:
        row.visit(BrowserWindow(page), names)
        wrong += [f"{row.name}: {found}" for found in _problems(page, row)]
    assert not wrong, "\n".join(wrong)


def _problems(page: Page, row: Row) -> Iterator[str]:
    yield from _by_keyboard(page)
    page.set_viewport_size(NARROW)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    yield from (f"at twice the text, {found}" for found in page.evaluate(_TOO_WIDE))
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size(DESKTOP)
    yield from _on_paper(page, row)


def _by_keyboard(page: Page) -> Iterator[str]:
    """Tab reaches whatever can be pressed; each thing shows that it has the focus, and is seen."""
    page.evaluate(_WATCH)
    left = page.evaluate(_LEFT)
    # Once round is enough; what an open part adds comes in the second.
    for _ in range(MOST_ROUNDS):
        for _ in left:
            page.keyboard.press("Tab")
        left = page.evaluate(_LEFT)
        if not left:
            break
    yield from page.evaluate("window.wrong")
    yield from (f"Tab does not reach {found}" for found in left)


def _on_paper(page: Page, row: Row) -> Iterator[str]:
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as paper:
        if row.name.startswith("listing") and len(paper) > MOST_SIDES_OF_A_LISTING:
            yield f"{len(paper)} sides of paper"
        said = " ".join(sheet.get_textpage().get_text_bounded() for sheet in paper)
    heading = page.locator("h1").inner_text()
    if re.sub(r"\W+", "", heading) not in re.sub(r"\W+", "", said):
        yield "its heading is not on paper"
