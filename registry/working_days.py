"""Working days: neither weekends, nor England's bank holidays, nor the council's closure days.

Pure but for one thing: which days the council is closed is told at the start (`close_on`), because
an administrator may add one at any time.
"""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from functools import cache

import holidays

ClosedDays = Callable[[], Collection[date]]


def _never() -> Collection[date]:
    return ()


_closed_days: ClosedDays = _never


def close_on(closed_days: ClosedDays) -> None:
    """Say who knows the council's closure days, for everybody who counts working days."""
    global _closed_days
    _closed_days = closed_days


def add_working_days(day: date, count: int, closed: Collection[date] | None = None) -> date:
    """The last of `count` working days; day 1 is the first working day after `day` (B.9).

    `closed` are the council's closure days, if others than it keeps are meant.
    """
    closed = _closed_days() if closed is None else closed
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day, closed):
            count -= 1
    return day


def working_days_between(start: date, end: date, closed: Collection[date] | None = None) -> int:
    """How many working days lie after `start`, up to and with `end`."""
    closed = _closed_days() if closed is None else closed
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, closed) for day in days)


def is_working_day(day: date, closed: Collection[date] | None = None) -> bool:
    """Whether the council works on that day."""
    closed = _closed_days() if closed is None else closed
    return day.weekday() < 5 and day not in _bank_holidays(day.year) and day not in closed


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
