"""A first visit on a phone: how many bytes come over the wire, and from where."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response

from registry.database import db
from tests.cards.cards import card, put

# Before the map, which is fetched only by a page that shows one.
MOST_BYTES = 60_000
HEAD = 500


@pytest.fixture
def clubs(app):
    """A page of results."""
    put(*(card(f"Dance {number}", slug=f"dance-{number}") for number in range(20)))
    db.session.commit()


@pytest.mark.parametrize("address", ["/", "/activities?q=dance", "/activities/dance-3"])
def test_a_first_visit_is_small_and_asks_nobody_else(phone: Page, clubs, address) -> None:
    seen: list[Response] = []
    phone.on("response", lambda answer: seen.append(answer))
    phone.goto(address, wait_until="networkidle")
    assert {urlsplit(one.url).hostname for one in seen} == {"localhost"}
    came = {one.url: _bytes_of(one) for one in seen}
    assert sum(came.values()) <= MOST_BYTES, came


def _bytes_of(answer: Response) -> int:
    """What came over the wire: the body as it was sent, and about as much as a head takes."""
    sent = answer.headers.get("content-length")
    assert sent is not None, answer.url
    return int(sent) + HEAD


@pytest.mark.parametrize("address", ["/", "/activities?q=dance", "/activities/dance-3"])
def test_nothing_on_a_page_moves_while_it_loads(phone: Page, clubs, address) -> None:
    phone.goto(address, wait_until="networkidle")
    moved = phone.evaluate(
        """() => new Promise(done => {
            let sum = 0
            new PerformanceObserver(list => {
                for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value
            }).observe({ type: 'layout-shift', buffered: true })
            setTimeout(() => done(sum), 300)
        })"""
    )
    assert moved <= 0.02
