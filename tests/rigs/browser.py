"""A real Chromium, and what it is asked about every page."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.rigs.left_out import leave_out

# The widths that the looks are drawn for.
PHONE: ViewportSize = {"width": 375, "height": 812}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
_SCAN = """async standards => {
  const runOnly = {type: 'tag', values: standards}
  const found = await axe.run({resultTypes: ['violations'], runOnly})
  return JSON.stringify(found.violations.map(({id, help, nodes}) => ({
    id, help, nodes: nodes.slice(0, 5).map(node => node.html.slice(0, 200))
  })))
}"""
_HERE = {"localhost", "127.0.0.1", "[::1]", ""}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the machine's own Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        leave_out("Chromium", "On Debian or Ubuntu: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Visit:
    """One person's browser window, and what went wrong behind it."""

    def __init__(self, browser: Browser, base_url: str, **options: Any) -> None:
        self.context: BrowserContext = browser.new_context(
            base_url=base_url, locale="en-GB", timezone_id="Europe/London", **options
        )
        self.context.set_default_timeout(10_000)
        self.faults: list[str] = []
        self.page = self.new_page()

    def new_page(self) -> Page:
        """Another tab."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"A script failed: {error}"))
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("request", lambda request: self._asked(request.url))
        return page

    def _heard(self, kind: str, text: str) -> None:
        """Refused styles and scripts are said here; so is every 404, which may be meant."""
        if kind == "error" and "Failed to load resource" not in text:
            self.faults.append(f"The browser says: {text}")

    def _asked(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in _HERE:
            self.faults.append(f"The page asks another site: {address}")

    def close(self) -> None:
        """End the visit; anything that went wrong in it fails the test."""
        self.context.close()
        assert not self.faults, "\n".join(dict.fromkeys(self.faults))


def accessibility_problems(page: Page) -> list[str]:
    """What axe finds on the page as it stands, for WCAG 2.2 AA and good practice.

    The scanner goes in by the browser's own debugging door, so the page keeps its strict policy.
    It is large, so a page that is looked at in several widths reads it once; and what it found in
    order is many times as long as what it did not, so that stays behind the door.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    return [
        f"{found['id']}: {found['help']}\n" + "\n".join(f"    {html}" for html in found["nodes"])
        for found in json.loads(page.evaluate(_SCAN, _STANDARDS))
    ]


def scrolls_sideways(page: Page) -> bool:
    """Whether some of the page lies outside the window to the right."""
    wider = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return bool(wider)


def take_pictures(page: Page, folder: Path, name: str) -> None:
    """The whole page at both widths: `NAME-375.png` and `NAME-1280.png`.

    The window is made as tall as the page, so that what sticks to its edges lies where it ends.
    """
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": max(size["height"], height)})
        page.screenshot(path=folder / f"{name}-{size['width']}.png")
    if before:
        page.set_viewport_size(before)


def take_small_picture(page: Page, path: Path, most_bytes: int = 150_000) -> None:
    """What the window shows now, small enough to be kept with the text it belongs to."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    seen = Image.open(BytesIO(page.screenshot())).convert("RGB")
    few = seen.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    assert path.stat().st_size <= most_bytes, f"{path} has {path.stat().st_size} bytes"
