"""On which days something happens: from a few facts to dates on the wall calendar. Pure.

Days and times are those of a clock on the council's wall (Europe/London), so a club that meets at
half past four does so before and after the clocks change. Everything is computed from a day that
is handed in; nothing here knows today.

A recurrence is kept as plain JSON, the same in a working record, on a card and in a change:

    {"key": "3f9a61c2", "pattern": "weekly", "days": [1], "start": "16:30", "end": "17:30",
     "season": "term", "off": [{"on": "2026-12-08", "why": "The hall is being painted"}]}

A part that says nothing is left out. Where clock times may not be public, `part_of_day` stands in
their place.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import merge
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from registry.timetable.terms import ALL_YEAR, SchoolCalendar

LONDON = ZoneInfo("Europe/London")
PATTERNS = ("weekly", "fortnightly", "monthly", "dates", "course", "drop_in", "all_day")
LAST_OF_MONTH = -1
NTH = (1, 2, 3, 4, LAST_OF_MONTH)
# How far ahead the next dates are looked for, in days: beyond the end of any calendar of terms.
FARTHEST = 1500

_ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Off:
    """A day on which it does not happen, and why in a line."""

    on: date
    why: str = ""


@dataclass(frozen=True)
class Extra:
    """A day on which it happens besides the rule, at times of its own."""

    on: date
    starts: time | None = None
    ends: time | None = None
    why: str = ""
    part_of_day: str = ""


@dataclass(frozen=True, order=True)
class Occurrence:
    """One date on which something happens, by the clock on the wall."""

    on: date
    starts: time
    ends: time
    has_times: bool = True
    part_of_day: str = ""
    why: str = ""

    @property
    def starts_at(self) -> datetime:
        """The instant at which it starts, in London."""
        return datetime.combine(self.on, self.starts, LONDON)

    @property
    def ends_at(self) -> datetime:
        """The instant at which it ends, in London."""
        return datetime.combine(self.on, self.ends, LONDON)


@dataclass(frozen=True)
class Recurrence:
    """When something happens. Days are 0 (Monday) to 6.

    `weekly`, `drop_in`: on `days`. `fortnightly`: every fourteen days, counted from `anchor`.
    `monthly`: on the `nth` of `days` in a month, or the last. `dates`: on `dates` alone.
    `course` and `all_day`: on `days` inside `runs`; an all-day holiday club without runs has
    every holiday of its season. All but `dates` only happen in their season.
    """

    pattern: str
    days: tuple[int, ...] = ()
    starts: time | None = None
    ends: time | None = None
    season: str = ALL_YEAR
    anchor: date | None = None
    nth: int = 0
    dates: tuple[date, ...] = ()
    runs: tuple[tuple[date, date], ...] = ()
    off: tuple[Off, ...] = ()
    extra: tuple[Extra, ...] = ()
    key: str = ""
    part_of_day: str = ""

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Recurrence":
        """A recurrence as it is kept."""
        anchor = record.get("anchor")
        return cls(
            pattern=record["pattern"],
            days=tuple(sorted(record.get("days") or ())),
            starts=_time(record.get("start")),
            ends=_time(record.get("end")),
            season=record.get("season") or ALL_YEAR,
            anchor=date.fromisoformat(anchor) if anchor else None,
            nth=record.get("nth") or 0,
            dates=tuple(sorted(date.fromisoformat(day) for day in record.get("dates") or ())),
            runs=tuple(
                (date.fromisoformat(first), date.fromisoformat(last))
                for first, last in record.get("runs") or ()
            ),
            off=tuple(
                Off(date.fromisoformat(one["on"]), one.get("why", ""))
                for one in record.get("off") or ()
            ),
            extra=tuple(
                Extra(
                    date.fromisoformat(one["on"]),
                    _time(one.get("start")),
                    _time(one.get("end")),
                    one.get("why", ""),
                    one.get("part_of_day", ""),
                )
                for one in record.get("extra") or ()
            ),
            key=record.get("key", ""),
            part_of_day=record.get("part_of_day", ""),
        )

    def as_record(self) -> dict[str, Any]:
        """It as it is kept: plain JSON, without the parts that say nothing."""
        record = {
            "key": self.key,
            "pattern": self.pattern,
            "days": sorted(self.days),
            "start": _clock(self.starts),
            "end": _clock(self.ends),
            "season": self.season,
            "anchor": self.anchor.isoformat() if self.anchor else "",
            "nth": self.nth,
            "dates": [day.isoformat() for day in sorted(self.dates)],
            "runs": [[first.isoformat(), last.isoformat()] for first, last in sorted(self.runs)],
            "off": [
                {"on": one.on.isoformat(), "why": one.why}
                for one in sorted(self.off, key=lambda one: one.on)
            ],
            "extra": [
                {
                    "on": one.on.isoformat(),
                    "start": _clock(one.starts),
                    "end": _clock(one.ends),
                    "why": one.why,
                }
                for one in sorted(self.extra, key=lambda one: (one.on, _clock(one.starts)))
            ],
            "part_of_day": self.part_of_day,
        }
        return {name: value for name, value in record.items() if value}

    @property
    def is_bounded(self) -> bool:
        """Whether it comes to an end by itself."""
        return self.pattern == "dates" or bool(self.runs)

    def last_date(self, calendar: SchoolCalendar) -> date | None:
        """The last date of one that comes to an end by itself; None for one that goes on."""
        if not self.is_bounded:
            return None
        days = [*self.dates, *(day for run in self.runs for day in run)]
        days += [one.on for one in self.extra]
        found = dates_between(self, calendar, min(days), max(days))
        return found[-1].on if found else max(days)

    def weekdays(self, calendar: SchoolCalendar) -> tuple[int, ...]:
        """The days of the week on which it happens as a rule."""
        if not self.is_bounded:
            return self.days
        ends = [*self.dates, *(day for run in self.runs for day in run)]
        happening = _days_from(self, calendar, min(ends), max(ends))
        return tuple(sorted({day.weekday() for day in happening})) or self.days

    def follows_terms(self) -> bool:
        """Whether the calendar of school terms decides when it happens."""
        return self.season != ALL_YEAR and self.pattern != "dates"


@dataclass(frozen=True)
class NextDates:
    """The dates to come. `unknown_after` is the end of the calendar of terms, where there would
    be more dates if it went on."""

    dates: tuple[Occurrence, ...]
    unknown_after: date | None = None

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to come, as far as anybody knows."""
        return not self.dates and self.unknown_after is None


