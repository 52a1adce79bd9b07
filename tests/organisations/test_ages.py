"""Ages are asked in years and kept in months."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.organisations.ages import ages_label, months_from, oldest_allowed, years_from

years = st.integers(0, 25)


@pytest.mark.parametrize(
    ("asked", "months", "label"),
    [
        ((5, 11), (60, 143), "5 to 11"),
        ((0, 0), (0, 11), "Under 1"),
        ((0, 4), (0, 59), "Under 1 to 4"),
        ((7, 7), (84, 95), "7"),
        ((18, 25), (216, 311), "18 to 25"),
    ],
)
def test_years_to_months(asked, months, label):
    assert months_from(*asked) == months
    assert ages_label(*months) == label


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(years, years)
def test_there_and_back(youngest, oldest):
    assert years_from(*months_from(youngest, oldest)) == (youngest, oldest)


@pytest.mark.parametrize(
    ("codes", "oldest"),
    [
        ([], 18),
        (["sport.football"], 18),
        (["sport.football", "send.club"], 25),
        (["tuition.send"], 25),
        (["tuition.group"], 18),
        (["sport.disability_sport"], 25),
        (["wellbeing.send"], 18),
    ],
)
def test_up_to_18_or_25_for_special_needs(codes, oldest):
    assert oldest_allowed(codes) == oldest
