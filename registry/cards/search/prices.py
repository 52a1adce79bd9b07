"""What one session of an activity costs, as far as that can be reckoned. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from registry.cards.search.values import COSTS
from registry.timetable.recurrence import Recurrence, dates_between
from registry.timetable.terms import SchoolCalendar

Document = Mapping[str, Any]

FREE_KINDS = ("free", "donation", "haf")
_AT_MOST = {"3": 300, "5": 500, "10": 1000}
_LONG_BREAKS = ("christmas", "easter", "summer")


def pence_per_session(document: Document, calendar: SchoolCalendar, today: date) -> int | None:
    """Pence for one session, rounded up; None where nobody can say.

    A price for a term or a course is shared by its sessions, where there is one kind of session
    and its dates are known.
    """
    cost = document.get("cost") or {}
    kind, pence = cost.get("kind"), cost.get("pence")
    if kind in FREE_KINDS or (kind and pence == 0):
        return 0
    if kind == "session":
        return None if pence is None else int(pence)
    sessions: Sequence[Document] = document.get("sessions") or ()
    if kind not in ("term", "course") or not pence or len(sessions) != 1:
        return None
    one = Recurrence.from_record(sessions[0])
    times = _in_all(one, calendar) if one.is_bounded else 0
    if kind == "term" and not one.is_bounded:
        times = _in_a_term(one, calendar, today)
    return -(-int(pence) // times) if times else None


def costs_of(document: Document, price: int | None) -> int:
    """The answers to “how much at most”, as bits: those that are sure, then those that may be."""
    cost = document.get("cost") or {}
    kind = cost.get("kind")
    sure = set()
    if kind in FREE_KINDS or price == 0:
        sure.add("free")
    if kind == "haf":
        sure.add("haf")
    if price is not None:
        sure |= {asked for asked, most in _AT_MOST.items() if price <= most}
    may = set(_AT_MOST) if price is None else set()
    if not kind:
        may.add("free")
    bits = 0
    for asked in COSTS:
        certain, possible = cost_bits(asked)
        bits |= certain if asked in sure else possible if asked in may else 0
    return bits


def cost_bits(asked: str) -> tuple[int, int]:
    """The bit of who surely costs no more, and that of who may."""
    place = COSTS.index(asked)
    return 1 << place, 1 << (place + len(COSTS))


def _in_all(one: Recurrence, calendar: SchoolCalendar) -> int:
    ends = [*one.dates, *(day for run in one.runs for day in run)]
    return len(dates_between(one, calendar, min(ends), max(ends)))


def _in_a_term(one: Recurrence, calendar: SchoolCalendar, today: date) -> int:
    first, last = _term(calendar, today)
    return len(dates_between(one, calendar, first, last)) if first else 0


@lru_cache(maxsize=16)
def _term(calendar: SchoolCalendar, today: date) -> tuple[date | None, date]:
    """The whole term of this day, or the next one: its two halves and the week between them."""
    first = None
    for block in calendar.blocks:
        first = first or block.first
        if block.then in _LONG_BREAKS or block is calendar.blocks[-1]:
            if block.last >= today:
                return first, block.last
            first = None
    return None, today - timedelta(days=1)
