"""Ages are asked in years and kept in months."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.organisations.ages import (
    Age,
    ages_in_a_line,
    ages_label,
    ends_of,
    months_from,
    oldest_allowed,
    read_age,
    said_in,
    years_from,
)

years = st.integers(0, 25)


@pytest.mark.parametrize(
    ("asked", "months", "label"),
    [
        ((5, 11), (60, 143), "5 to 11"),
        ((0, 0), (0, 11), "Under 1"),
        ((0, 4), (0, 59), "Birth to 4"),
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


@pytest.mark.parametrize(
    ("typed", "months", "label", "line"),
    [
        (("5", "11"), (60, 143), "5 to 11", "Ages 5 to 11"),
        (("7", "7 years"), (84, 95), "7", "Age 7"),
        (("0", "4"), (0, 59), "Birth to 4", "Ages birth to 4"),
        (("6 months", "18 months"), (6, 18), "6 to 18 months", "Ages 6 to 18 months"),
        (("0 months", "18 mths"), (0, 18), "Birth to 18 months", "Ages birth to 18 months"),
        (("6 months", "3"), (6, 47), "6 months to 3", "Ages 6 months to 3"),
        (("1 month", "1 month"), (1, 1), "1 month", "Age 1 month"),
        (("2", "30 months"), (24, 30), "2 to 30 months", "Ages 2 to 30 months"),
        (
            ("Reception", "Year 6"),
            (48, 143),
            "Reception to Year 6",
            "Reception to Year 6 (ages 4 to 11)",
        ),
        (("year 1", "yr 1"), (60, 83), "Year 1", "Year 1 (ages 5 to 6)"),
        (("Y7", "Y13"), (132, 227), "Year 7 to Year 13", "Year 7 to Year 13 (ages 11 to 18)"),
    ],
)
def test_ages_as_people_say_them(typed, months, label, line):
    youngest, oldest = map(read_age, typed)
    said = said_in(youngest, oldest)
    assert (youngest.first_month, oldest.last_month) == months
    least, most = months
    assert ages_label(least, most, said) == label
    assert ages_in_a_line(least, most, said) == line


@pytest.mark.parametrize("typed", ["", "five", "5.5", "-1", "Year 0", "Year 14", "٥", "5 weeks"])
def test_what_is_no_age(typed):
    assert read_age(typed) is None


months_or_years = st.one_of(
    st.integers(0, 25).map(Age), st.integers(0, 35).map(lambda n: Age(n, "months"))
)
school_years = st.integers(0, 13).map(lambda n: Age(n, "school"))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(st.tuples(months_or_years, months_or_years), st.tuples(school_years, school_years))
)
def test_what_is_kept_is_said_again_as_the_same_months(ages):
    youngest, oldest = ages
    kept = (youngest.first_month, oldest.last_month, said_in(youngest, oldest))
    again = ends_of(*kept)
    assert (again[0].first_month, again[1].last_month) == kept[:2]
    assert tuple(read_age(str(age)) for age in again) == again
