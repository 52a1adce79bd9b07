"""How dates, times, money and lists are said in pages and emails.

Dates are given in full, times with "to" and no dash, money in pounds; each rule has one
function here, which is also the template filter of the same name. A card keeps dates and times
as ISO text, so every function takes that as well.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from flask import Flask

from registry.clock import local

Day = date | str
Clock = time | str

NOON = time(12)
MIDNIGHT = time(0)
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_date(day: Day | None) -> str:
    """22 November 2026. Nothing gives nothing, so that a template needs no test."""
    if day is None or day == "":
        return ""
    day = _day(day)
    return f"{day.day} {day:%B} {day.year}"


def short_date(day: Day | None) -> str:
    """22 Nov 2026, for tables and tight places."""
    if day is None or day == "":
        return ""
    day = _day(day)
    return f"{day.day} {day:%b} {day.year}"


def weekday(day: Day | int) -> str:
    """Monday, from a date or from the number of a day (Monday is 0)."""
    return DAY_NAMES[day] if isinstance(day, int) else DAY_NAMES[_day(day).weekday()]


def clock_time(moment: Clock | datetime) -> str:
    """4.30pm, 4pm, noon. An instant is told by the clock on the council's wall."""
    if isinstance(moment, datetime):
        moment = local(moment).time()
    elif isinstance(moment, str):
        moment = time.fromisoformat(moment)
    moment = moment.replace(second=0, microsecond=0)
    if moment == NOON:
        return "noon"
    if moment == MIDNIGHT:
        return "midnight"
    hour = moment.hour % 12 or 12
    minutes = f".{moment.minute:02}" if moment.minute else ""
    return f"{hour}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def time_range(start: Clock, end: Clock) -> str:
    """4pm to 5.30pm."""
    return f"{clock_time(start)} to {clock_time(end)}"


def date_and_time(instant: datetime) -> str:
    """22 November 2026 at 4.30pm, where the council is."""
    return f"{long_date(local(instant).date())} at {clock_time(instant)}"


def money(pence: int) -> str:
    """350 is £3.50, 400 is £4, 0 is Free."""
    if pence == 0:
        return "Free"
    pounds, rest = divmod(pence, 100)
    return f"£{pounds:,}.{rest:02}" if rest else f"£{pounds:,}"


def miles(distance: float) -> str:
    """0.2 miles, 1 mile, 12 miles. A neighbour is never "0 miles" away."""
    if distance < 0.05:
        return "less than 0.1 miles"
    rounded = round(distance) if distance >= 10 else round(distance, 1)
    return "1 mile" if rounded == 1 else f"{rounded:g} miles"


def in_words(things: Iterable[object], last: str = "and") -> str:
    """a, b and c."""
    words = [str(thing) for thing in things]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def plural(count: int, one: str, many: str) -> str:
    """1 club, 2 clubs, 1,204 clubs."""
    return f"{count:,} {one if count == 1 else many}"


def telephone_link(number: str) -> str:
    """The address that calls a number: only what a telephone can dial."""
    dialled = "".join(letter for letter in number if letter in "+0123456789")
    return f"tel:{dialled}"


def with_numbers(text: str, numbers: Mapping[str, str]) -> str:
    """A text of the criteria with the telephone numbers that it leaves room for, such as {mash}."""
    for name, number in numbers.items():
        text = text.replace(f"{{{name}}}", number)
    return text


FILTERS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        clock_time,
        date_and_time,
        in_words,
        long_date,
        miles,
        money,
        plural,
        short_date,
        telephone_link,
        time_range,
        weekday,
        with_numbers,
    )
}


def add_formats(app: Flask) -> None:
    """Give every template the filters of this page."""
    app.jinja_env.filters.update(FILTERS)


def _day(day: Day) -> date:
    if isinstance(day, str):
        return date.fromisoformat(day[:10])
    return local(day).date() if isinstance(day, datetime) else day
