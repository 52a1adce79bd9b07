"""How long a search takes in the database, and from the question to the cards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import event

from benchmarks.questions import anywhere, farther, questions, without_words
from benchmarks.registers import POSTGRESQL, Register
from benchmarks.timing import Finding, Findings, Spread, milliseconds, timed, within
from registry.cards.queries import search
from registry.cards.search.request import SearchRequest
from registry.database import db


@dataclass
class _Said:
    """What the database was asked for one search, and how long it took over it."""

    statements: list[tuple[str, Any]]
    seconds: float = 0.0


def measure(register: Register, findings: Findings) -> None:
    """Every kind of search on a large register, with the plan of each."""
    asked = questions(register.country)
    for name, requests, p50, p95 in (
        ("words, 3 miles, two facets", asked, 5, 20),
        ("no words, 3 miles, two facets", without_words(asked), 8, 25),
        ("words, 20 miles, two facets", farther(asked), None, 100),
        ("words, no postcode, first page", anywhere(asked), None, 300),
    ):
        _measure(register, findings, name, requests, p50, p95)
        findings.plans.append((f"{register.engine}: {name}", plan(register, requests[0])))


def measure_middle(register: Register, findings: Findings) -> None:
    """The commonest search on a register of a region."""
    asked = questions(register.country)
    _measure(register, findings, "words, 3 miles, two facets", asked, None, 2)


def _measure(
    register: Register,
    findings: Findings,
    name: str,
    requests: list[SearchRequest],
    p50: float | None,
    p95: float,
) -> None:
    in_database, whole, hits = times(requests)
    target = f"p95 ≤ {p95:g} ms" if p50 is None else f"p50 ≤ {p50:g} ms, p95 ≤ {p95:g} ms"
    what = f"{register.engine}, {register.size:,} activities: {name}"
    seen = (
        f"{in_database}; with Python {milliseconds(whole.p50)}, {milliseconds(whole.p95)};"
        f" found: median {median(hits):,.0f}, most {max(hits):,}"
    )
    findings.add(Finding(what, target, seen, within(in_database, p50, p95), in_database.p50))


def times(requests: list[SearchRequest]) -> tuple[Spread, Spread, list[int]]:
    """How long each search takes in the database, and altogether, and how many each finds. Asked
    once before, uncounted."""
    for request in requests:
        search(request)
    in_database, whole, hits = [], [], []
    for request in requests:
        with _listening() as said:
            took, found = timed(partial(search, request))
        in_database.append(said.seconds * 1_000)
        whole.append(took)
        hits.append(found.total)
        db.session.rollback()
    return Spread(tuple(in_database)), Spread(tuple(whole)), hits


def plan(register: Register, request: SearchRequest) -> str:
    """How the database goes about the statement of a search that takes it longest."""
    search(request)
    with _listening() as said:
        search(request)
    # The statement of the search itself is by far the longest one.
    statement, values = max(said.statements, key=lambda one: len(one[0]))
    if register.engine == POSTGRESQL:
        rows = _asked(f"EXPLAIN (ANALYZE, COSTS OFF, BUFFERS) {statement}", values)
        return "\n".join(str(row[0]) for row in rows)
    rows = _asked(f"EXPLAIN QUERY PLAN {statement}", values)
    depth = {0: -1}
    lines = []
    for number, parent, _, words in rows:
        depth[number] = depth.get(parent, -1) + 1
        lines.append(f"{'  ' * depth[number]}{words}")
    return "\n".join(lines)


def _asked(statement: str, values: Any) -> list[Any]:
    rows = list(db.session.connection().exec_driver_sql(statement, values))
    db.session.rollback()
    return rows


@contextmanager
def _listening() -> Iterator[_Said]:
    """Count the time from each statement's start until all of its rows are there."""
    said, engine = _Said([]), db.engine
    began = 0.0

    def before(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        nonlocal began
        said.statements.append((statement, values))
        began = perf_counter()

    def after(*_: Any) -> None:
        said.seconds += perf_counter() - began

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", before)
        event.remove(engine, "after_cursor_execute", after)