def dates_between(
    recurrence: Recurrence, calendar: SchoolCalendar, first: date, last: date
) -> list[Occurrence]:
    """Every date on which it happens between two days, both included, in order."""
    return list(_occurrences(recurrence, calendar, first, last))


def next_dates(
    recurrences: Iterable[Recurrence],
    calendar: SchoolCalendar,
    after: datetime,
    count: int,
    last_on: date | None = None,
) -> NextDates:
    """The next dates of all of these together, those that have not ended by `after`.

    `after` is an instant, told by the clock on the council's wall. `last_on` is the last day of
    the whole activity, where it has one.
    """
    wanted = list(recurrences)
    local = after.astimezone(LONDON)
    farthest = local.date() + timedelta(days=FARTHEST)
    until = min(last_on, farthest) if last_on else farthest
    coming = (
        one
        for one in merge(*(_occurrences(r, calendar, local.date(), until) for r in wanted))
        if one.ends_at > local
    )
    found = tuple(islice(coming, count))
    would_go_on = any(r.follows_terms() and not r.is_bounded for r in wanted)
    if len(found) < count and would_go_on and until > calendar.last:
        return NextDates(found, calendar.last)
    return NextDates(found)


def last_date(recurrences: Iterable[Recurrence], calendar: SchoolCalendar) -> date | None:
    """The last date of several, where every one of them comes to an end by itself."""
    ends = [one.last_date(calendar) for one in recurrences]
    known = [day for day in ends if day is not None]
    return max(known) if known and len(known) == len(ends) else None


def _occurrences(
    recurrence: Recurrence, calendar: SchoolCalendar, first: date, last: date
) -> Iterator[Occurrence]:
    """In order. An extra date at the very time of a usual one is the same date."""
    extras = sorted(
        (_occurrence(one.on, one.starts, one.ends, one.part_of_day, one.why))
        for one in recurrence.extra
        if first <= one.on <= last
    )
    usual = (
        _occurrence(day, recurrence.starts, recurrence.ends, recurrence.part_of_day)
        for day in _days_from(recurrence, calendar, first, last)
    )
    seen: tuple[date, time] | None = None
    for one in merge(usual, extras):
        if (one.on, one.starts) != seen:
            yield one
        seen = (one.on, one.starts)


def _days_from(
    recurrence: Recurrence, calendar: SchoolCalendar, first: date, last: date
) -> Iterator[date]:
    """The usual days, less those that are off."""
    off = {one.on for one in recurrence.off}
    for day in _days_to_try(recurrence, first, last):
        if day not in off and _happens_on(recurrence, calendar, day):
            yield day


def _days_to_try(recurrence: Recurrence, first: date, last: date) -> Iterator[date]:
    """Its days of the week, in order: on no other can it happen. Of listed dates, those."""
    if recurrence.pattern == "dates":
        yield from sorted({day for day in recurrence.dates if first <= day <= last})
        return
    week = sorted({(day - first.weekday()) % 7 for day in recurrence.days})
    days = (last - first).days
    for start in range(0, days + 1, 7):
        for step in week:
            if start + step <= days:
                yield first + timedelta(days=start + step)


def _happens_on(recurrence: Recurrence, calendar: SchoolCalendar, day: date) -> bool:
    pattern = recurrence.pattern
    if pattern == "dates":
        return day in recurrence.dates
    if day.weekday() not in recurrence.days:
        return False
    if pattern == "fortnightly" and (
        recurrence.anchor is None or (day - recurrence.anchor).days % 14
    ):
        return False
    if pattern == "monthly" and not _is_nth(day, recurrence.nth):
        return False
    if recurrence.runs and not any(first <= day <= last for first, last in recurrence.runs):
        return False
    return calendar.is_in(recurrence.season, day)


def _is_nth(day: date, nth: int) -> bool:
    if nth == LAST_OF_MONTH:
        return (day + _ONE_WEEK).month != day.month
    return (day.day - 1) // 7 + 1 == nth


def _occurrence(
    day: date, starts: time | None, ends: time | None, part_of_day: str, why: str = ""
) -> Occurrence:
    """A date without clock times lasts all day, so that it is to come until midnight."""
    if starts is None or ends is None:
        return Occurrence(day, time(0), time(23, 59), False, part_of_day, why)
    return Occurrence(day, starts, ends, True, "", why)


def _clock(moment: time | None) -> str:
    return moment.strftime("%H:%M") if moment else ""


def _time(text: Any) -> time | None:
    return time.fromisoformat(text) if text else None
