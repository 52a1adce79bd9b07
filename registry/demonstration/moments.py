"""What happened, and when: an act of the invented past with its instant."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from registry import clock
from registry.working_days import is_working_day

Part = tuple[datetime, Callable[[], None]]


def at_desk(today: date, days_ago: int, hour: int, minute: int = 10) -> datetime:
    """That day at the council, or the next day on which it works; never later than yesterday."""
    day = today - timedelta(days=days_ago)
    while not is_working_day(day):
        day += timedelta(days=1)
    return on(min(day, today - timedelta(days=1)), hour, minute)


def on(day: date, hour: int, minute: int) -> datetime:
    """A time of a day on the council's wall."""
    return datetime.combine(day, time(hour, minute), clock.LONDON)
