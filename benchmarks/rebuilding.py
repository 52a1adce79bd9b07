"""Making the whole index anew, while somebody saves and somebody searches beside it."""

import time
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from time import process_time
from typing import Any

from benchmarks.activities import Country
from benchmarks.editing import organisation
from benchmarks.questions import questions
from benchmarks.registers import POSTGRESQL, Register, opened
from benchmarks.timing import Finding, Findings, Spread, progress, timed
from registry import clock
from registry.cards.queries import search
from registry.cards.search.rebuilding import rebuild
from registry.cards.search.rows import indexed
from registry.cards.services import replace_cards
from registry.database import db
from registry.timetable.council_terms import school_calendar

_PAUSE = 0.05
_WORKED_OUT = 2_000
_MOST_SECONDS = 60.0


def measure(register: Register, findings: Findings) -> None:
    """Rebuild once, with a writer and a searcher in processes of their own."""
    settings = register.app.extensions["settings"]
    db.session.remove()
    db.engine.dispose()
    context = get_context("spawn")
    stop, told = context.Event(), context.Queue()
    told_where = (settings.database_url, str(settings.data_dir), register.size)
    beside = [
        context.Process(target=act, args=(*told_where, stop, told), daemon=True)
        for act in (write_beside, search_beside)
    ]
    for one in beside:
        one.start()
    for _ in beside:  # each says once that it is ready
        told.get(timeout=60)
    try:
        with progress(f"{register.engine}, index", register.size) as so_far:
            took, _ = timed(lambda: rebuild(lambda done, _: so_far(done)))
    finally:
        stop.set()
        seen = dict(told.get(timeout=60) for _ in beside)
        for one in beside:
            one.join(20)
    _tell_of_documents(register, findings)
    _tell(
        register,
        findings,
        took / 1_000,
        Spread(tuple(seen["writes"])),
        Spread(tuple(seen["searches"])),
    )


def _tell(
    register: Register, findings: Findings, seconds: float, writes: Spread, searches: Spread
) -> None:
    most = _MOST_SECONDS * register.size / 1_000_000
    is_judged = register.engine != POSTGRESQL
    name = f"{register.engine}, {register.size:,} activities: rebuild of the whole index"
    findings.add(
        Finding(
            name,
            f"≤ {most:g} s" if is_judged else "",
            f"{seconds:.1f} s",
            seconds <= most if is_judged else None,
            seconds * 1_000,
        )
    )
    findings.add(
        Finding(
            f"{name}, a save beside it ({len(writes.times)} of them)",
            "none waits > 200 ms",
            str(writes),
            writes.most <= 200,
            writes.p50,
        )
    )
    findings.add(
        Finding(
            f"{name}, searches beside it ({len(searches.times)} of them)",
            "they go on",
            str(searches),
            bool(searches.times),
            searches.p50,
        )
    )


def _tell_of_documents(register: Register, findings: Findings) -> None:
    """How long it takes to work out from documents what a rebuild otherwise copies."""
    calendar, today = school_calendar(), clock.today()
    cards = list(register.country.records(0, _WORKED_OUT, today))

    def work_out() -> None:
        for one in cards:
            told = (one.activity_id, 1, one.name, one.listed_until, one.document)
            indexed(*told, calendar, today)

    work_out()
    took = process_time()
    work_out()
    each = (process_time() - took) / len(cards)
    findings.add(
        Finding(
            f"{register.engine}: working out from documents what a rebuild copies (it works out "
            "only what has changed, or all where `--from-documents` is given)",
            "",
            f"{each * 1_000_000:.0f} s of one processor for a million cards",
            None,
            each * 1_000,
        )
    )


def write_beside(url: str, folder: str, size: int, stop: Any, told: Any) -> None:
    """Save one organisation's cards after another, and tell how long each save took."""
    country, times = Country(), []
    with opened(url, folder).app_context():
        for number in range(4):  # everything that there is to be made, before anybody waits
            organisation(country, size, number)
        told.put("ready")
        number = 0
        while not stop.is_set():
            number += 1
            first, *others = organisation(country, size, number)
            name = f"{first.name} {number}"
            changed = replace(first, name=name, document={**first.document, "name": name})
            times.append(timed(partial(_save, [changed, *others]))[0])
            time.sleep(_PAUSE)
    told.put(("writes", times[1:]))


def _save(cards: list[Any]) -> None:
    replace_cards(cards[0].organisation_id, cards)
    db.session.commit()


def search_beside(url: str, folder: str, size: int, stop: Any, told: Any) -> None:
    """Search on and on, and tell how long each search took."""
    asked = questions(Country())
    times: list[float] = []
    with opened(url, folder).app_context():
        told.put("ready")
        while not stop.is_set():
            request = asked[len(times) % len(asked)]
            times.append(timed(partial(search, request))[0])
            db.session.rollback()
            time.sleep(_PAUSE)
    told.put(("searches", times[1:]))
