"""The OpenActive feeds: a page at the server, all of them one after another, and one card changed.

Whoever follows a feed asks for pages of 500, so that is what is measured.
"""

import json
from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from flask.testing import FlaskClient

from benchmarks.registers import Register
from benchmarks.timing import Finding, Findings, Spread, spread_of, timed
from registry.database import db
from registry.opendata.openactive.models import SERIES, SESSION
from registry.opendata.openactive.services import fill_feeds, keep_these_in_step, next_to_keep
from registry.opendata.openactive.site import feed_address

PAGES, SOME = 40, 20
_LONGEST_PAGE = 50


def measure(register: Register, findings: Findings) -> None:
    """Give every activity its numbers, then read both feeds and change a few cards."""
    name = f"{register.engine}, {register.size:,} activities"
    whole, _ = timed(fill_feeds)
    db.session.commit()
    rate = register.size / whole * 1_000
    findings.add(Finding(f"{name}: given their numbers", "", f"{rate:,.0f} a second", None, whole))
    for kind in (SERIES, SESSION):
        _read(register, kind, name, findings)
    numbers = next_to_keep(0)[:SOME]
    night = spread_of([partial(_again, one) for one in numbers])
    findings.add(Finding(f"{name}: one activity looked at by night", "", str(night), None))


def _read(register: Register, kind: str, name: str, findings: Findings) -> None:
    pages = list(_pages(register, kind))
    times = Spread(tuple(time for time, _ in pages))
    items = sum(count for _, count in pages)
    findings.add(
        Finding(
            f"{name}: a page of {kind}, 500 items, at the server",
            f"p95 ≤ {_LONGEST_PAGE} ms",
            f"{times}; {items / sum(times.times) * 1_000:,.0f} items a second",
            times.p95 <= _LONGEST_PAGE,
            times.p50,
        )
    )


def _pages(register: Register, kind: str) -> Iterator[tuple[float, int]]:
    """The first pages of a feed: how long each took, and how many items it has."""
    client = register.app.test_client()
    address = feed_address(kind, register.app.extensions["settings"].public_url)
    for _ in range(PAGES):
        parts = urlsplit(address)
        path = f"{parts.path}?{parts.query}"
        time, answer = timed(partial(_body, client, path))
        page = json.loads(answer)
        if not page["items"]:
            return
        yield time, len(page["items"])
        address = page["next"]


def _body(client: FlaskClient, path: str) -> bytes:
    return client.get(path).data


def _again(number: int) -> None:
    keep_these_in_step([number])
    db.session.commit()
