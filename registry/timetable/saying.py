"""How a recurrence is said in plain words: “Every other Tuesday”, “First Saturday of the month”.

Takes recurrences as they are kept, on a card or in a club's records. Where clock times may not be
public there are none to say, and the part of the day stands in their place.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from registry.timetable.recurrence import LAST_OF_MONTH, NextDates, Occurrence
from registry.timetable.terms import ALL_YEAR
from registry.web.formats import (
    DAY_NAMES,
    clock_time,
    in_words,
    long_date,
    plural,
    time_range,
    weekday,
)

Record = Mapping[str, Any]

SEASONS = {
    "term": "term time",
    "half_term": "half terms",
    "easter": "Easter holidays",
    "summer": "summer holidays",
    "christmas": "Christmas holidays",
    "holidays": "school holidays",
    "all_year": "all year",
}
# In the middle of a sentence: “Monday to Friday in the Easter holidays”.
IN_SEASON = {
    "term": "in term time",
    "half_term": "in half terms",
    "easter": "in the Easter holidays",
    "summer": "in the summer holidays",
    "christmas": "in the Christmas holidays",
    "holidays": "in school holidays",
    "all_year": "all year",
}
NTH = {1: "First", 2: "Second", 3: "Third", 4: "Fourth", LAST_OF_MONTH: "Last"}
MOST_DATES_SAID = 3
# Those that are said by their days alone, so that several of them are said together.
_BY_DAY = ("weekly", "drop_in")


class Told(NamedTuple):
    """When something happens in three parts, any of which may be empty but the first."""

    days: str
    time: str
    season: str


class Different(NamedTuple):
    """A single day that is not as the rule has it, and what is said of it."""

    on: str
    said: str


def told(record: Record) -> Told:
    """One recurrence: “Every other Tuesday”, “5pm to 6pm”, “term time”."""
    return Told(_days(record), times(record), _season(record))


def told_together(records: Iterable[Record]) -> Told:
    """Several in one line: “Mondays and Thursdays”, “5pm to 6pm”, “all year”."""
    ones = in_order(records)
    by_day = [one for one in ones if one["pattern"] in _BY_DAY]
    phrases = [days_in_words(day for one in by_day for day in one["days"])] if by_day else []
    if by_day and all(one["pattern"] == "drop_in" for one in by_day):
        phrases = [f"{phrases[0]}, drop in"]
    phrases += [_days(one) for one in ones if one["pattern"] not in _BY_DAY]
    phrases = list(dict.fromkeys(phrases))
    said = phrases[:1] + [_inside(phrase) for phrase in phrases[1:]]
    clock = list(dict.fromkeys(filter(None, map(times, ones))))
    seasons = dict.fromkeys(filter(None, map(_season, ones)))
    when = "different times" if len(clock) > 1 else "".join(clock)
    # “Term time and all year” says nothing: each session says its own on the page.
    season = "" if SEASONS[ALL_YEAR] in seasons and len(seasons) > 1 else in_words(seasons)
    return Told(in_words(said), when, season)


def sentence(record: Record) -> str:
    """“Every other Tuesday, 5pm to 6pm, term time”."""
    return ", ".join(filter(None, told(record)))


def in_full(records: Iterable[Record]) -> list[str]:
    """Every session, and every single day that differs, those that are past too."""
    ones = in_order(records)
    return [*map(sentence, ones), *(one.said for one in exceptions(ones, date.min))]


def times(record: Record) -> str:
    """“4.30pm to 5.30pm”, “any time from 10am to noon”, or “after school”."""
    start, end = record.get("start"), record.get("end")
    if start and end:
        said = time_range(start, end)
        return f"any time from {said}" if record["pattern"] == "drop_in" else said
    return str(record.get("part_of_day") or "")


def days_in_words(days: Iterable[int], last: str = "and") -> str:
    """“Mondays and Thursdays”, “Monday to Friday”, “Every day”."""
    chosen = tuple(sorted(set(days)))
    if len(chosen) == len(DAY_NAMES):
        return "Every day"
    in_a_row = len(chosen) > 2 and chosen[-1] - chosen[0] == len(chosen) - 1
    if in_a_row and last == "and":
        return f"{DAY_NAMES[chosen[0]]} to {DAY_NAMES[chosen[-1]]}"
    return in_words((f"{DAY_NAMES[day]}s" for day in chosen), last=last)


def in_order(records: Iterable[Record]) -> list[Record]:
    """Through the week from Monday on, then what has dates of its own."""
    return sorted(
        records,
        key=lambda one: (
            not one.get("days"),
            min(one.get("days") or (0,)),
            min(one.get("dates") or ("",)),
            str(one.get("start") or ""),
            str(one.get("key") or ""),
        ),
    )


def exceptions(records: Iterable[Record], today: date) -> list[Different]:
    """What is different from the rule on single days, today and later, in order."""
    found: set[Different] = set()
    for one in records:
        for off in one.get("off") or ():
            said = f"Not on {day_in_words(off['on'], today)}{_why(off)}"
            found.add(Different(off["on"], said))
        for extra in one.get("extra") or ():
            clock = times({**extra, "pattern": ""})
            said = ", ".join(filter(None, (f"Also on {day_in_words(extra['on'], today)}", clock)))
            found.add(Different(extra["on"], f"{said}{_why(extra)}"))
    return [one for one in sorted(found) if one.on >= today.isoformat()]


def occurrence_in_words(one: Occurrence, today: date) -> str:
    """“Tuesday 24 November, 4.30pm”; with the year where it is another one."""
    when = clock_time(one.starts) if one.has_times else one.part_of_day
    return ", ".join(filter(None, (day_in_words(one.on, today), when)))


def next_in_words(coming: NextDates, today: date) -> str:
    """“Next: Tuesday 24 November, 4.30pm”, or honestly why there is no date to give."""
    if coming.dates:
        return f"Next: {occurrence_in_words(coming.dates[0], today)}"
    if coming.unknown_after:
        return (
            f"We have no school term dates after {long_date(coming.unknown_after)} yet. "
            "Ask the club for the next date."
        )
    return "There are no more dates. Ask the club if it will start again."


def day_in_words(day: date | str, today: date) -> str:
    """“Tuesday 24 November”, and “Tuesday 5 January 2027” in another year than this."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    said = f"{weekday(day)} {day.day} {day:%B}"
    return said if day.year == today.year else f"{said} {day.year}"


