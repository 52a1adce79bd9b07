"""Dates as a calendar file (iCalendar, RFC 5545) that a phone or a computer can take in.

What happens in term time or all year is one series with the days left out that are none; what
happens in holidays is one series for each holiday. Dates that follow no rule are single events.
Each has an identifier of its own that stays the same, so a calendar that takes the file in again
changes what it has and doubles nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vDuration,
    vRecur,
    vUri,
)

from registry.timetable.recurrence import (
    FARTHEST,
    LONDON,
    Occurrence,
    Recurrence,
    dates_between,
)
from registry.timetable.terms import ALL_YEAR, TERM, SchoolCalendar

MIME = "text/calendar; charset=utf-8"
_A_DAY = timedelta(days=1)
_ICAL_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Happening:
    """What every event of a file says, however often it happens.

    `uid` begins every identifier; `sequence` counts changes; `stamp` is when the file was made.
    """

    uid: str
    host: str
    name: str
    address: str
    description: str
    place: str
    categories: tuple[str, ...]
    point: tuple[float, float] | None
    sequence: int
    stamp: datetime


@dataclass(frozen=True)
class Terms:
    """Where a file comes from, and under what terms it may be used (RFC 7986, RFC 9253).

    `address` gives the newest one, which a calendar that follows it asks for once a day.
    """

    address: str
    licence: str
    attribution: str


@dataclass(frozen=True)
class Entry:
    """Something that happens, and when; `last_on` where the whole comes to an end."""

    happening: Happening
    recurrences: tuple[Recurrence, ...]
    last_on: date | None = None


def calendar_file(
    happening: Happening,
    recurrences: Iterable[Recurrence],
    terms: SchoolCalendar,
    first: date,
    last_on: date | None = None,
) -> bytes:
    """The file: every date from `first` on, until `last_on` where the whole comes to an end."""
    entry = Entry(happening, tuple(recurrences), last_on)
    return calendar_of_several(happening.name, [entry], terms, first)


def calendar_of_several(
    name: str,
    entries: Sequence[Entry],
    terms: SchoolCalendar,
    first: date,
    of_use: Terms | None = None,
) -> bytes:
    """One file with the dates of each of these, from `first` on. There is at least one."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{entries[0].happening.host}//Register//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    if of_use:
        _say_terms(calendar, of_use)
    calendar.add_component(_london())
    for entry in entries:
        for event in _events_of(entry, terms, first):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _say_terms(calendar: Calendar, of_use: Terms) -> None:
    """Also in the words of calendars that do not know the new ones."""
    calendar.add("description", of_use.attribution)
    calendar.add("x-wr-caldesc", of_use.attribution)
    calendar.add("source", vUri(of_use.address, params={"VALUE": "URI"}))
    calendar.add("link", vUri(of_use.licence, params={"LINKREL": "license", "VALUE": "URI"}))
    calendar.add("refresh-interval", vDuration(_A_DAY, params={"VALUE": "DURATION"}))
    calendar.add("x-published-ttl", vDuration(_A_DAY))


def _events_of(entry: Entry, terms: SchoolCalendar, first: date) -> Iterator[Event]:
    last = min(filter(None, (entry.last_on, first + timedelta(days=FARTHEST))))
    for one in entry.recurrences:
        yield from _events(entry.happening, one, terms, first, last, entry.last_on is not None)


def _events(
    happening: Happening,
    recurrence: Recurrence,
    terms: SchoolCalendar,
    first: date,
    last: date,
    ends: bool,
) -> Iterator[Event]:
    """The series and the single dates of one recurrence."""
    for span in _spans(recurrence, terms, first, last):
        if series := _series(happening, recurrence, terms, span, ends):
            yield series
    single = replace(recurrence, pattern="dates", runs=(), season=ALL_YEAR)
    if recurrence.pattern != "dates":
        single = replace(single, dates=(), off=())
    for one in dates_between(single, terms, first, last):
        suffix = f"{one.on:%Y%m%d}T{one.starts:%H%M}"
        yield _event(happening, f"{recurrence.key}-{suffix}", one, one.why)


