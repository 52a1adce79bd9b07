"""For how long an answer about today may be kept."""

from datetime import UTC, datetime

import pytest

from registry.clock import LONDON
from registry.verifying.freshness import seconds_it_holds


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        ("2026-11-22 12:00:00", 60),
        ("2026-11-22 23:58:59", 60),
        ("2026-11-22 23:59:00", 60),
        ("2026-11-22 23:59:30", 30),
        ("2026-11-22 23:59:59.5", 0),
        ("2026-11-23 00:00:00", 60),
        ("2026-07-01 23:59:30", 30),  # summer: 22:59:30 by UTC
        ("2026-03-29 00:59:30", 60),  # the hour that is left out comes next
        ("2026-03-29 23:59:30", 30),
        ("2026-10-25 00:30:00", 60),  # the day of 25 hours
        ("2026-10-25 23:59:30", 30),
        ("2026-12-31 23:59:30", 30),
    ],
)
def test_a_minute_and_never_past_midnight(moment, seconds):
    local = datetime.fromisoformat(moment).replace(tzinfo=LONDON)
    assert seconds_it_holds(local.astimezone(UTC)) == seconds
    assert seconds_it_holds(local) == seconds


def test_the_night_of_the_changed_clock_is_as_long_as_it_is():
    """23:59:30 by summer time is half a minute from midnight, though UTC has an hour to go."""
    assert seconds_it_holds(datetime(2026, 10, 24, 22, 59, 30, tzinfo=UTC)) == 30
    assert seconds_it_holds(datetime(2026, 10, 25, 23, 59, 30, tzinfo=UTC)) == 30
