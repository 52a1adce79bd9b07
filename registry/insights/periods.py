"""The time that a report tells of: the last 12 months, or a year. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from registry.clock import LONDON

__all__ = ["LAST_TWELVE", "Month", "Period", "choices", "period_of"]

LAST_TWELVE = "12-months"
FIRST_YEAR = 2024
NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, order=True)
class Month:
    """One month of one year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month of a day."""
        return cls(day.year, day.month)

    @property
    def label(self) -> str:
        """November 2026."""
        return f"{NAMES[self.number - 1]} {self.year}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    def later(self, months: int) -> "Month":
        """So many months later, or earlier."""
        years, number = divmod(self.number - 1 + months, 12)
        return Month(self.year + years, number + 1)


@dataclass(frozen=True)
class Period:
    """Twelve months, one after the other. `key` is how an address says it."""

    key: str
    label: str
    months: tuple[Month, ...]

    @property
    def begins_at(self) -> datetime:
        """The instant at which it begins where the council is."""
        return _midnight(self.months[0].first)

    @property
    def ends_at(self) -> datetime:
        """The first instant after it."""
        return _midnight(self.months[-1].later(1).first)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.months[-1].later(1).first - timedelta(days=1)


def period_of(key: str, today: date) -> Period:
    """The period of an address; the last 12 months, this one included, for whatever is none."""
    if key.isascii() and key.isdigit() and FIRST_YEAR <= int(key) <= today.year:
        first = Month(int(key), 1)
        return Period(key, key, tuple(first.later(n) for n in range(12)))
    first = Month.of(today).later(-11)
    return Period(LAST_TWELVE, "Last 12 months", tuple(first.later(n) for n in range(12)))


def choices(first_year: int, today: date) -> list[tuple[str, str]]:
    """What may be chosen: the last 12 months, then each year, the latest first."""
    years = range(today.year, max(FIRST_YEAR, min(first_year, today.year)) - 1, -1)
    return [(LAST_TWELVE, "Last 12 months"), *((str(year), str(year)) for year in years)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