def _spans(
    recurrence: Recurrence, terms: SchoolCalendar, first: date, last: date
) -> Iterator[tuple[date, date]]:
    """The stretches that have a series each."""
    if recurrence.pattern == "dates":
        return
    runs = recurrence.runs or ((first, last),)
    for begins, ends in runs:
        begins, ends = max(begins, first), min(ends, last)
        if begins > ends:
            continue
        if recurrence.season in (TERM, ALL_YEAR):
            yield begins, ends
        else:
            yield from terms.spans(recurrence.season, begins, ends)


def _series(
    happening: Happening,
    recurrence: Recurrence,
    terms: SchoolCalendar,
    span: tuple[date, date],
    ends: bool,
) -> Event | None:
    """One series of events, less the days between its first and its last on which it is off."""
    usual = replace(recurrence, extra=())
    there = dates_between(usual, terms, *span)
    if not there:
        return None
    always = replace(usual, off=(), season=ALL_YEAR, runs=())
    goes_on = recurrence.season == ALL_YEAR and not recurrence.runs and not ends
    until = span[1] if goes_on else there[-1].on
    kept = {one.on for one in there}
    left_out = [
        one.starts_at
        for one in dates_between(always, terms, there[0].on, until)
        if one.on not in kept
    ]
    # One series for all of term time or the year is known by its session alone.
    is_whole = not recurrence.runs and recurrence.season in (TERM, ALL_YEAR)
    suffix = "" if is_whole else f"-{_span_of(recurrence, terms, there[0].on):%Y%m%d}"
    event = _event(happening, f"{recurrence.key}{suffix}", there[0])
    rule = _rule(recurrence)
    if not goes_on:
        rule["UNTIL"] = there[-1].starts_at.astimezone(UTC)
    event.add("rrule", vRecur(rule))
    if left_out:
        event.add("exdate", left_out)
    return event


def _span_of(recurrence: Recurrence, terms: SchoolCalendar, day: date) -> date:
    """The first day of the run or the holiday that a day is in: it stays, as the days go by."""
    spans = list(recurrence.runs)
    if recurrence.season not in (TERM, ALL_YEAR):
        spans += terms.spans(recurrence.season, terms.first, terms.last)
    return max((first for first, last in spans if first <= day <= last), default=day)


def _rule(recurrence: Recurrence) -> dict[str, Any]:
    days = [_ICAL_DAYS[day] for day in recurrence.days]
    if recurrence.pattern == "fortnightly":
        return {"FREQ": "WEEKLY", "INTERVAL": 2, "BYDAY": days}
    if recurrence.pattern == "monthly":
        return {"FREQ": "MONTHLY", "BYDAY": [f"{recurrence.nth}{day}" for day in days]}
    return {"FREQ": "WEEKLY", "BYDAY": days}


def _event(happening: Happening, uid: str, one: Occurrence, why: str = "") -> Event:
    event = Event()
    event.add("uid", f"{happening.uid}-{uid}@{happening.host}")
    event.add("dtstamp", happening.stamp)
    event.add("sequence", happening.sequence)
    event.add("dtstart", one.starts_at)
    event.add("dtend", one.ends_at)
    event.add("summary", happening.name)
    event.add("status", "CONFIRMED")
    event.add("url", happening.address)
    event.add("description", f"{why}\n\n{happening.description}" if why else happening.description)
    if happening.place:
        event.add("location", happening.place)
    if happening.point:
        event.add("geo", happening.point)
    if happening.categories:
        event.add("categories", list(happening.categories))
    return event


def _london() -> Timezone:
    """Europe/London by its two rules, which say all that is needed since 1996."""
    zone = Timezone()
    zone.add("tzid", LONDON.key)
    for part, name, month, hour, before, after in (
        (TimezoneDaylight(), "BST", 3, 1, 0, 1),
        (TimezoneStandard(), "GMT", 10, 2, 1, 0),
    ):
        part.add("tzname", name)
        part.add("dtstart", datetime.combine(_last_sunday(1996, month), time(hour)))
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("rrule", vRecur({"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"}))
        zone.add_component(part)
    return zone


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)
