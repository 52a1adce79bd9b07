"""Calendar months, as the criteria count them (domain B.2).

A review of 22 November 2025 is good through 22 November 2026 and over from the 23rd. The last
day of a short month stands in for a day that month does not have: 29 February 2024 → 28 February
2025.
"""

import re
from calendar import monthrange
from datetime import date
from typing import Any

__all__ = ["add_months", "is_within_months", "written_date"]

_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def add_months(day: date, months: int) -> date:
    """The same day of the month, so many months later; the month's last day where there is none.

    Stops at the ends of the calendar instead of failing, so that a nonsense year is only old
    or far away.
    """
    index = day.year * 12 + (day.month - 1) + months
    if index < 12:
        return date.min
    if index > 9999 * 12 + 11:
        return date.max
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_within_months(done_on: date, months: int, today: date) -> bool:
    """Whether something done on that day is still good today: through the day itself, not after."""
    return done_on <= today <= add_months(done_on, months)


def written_date(value: Any) -> date | None:
    """The date written as YYYY-MM-DD, or None for anything else."""
    if not isinstance(value, str) or not _WRITTEN.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
