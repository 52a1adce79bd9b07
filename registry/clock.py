"""The only source of time. Instants are UTC; days are days in Wolverhampton."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)


def now() -> datetime:
    """This instant, in UTC and aware of it."""
    return _stopped_at.get() or datetime.now(UTC)


def today() -> date:
    """Today's date where the council is: a listing ends at local midnight, not at UTC's."""
    return now().astimezone(LONDON).date()


def local(instant: datetime) -> datetime:
    """The same instant as a clock on the council's wall shows it."""
    return instant.astimezone(LONDON)


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Do what is inside as if it were an earlier instant, at which the clock stands still.

    For the invented past of a demonstration and for nothing else (a test holds who calls it).
    Refuses an instant that is still to come: nobody did anything tomorrow.
    """
    if instant.astimezone(UTC) > datetime.now(UTC):
        raise ValueError("the clock cannot be put forward")
    token = _stopped_at.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _stopped_at.reset(token)
