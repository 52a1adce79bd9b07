"""How long an answer about today may be kept. Pure."""

from datetime import UTC, datetime, time, timedelta

from registry.clock import LONDON, local

LONGEST = 60


def seconds_it_holds(now: datetime) -> int:
    """A minute at most, and never past midnight where the council is: listings end then."""
    tomorrow = local(now).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(0), LONDON).astimezone(UTC)
    return max(0, min(LONGEST, int((midnight - now.astimezone(UTC)).total_seconds())))
