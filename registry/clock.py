"""The only source of time. Instants are UTC; days are days in Wolverhampton."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """This instant, in UTC and aware of it."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date where the council is: a listing ends at local midnight, not at UTC's."""
    return now().astimezone(LONDON).date()


def local(instant: datetime) -> datetime:
    """The same instant as a clock on the council's wall shows it."""
    return instant.astimezone(LONDON)
