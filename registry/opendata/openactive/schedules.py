"""When a listed activity happens, as OpenActive says it: patterns, and each date to come. Pure.

Everything follows from the card and the council's school terms, so what a feed gives under one
number never changes by itself. Patterns are partial schedules: the dates have a feed of their own.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from registry.timetable.recurrence import (
    LAST_OF_MONTH,
    LONDON,
    Occurrence,
    Recurrence,
    dates_between,
)
from registry.timetable.terms import ALL_YEAR, SchoolCalendar

Document = Mapping[str, Any]
Thing = dict[str, Any]

# How many days ahead single dates are told.
AHEAD = 55
_A_YEAR = timedelta(days=365)
_EVERY = {"fortnightly": "P2W", "monthly": "P1M"}
_ON = "https://schema.org/"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_IN_MONTH = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Date(NamedTuple):
    """One date of an activity, and what it is called for as long as it takes place."""

    which: str
    on: date
    starts: str
    ends: str


def recurrences_of(document: Document) -> list[Recurrence]:
    """When it happens, as the card has it."""
    return [Recurrence.from_record(one) for one in document.get("sessions") or ()]


def last_day(document: Document, listed_until: date) -> date:
    """The last day of the whole, or of its listing: what comes first."""
    told = document.get("last_on")
    return min(listed_until, date.fromisoformat(told)) if told else listed_until


def dates_to_come(
    document: Document, listed_until: date, calendar: SchoolCalendar, today: date
) -> list[Date]:
    """The dates from today on, a few weeks ahead and never past the listing.

    None where clock times are private: a date of a feed has the time at which it starts. A date is
    known by its session, its day and its place on that day, so one that moves by an hour is the
    same date.
    """
    last = min(last_day(document, listed_until), today + timedelta(days=AHEAD))
    found: dict[str, Date] = {}
    for place, recurrence in enumerate(recurrences_of(document)):
        for one in dates_between(recurrence, calendar, today, last):
            if not one.has_times:
                continue
            start = f"{recurrence.key or place}/{one.on.isoformat()}"
            which = next(name for number in range(99) if (name := f"{start}/{number}") not in found)
            found[which] = Date(which, one.on, f"{one.starts:%H:%M}", f"{one.ends:%H:%M}")
    return list(found.values())


def partial_schedules(
    document: Document, listed_until: date, calendar: SchoolCalendar
) -> list[Thing]:
    """The pattern behind the dates: one for each session and each stretch of its season.

    From the day on which the council read it to the last day of the listing.
    """
    last = last_day(document, listed_until)
    read_on = document.get("read_on")
    first = min(date.fromisoformat(read_on), last) if read_on else last - _A_YEAR
    found = [
        thing
        for recurrence in recurrences_of(document)
        for thing in _of(recurrence, calendar, first, last)
    ]
    return list({repr(thing): thing for thing in found}.values())


def _of(
    recurrence: Recurrence, calendar: SchoolCalendar, first: date, last: date
) -> Iterator[Thing]:
    extra = {one.on for one in recurrence.extra}
    dates = dates_between(recurrence, calendar, first, last)
    if recurrence.pattern == "dates":
        yield from map(_single, dates or _given(recurrence))
        return
    told = False
    for begins, ends in _stretches(recurrence, calendar, first, last):
        inside = [one for one in dates if begins <= one.on <= ends and one.on not in extra]
        if inside:
            told = True
            yield _series(recurrence, (begins, ends), inside)
    if not told:
        yield _series(recurrence, None, [])
    yield from (_single(one) for one in dates if one.on in extra)


def _given(recurrence: Recurrence) -> list[Occurrence]:
    """The dates themselves, where none of them is in the time that is told."""
    if not recurrence.dates:
        return []
    everlasting = SchoolCalendar(())
    return dates_between(recurrence, everlasting, recurrence.dates[0], recurrence.dates[-1])


def _stretches(
    recurrence: Recurrence, calendar: SchoolCalendar, first: date, last: date
) -> tuple[tuple[date, date], ...]:
    return recurrence.runs or tuple(calendar.spans(recurrence.season, first, last))


def _series(
    recurrence: Recurrence, stretch: tuple[date, date] | None, dates: list[Occurrence]
) -> Thing:
    """Days of the week from the first date to the last, less those that are off."""
    thing: Thing = {
        "@type": "PartialSchedule",
        "repeatFrequency": _EVERY.get(recurrence.pattern, "P1W"),
        "byDay": [_day(recurrence, day) for day in recurrence.days],
        **_clock(recurrence.starts, recurrence.ends),
    }
    if stretch is None:
        return thing
    begins, ends = stretch
    goes_on = recurrence.season == ALL_YEAR and not recurrence.runs
    thing["startDate"] = dates[0].on.isoformat()
    if not goes_on:
        thing["endDate"] = dates[-1].on.isoformat()
    off = [one.on.isoformat() for one in recurrence.off if begins <= one.on <= ends]
    return {**thing, "exceptDate": off} if off else thing


def _day(recurrence: Recurrence, day: int) -> str:
    """“Tuesday” as schema.org has it; in a month “2TU”, as calendars do."""
    if not recurrence.nth:
        return f"{_ON}{_DAYS[day]}"
    nth = "-1" if recurrence.nth == LAST_OF_MONTH else str(recurrence.nth)
    return f"{nth}{_IN_MONTH[day]}"


def _single(one: Occurrence) -> Thing:
    """One day that follows no rule."""
    starts, ends = (one.starts, one.ends) if one.has_times else (None, None)
    return {
        "@type": "PartialSchedule",
        "repeatFrequency": "P1D",
        **_clock(starts, ends),
        "startDate": one.on.isoformat(),
        "endDate": one.on.isoformat(),
        "repeatCount": 1,
    }


def _clock(starts: Any, ends: Any) -> Thing:
    """The clock times where they are public, and whose clock it is."""
    if starts is None or ends is None:
        return {"scheduleTimezone": LONDON.key}
    return {
        "startTime": f"{starts:%H:%M}",
        "endTime": f"{ends:%H:%M}",
        "scheduleTimezone": LONDON.key,
    }
