"""Open Referral UK: a page at the server, the whole register fetched, and what memory that takes.

A harvester asks for whole services, a hundred at a time. What is measured is a page every so many,
from the first to the last, so that a page far down costs what the first one does.
"""

import resource
import time
from functools import partial
from urllib.parse import urlencode

from flask.testing import FlaskClient

from benchmarks.registers import Register
from benchmarks.timing import Finding, Findings, Spread, timed
from registry.cards.facts import fill_in_facts
from registry.database import db

PER_PAGE, PAGES = 100, 150
_LONGEST_PAGE = 50
_SLOWEST_HARVEST = 2_000
_MOST_GROWTH = 30
# The envelope of a page comes first and is shorter than this.
_ENVELOPE = 200
_NARROWED: tuple[dict[str, str], ...] = (
    {"day": "SA", "start_time": "09:00", "end_time": "13:00"},
    {"minimum_age": "5", "maximum_age": "11"},
    {"search": "swimming"},
)


def measure(register: Register, findings: Findings) -> None:
    """Keep the facts of every card, then read pages in each of their forms."""
    name = f"{register.engine}, {register.size:,} services, Open Referral"
    took, _ = timed(fill_in_facts)
    db.session.commit()
    rate = register.size / took * 1_000
    findings.add(Finding(f"{name}: facts beside each card", "", f"{rate:,.0f} a second", None))
    client = register.app.test_client()
    _read(client, register, "a page of 100", {}, name, findings)
    _read(client, register, "a page of 100 whole services", {"full": "true"}, name, findings)
    for narrowed in _NARROWED:
        first, again = (timed(partial(_page, client, 1, narrowed))[0] for _ in range(2))
        seen = f"the first {first:.0f} ms, and once found {again:.0f} ms"
        findings.add(Finding(f"{name}: {urlencode(narrowed)}", "", seen, None, first))


def _read(
    client: FlaskClient,
    register: Register,
    what: str,
    query: dict[str, str],
    name: str,
    findings: Findings,
) -> None:
    """Pages from all over the list, and how fast that is on one processor."""
    last = -(-register.size // PER_PAGE)
    step = max(1, last // PAGES)
    _page(client, 1, query)
    memory, busy = _megabytes(), time.process_time()
    times, told = [], 0
    for number in range(1, last + 1, step):
        milliseconds, count = timed(partial(_page, client, number, query))
        times.append(milliseconds)
        told += count
    rate, grown = told / (time.process_time() - busy), _megabytes() - memory
    spread = Spread(tuple(times))
    findings.add(
        Finding(
            f"{name}: {what}, at the server",
            f"p95 ≤ {_LONGEST_PAGE} ms; ≥ {_SLOWEST_HARVEST:,} a second on one processor; "
            "memory flat",
            f"{spread}; {rate:,.0f} a second; {grown:.0f} MB more after {told:,}",
            spread.p95 <= _LONGEST_PAGE and rate >= _SLOWEST_HARVEST and grown <= _MOST_GROWTH,
            spread.p50,
        )
    )


def _page(client: FlaskClient, number: int, query: dict[str, str]) -> int:
    """How many services are on a page, as its envelope says."""
    asked = urlencode({**query, "page": number, "per_page": PER_PAGE})
    envelope = client.get(f"/oruk/v3/services?{asked}").data[:_ENVELOPE]
    return int(envelope.partition(b'"size":')[2].partition(b",")[0])


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
