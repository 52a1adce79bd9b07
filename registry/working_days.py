"""Working days: neither weekends, nor England's bank holidays, nor the council's closure days."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

import holidays


def add_working_days(day: date, count: int, closed: Collection[date] = ()) -> date:
    """The last of `count` working days; day 1 is the first working day after `day` (B.9)."""
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day, closed):
            count -= 1
    return day


def working_days_between(start: date, end: date, closed: Collection[date] = ()) -> int:
    """How many working days lie after `start`, up to and with `end`."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, closed) for day in days)


def is_working_day(day: date, closed: Collection[date] = ()) -> bool:
    """Whether the council works on that day."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year) and day not in closed


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
