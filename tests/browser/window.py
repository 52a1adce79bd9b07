"""A window of the story in a real browser. Does only what a person can: see, press, type."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page

# What a person could fill in, with nothing that is not on the screen or hidden by a choice.
_FIELDS = "main :is(input, select, textarea):not([type=hidden], [type=submit], [type=button])"


class BrowserWindow:
    """One person's window."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> None:
        """Type an address."""
        self.page.goto(address)

    def follow(self, words: str) -> None:
        """Press the link with these words; the one in main comes first."""
        for part in (self.page.locator("main"), self.page.locator("body")):
            for exact in (True, False):
                found = part.get_by_role("link", name=words, exact=exact)
                if found.count():
                    self._go(found.first)
                    return
        raise AssertionError(f"no link “{words}” at {self.path}")

    def fill(self, values: Mapping[str, Any]) -> None:
        """Fill in fields by their names."""
        for name, value in values.items():
            self._fill(self.page.locator("main").locator(f'[name="{name}"]'), value)

    def press(self, words: str) -> None:
        """Press the button with these words."""
        self._go(self.page.locator("main").get_by_role("button", name=words, exact=True).first)

    @property
    def fields(self) -> list[str]:
        """The names of what can be filled in between header and footer."""
        boxes = self.page.locator(_FIELDS)
        names = boxes.evaluate_all("found => found.map(one => one.name)")
        return list(dict.fromkeys(names))

    @property
    def path(self) -> str:
        """The address of the page, without the site."""
        return urlsplit(self.page.url).path

    @property
    def h1(self) -> str:
        """The heading."""
        return _words(self.page.locator("h1"))

    @property
    def words(self) -> str:
        """What the page says between header and footer."""
        return _words(self.page.locator("main"))

    @property
    def errors(self) -> list[str]:
        """What the error summary says."""
        return self.page.locator(".govuk-error-summary li").all_inner_texts()

    @property
    def links(self) -> list[str]:
        """The words of each link between header and footer."""
        return [_plain(one) for one in self.page.locator("main a").all_text_contents()]

    def _go(self, there: Locator) -> None:
        """Press, and wait for the whole of the next page: half a page lacks half its fields."""
        with self.page.expect_navigation():
            there.click()

    def _fill(self, boxes: Locator, value: Any) -> None:
        first = boxes.first
        # What is folded away is opened first, as a person would.
        for summary in first.locator("xpath=ancestor::details[not(@open)]/summary").all():
            summary.click()
        kind = first.get_attribute("type") or first.evaluate("one => one.localName")
        if kind in ("radio", "checkbox"):
            wanted = [value] if isinstance(value, str) else value
            for one in wanted:
                self._tick(boxes, one)
        elif kind == "select":
            first.select_option(value)
        elif isinstance(value, Path):
            first.set_input_files(value)
        else:
            first.fill(value)

    def _tick(self, boxes: Locator, wanted: str) -> None:
        """Tick the box with this value, else the one with this label."""
        box = boxes.and_(self.page.locator(f'[value="{wanted}"]'))
        if not box.count():
            box = boxes.and_(self.page.get_by_label(wanted, exact=True))
        box.check()


def _words(place: Locator) -> str:
    return _plain(place.first.inner_text())


def _plain(text: str) -> str:
    return " ".join(text.split())
