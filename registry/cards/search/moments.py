"""On which days, at which times of day and on which dates a card's activity happens, as bits. Pure.

A bit stands for one time of day on one day of the week, so that “Tuesdays” and “after school” hold
of the same session. A session that does not say its day or its time has bits of its own.
"""

from ast import literal_eval
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from registry.cards.record import part_of_day
from registry.cards.search.values import DAYS, TIMES
from registry.timetable.recurrence import LONDON, Recurrence, dates_between, next_dates
from registry.timetable.terms import ALL_YEAR, TERM, SchoolCalendar

Document = Mapping[str, Any]

SCHOOL_DAY, AFTER_SCHOOL, EVENING, WEEKEND, HOLIDAYS, NO_TIME = range(len(TIMES) + 1)
NO_DAY = len(DAYS)
_TIMES = NO_TIME + 1
_SATURDAY = 5
_OF_PART = {
    "after school": AFTER_SCHOOL,
    "in the evening": EVENING,
    "in the afternoon": WEEKEND,
}
# How far ahead each single date is known, in days; and how many of them are “soon”.
AHEAD = 62
SOON = 7


class Dates(NamedTuple):
    """The dates to come, counted from the day on which this was made.

    `bits` has one for each of the next days, the lowest for `since`. `next` is the first date of
    all; 0 where there is none to come, and None where nobody knows.
    """

    since: int
    bits: int
    next: int | None


def slots_of(document: Document, calendar: SchoolCalendar) -> int:
    """Every time of day on every day of the week on which it happens."""
    return _slots(_told(document), calendar)


def slot(day: int, time: int) -> int:
    """The bit of one time of day on one day."""
    return 1 << (day * _TIMES + time)


@lru_cache(maxsize=2_000)
def slots_asked(days: tuple[int, ...], times: tuple[int, ...]) -> tuple[int, int]:
    """The bits that surely meet days and times, and those that may: nothing asked is anything."""
    wanted_days = days or (*range(NO_DAY), NO_DAY)
    wanted_times = times or range(_TIMES)
    sure = may = 0
    for day in {*wanted_days, NO_DAY}:
        for time in {*wanted_times, NO_TIME}:
            if day in wanted_days and time in wanted_times:
                sure |= slot(day, time)
            else:
                may |= slot(day, time)
    return sure, may


def days_and_times(
    slots: int, days: tuple[int, ...], times: tuple[str, ...]
) -> tuple[list[int], list[str]]:
    """Which of the days and times that were asked for are met, each pair by one session."""
    wanted = [(time, TIMES.index(time)) for time in times] or [("", n) for n in range(_TIMES)]
    met = [
        (day, name)
        for day in days or range(NO_DAY + 1)
        for name, time in wanted
        if slots & slot(day, time)
    ]
    named = {name for _, name in met}
    return sorted({day for day, _ in met}), [time for time in times if time in named]


def unsaid_of(slots: int, days: tuple[int, ...], times: tuple[int, ...]) -> set[str]:
    """Which of day and time a card that only may meet them does not say."""
    sure, _ = slots_asked(days, times)
    if slots & sure:
        return set()
    day_known, _ = slots_asked(days, ())
    time_known, _ = slots_asked((), times)
    told = set()
    if days and not slots & day_known:
        told.add("day")
    if times and not (slots & time_known and "day" in told):
        told.add("time")
    return told


def dates_of(document: Document, calendar: SchoolCalendar, today: date) -> Dates:
    """When it happens from today on."""
    if not document.get("sessions"):
        return Dates(today.toordinal(), 0, None)
    return _dates(_told(document), document.get("last_on") or "", calendar, today)


def days_until(dates: Dates, today: date) -> int | None:
    """How many days until it happens next, as told on a later day; None where nobody knows."""
    later = today.toordinal() - dates.since
    coming = dates.bits >> later if later >= 0 else 0
    if coming:
        return (coming & -coming).bit_length() - 1
    if dates.next is not None and dates.next >= today.toordinal():
        return dates.next - today.toordinal()
    return None


@lru_cache(maxsize=20_000)
def _dates(told: str, last_on: str, calendar: SchoolCalendar, today: date) -> Dates:
    recurrences = [Recurrence.from_record(one) for one in _sessions(told)]
    until = today + timedelta(days=AHEAD - 1)
    if last_on:
        until = min(until, date.fromisoformat(last_on))
    bits = 0
    for one in recurrences:
        for found in dates_between(one, calendar, today, until):
            bits |= 1 << (found.on - today).days
    if bits:
        first = today.toordinal() + (bits & -bits).bit_length() - 1
        return Dates(today.toordinal(), bits, first)
    noon = datetime(today.year, today.month, today.day, tzinfo=LONDON)
    last = date.fromisoformat(last_on) if last_on else None
    coming = next_dates(recurrences, calendar, noon, 1, last)
    if coming.dates:
        return Dates(today.toordinal(), 0, coming.dates[0].on.toordinal())
    return Dates(today.toordinal(), 0, 0 if coming.is_over else None)


@lru_cache(maxsize=20_000)
def _slots(told: str, calendar: SchoolCalendar) -> int:
    found = 0
    for session in _sessions(told):
        found |= _slots_of(session, calendar)
    return found or slot(NO_DAY, NO_TIME)


def _slots_of(session: Document, calendar: SchoolCalendar) -> int:
    one = Recurrence.from_record(session)
    if one.is_bounded:
        return _slots_of_dates(session, one, calendar)
    found = 0
    for day in one.weekdays(calendar) or (NO_DAY,):
        term, holidays = one.season in (TERM, ALL_YEAR), one.season != TERM
        found |= _slots_on(session, day, term=term, holidays=holidays)
    return found


def _slots_of_dates(session: Document, one: Recurrence, calendar: SchoolCalendar) -> int:
    ends = [*one.dates, *(day for run in one.runs for day in run)]
    found = 0
    for happening in dates_between(one, calendar, min(ends), max(ends)):
        season = calendar.season_of(happening.on)
        found |= _slots_on(
            session,
            happening.on.weekday(),
            term=season in (TERM, None),
            holidays=season not in (TERM, None),
        )
    return found or slot(NO_DAY, NO_TIME)


def _slots_on(session: Document, day: int, *, term: bool, holidays: bool) -> int:
    """The times of day of a session on one day of the week."""
    times = set()
    clock = _time_of(session, day)
    if day in (_SATURDAY, _SATURDAY + 1):
        times.add(WEEKEND)
    elif term and clock in (SCHOOL_DAY, AFTER_SCHOOL):
        times.add(clock)
    if clock == EVENING:
        times.add(EVENING)
    if holidays:
        times.add(HOLIDAYS)
    if clock == NO_TIME and day not in (_SATURDAY, _SATURDAY + 1):
        times.add(NO_TIME)
    found = 0
    for time in times or {NO_TIME}:
        found |= slot(day, time)
    return found


def _time_of(session: Document, day: int) -> int:
    """The time of day by the clock, as far as it is public."""
    start = str(session.get("start") or "")
    part = session.get("part_of_day") or part_of_day(min(day, len(DAYS) - 1), start)
    if not part:
        return NO_TIME
    if start >= "18:00":
        return EVENING
    return _OF_PART.get(part, SCHOOL_DAY)


def _told(document: Document) -> str:
    """The sessions as a text that can be remembered, without what tells one from another."""
    sessions = document.get("sessions") or ()
    return repr([{n: v for n, v in one.items() if n != "key"} for one in sessions])


def _sessions(told: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = literal_eval(told)
    return found
