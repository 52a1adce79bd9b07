"""Calendar months: the edges on which a club is listed or gone (domain B.2, F1, F2)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.criteria.dates import add_months, is_within_months, written_date
from registry.criteria.evaluation import listed_until


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 11, 22), 12, date(2026, 11, 22)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 8, 31), 15, date(2027, 11, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(9999, 11, 5), 1, date(9999, 12, 5)),
        (date(1, 2, 5), -1, date(1, 1, 5)),
        (date(9999, 6, 1), 12, date.max),
        (date(1, 1, 1), -1, date.min),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("done_on", "today", "good"),
    [
        (date(2025, 11, 22), date(2026, 11, 22), True),
        (date(2025, 11, 22), date(2026, 11, 23), False),
        (date(2024, 2, 29), date(2025, 2, 28), True),
        (date(2024, 2, 29), date(2025, 3, 1), False),
        (date(2026, 11, 22), date(2026, 11, 22), True),
        (date(2026, 11, 23), date(2026, 11, 22), False),
    ],
)
def test_a_review_is_good_through_its_day_a_year_later_and_over_the_next(done_on, today, good):
    assert is_within_months(done_on, 12, today) is good


@pytest.mark.parametrize(
    ("decision_on", "reviewed_on", "last_day"),
    [
        (date(2026, 11, 22), date(2026, 11, 20), date(2027, 11, 20)),
        (date(2026, 11, 22), date(2025, 12, 22), date(2026, 12, 22)),  # eleven months buy one
        (date(2026, 2, 1), date(2025, 10, 22), date(2026, 10, 22)),
        (date(2026, 2, 1), date(2026, 11, 20), date(2027, 2, 1)),
        (date(2024, 2, 29), date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_a_listing_ends_a_year_after_the_decision_or_the_review_whichever_is_first(
    decision_on, reviewed_on, last_day
):
    assert listed_until(decision_on, reviewed_on) == last_day


@pytest.mark.parametrize(
    "written",
    [None, 20261122, "22/11/2026", "2026-11-31", "2026-W47-7", "20261122", "", [], "0000-01-01"],
)
def test_what_is_not_a_date_is_none(written):
    assert written_date(written) is None


def test_a_date_is_written_year_first():
    assert written_date("2026-11-22") == date(2026, 11, 22)


@given(st.dates(), st.integers(-30_000, 30_000))
def test_adding_months_never_fails_and_moves_the_right_way(day, months):
    moved = add_months(day, months)
    if months >= 0:
        assert moved >= day
    else:
        assert moved <= day


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_the_month_is_right_and_the_day_never_grows(day, months):
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day