def _days(record: Record) -> str:
    pattern, days = record["pattern"], tuple(record.get("days") or ())
    if pattern == "dates":
        return _dates(record["dates"])
    if pattern == "fortnightly":
        return f"Every other {DAY_NAMES[days[0]]}"
    if pattern == "monthly":
        return f"{NTH[record['nth']]} {DAY_NAMES[days[0]]} of the month"
    said = days_in_words(days)
    if pattern == "drop_in":
        return f"{said}, drop in"
    if record.get("runs"):
        return f"{said}, {in_words(map(_run, record['runs']))}"
    if pattern == "all_day":
        return f"{said} {IN_SEASON[record.get('season') or ALL_YEAR]}"
    return said


def _season(record: Record) -> str:
    """The part of the year, where the days do not say it already."""
    season = record.get("season") or ""
    if record["pattern"] in ("dates", "all_day") or (record.get("runs") and season == ALL_YEAR):
        return ""
    return SEASONS.get(season, "")


def _dates(dates: Iterable[str]) -> str:
    """“5, 12 and 19 December 2026”; many are told by how many, from when and until when."""
    days = sorted(date.fromisoformat(day) for day in dates)
    if len(days) == 1:
        return f"{weekday(days[0])} {long_date(days[0])}"
    if len(days) > MOST_DATES_SAID:
        count = plural(len(days), "date", "dates")
        return f"{count}, {long_date(days[0])} to {long_date(days[-1])}"
    if len({(day.year, day.month) for day in days}) == 1:
        return f"{in_words(day.day for day in days)} {days[0]:%B} {days[0].year}"
    return in_words(map(long_date, days))


def _run(run: Iterable[str]) -> str:
    """“12 January to 30 March 2027”."""
    first, last = map(date.fromisoformat, run)
    if first == last:
        return f"on {long_date(first)}"
    begins = long_date(first)
    if first.year == last.year:
        begins = str(first.day) if first.month == last.month else f"{first.day} {first:%B}"
    return f"{begins} to {long_date(last)}"


def _why(one: Record) -> str:
    return f". {one['why']}" if one.get("why") else ""


def _inside(phrase: str) -> str:
    """A phrase in the middle of a line: “the first Saturday of the month”."""
    if phrase.startswith(tuple(NTH.values())):
        return f"the {phrase[0].lower()}{phrase[1:]}"
    return phrase[0].lower() + phrase[1:] if phrase.startswith("Every") else phrase
