"""By when a club may appeal, and by when it is answered. Pure."""

from datetime import date

import pytest

from registry import working_days
from registry.appeals.rules import answer_by, is_in_time, last_day_to_ask


def day(written: str) -> date:
    """A day of 2026, or of the year that is given."""
    return date.fromisoformat(written if len(written) > 5 else f"2026-{written}")


@pytest.mark.parametrize(
    ("decided", "last"),
    [
        ("11-02", "11-30"),  # a plain month of four weeks
        ("11-01", "11-27"),  # decided on a Sunday: Monday is day 1
        ("10-31", "11-27"),
        ("12-04", "2027-01-06"),  # Christmas, Boxing Day on the Monday, and New Year's Day
        ("12-24", "2027-01-26"),
        ("03-27", "04-28"),  # Good Friday and Easter Monday
        ("04-30", "06-01"),  # both bank holidays of May
        ("08-14", "09-14"),  # the one in August
    ],
)
def test_the_last_day_is_the_twentieth_working_day(decided: str, last: str) -> None:
    assert last_day_to_ask(day(decided)) == answer_by(day(decided)) == day(last)


@pytest.mark.parametrize(
    ("asked", "in_time"),
    [("11-02", True), ("11-27", True), ("11-30", True), ("12-01", False), ("2027-11-02", False)],
)
def test_day_20_is_in_time_and_day_21_is_not(asked: str, in_time: bool) -> None:
    assert is_in_time(day("11-02"), day(asked)) is in_time


def test_days_on_which_the_council_is_closed_do_not_count(monkeypatch) -> None:
    monkeypatch.setattr(working_days, "_closed_days", lambda: {day("11-16"), day("11-30")})
    assert last_day_to_ask(day("11-02")) == day("12-02")
    assert is_in_time(day("11-02"), day("12-02"))
