"""Patterns and dates of a card: the same days as on our own pages."""

from datetime import date, timedelta
from typing import Any

import pytest

from registry.opendata.openactive.schedules import AHEAD, dates_to_come, partial_schedules
from registry.timetable.recurrence import Recurrence, dates_between
from registry.timetable.terms import SchoolCalendar, TermBlock

TERMS = SchoolCalendar(
    (
        TermBlock(date(2026, 9, 7), date(2026, 10, 23), "half_term"),
        TermBlock(date(2026, 11, 2), date(2026, 12, 18), "christmas"),
        TermBlock(date(2027, 1, 4), date(2027, 2, 12), "half_term"),
    )
)
TODAY, UNTIL = date(2026, 11, 23), date(2027, 2, 28)
TUESDAY = {"key": "a1", "pattern": "weekly", "days": [1], "start": "16:30", "end": "17:30"}


def told(*sessions: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"sessions": list(sessions), "read_on": "2026-10-01", "last_on": None, **changes}


def patterns(*sessions: dict[str, Any], **changes: Any) -> list[dict[str, Any]]:
    return partial_schedules(told(*sessions, **changes), UNTIL, TERMS)


def days(*sessions: dict[str, Any], until: date = UNTIL, **changes: Any) -> list[str]:
    document = told(*sessions, **changes)
    return [one.on.isoformat() for one in dates_to_come(document, until, TERMS, TODAY)]


def test_a_weekly_session_has_its_day_its_time_and_whose_clock_it_is() -> None:
    assert patterns(TUESDAY) == [
        {
            "@type": "PartialSchedule",
            "repeatFrequency": "P1W",
            "byDay": ["https://schema.org/Tuesday"],
            "startTime": "16:30",
            "endTime": "17:30",
            "scheduleTimezone": "Europe/London",
            "startDate": "2026-10-06",
        }
    ]


def test_in_term_time_each_term_is_said_and_days_off_are_left_out() -> None:
    off = [{"on": "2026-11-10", "why": "No hall"}, {"on": "2026-12-22", "why": "Never was one"}]
    found = patterns({**TUESDAY, "season": "term", "off": off})
    assert [(one["startDate"], one["endDate"]) for one in found] == [
        ("2026-10-06", "2026-10-20"),
        ("2026-11-03", "2026-12-15"),
        ("2027-01-05", "2027-02-09"),
    ]
    assert [one.get("exceptDate") for one in found] == [None, ["2026-11-10"], None]


@pytest.mark.parametrize(("nth", "said"), [(2, "2TU"), (-1, "-1TU")])
def test_a_day_in_the_month_is_said_as_calendars_say_it(nth: int, said: str) -> None:
    (found,) = patterns({**TUESDAY, "pattern": "monthly", "nth": nth})
    assert (found["repeatFrequency"], found["byDay"]) == ("P1M", [said])


def test_every_other_week_begins_on_a_day_when_it_happens() -> None:
    (found,) = patterns({**TUESDAY, "pattern": "fortnightly", "anchor": "2026-11-24"})
    assert (found["repeatFrequency"], found["startDate"]) == ("P2W", "2026-10-13")


def test_single_dates_and_extra_days_are_said_one_by_one() -> None:
    dates = {"key": "b", "pattern": "dates", "dates": ["2026-12-01", "2026-12-05"]}
    times = {"start": "10:00", "end": "12:00"}
    found = patterns({**dates, **times})
    assert [(one["startDate"], one["endDate"]) for one in found] == [
        ("2026-12-01", "2026-12-01"),
        ("2026-12-05", "2026-12-05"),
    ]
    extra = [{"on": "2026-12-10", "start": "18:00", "end": "19:00", "why": "Show"}]
    *_, last = patterns({**TUESDAY, "extra": extra})
    assert (last["startDate"], last["startTime"], last["repeatCount"]) == ("2026-12-10", "18:00", 1)


def test_what_has_no_date_in_its_listing_still_says_its_day() -> None:
    (found,) = patterns({**TUESDAY, "season": "summer"})
    assert "startDate" not in found and found["byDay"] == ["https://schema.org/Tuesday"]
    past = {
        "key": "b",
        "pattern": "dates",
        "dates": ["2025-12-01"],
        "start": "10:00",
        "end": "12:00",
    }
    assert [one["startDate"] for one in patterns(past)] == ["2025-12-01"]
    assert patterns() == []


def test_without_clock_times_no_date_is_told_and_no_time_in_a_pattern() -> None:
    private = {"key": "a", "pattern": "weekly", "days": [1], "part_of_day": "after school"}
    (found,) = patterns(private)
    assert not {"startTime", "endTime"} & set(found)
    assert days(private) == []


def test_dates_go_eight_weeks_ahead_and_never_past_the_last_day() -> None:
    found = days(TUESDAY)
    assert (found[0], found[-1]) == ("2026-11-24", "2027-01-12")
    assert date.fromisoformat(found[-1]) <= TODAY + timedelta(days=AHEAD)
    assert days(TUESDAY, until=date(2026, 12, 1)) == ["2026-11-24", "2026-12-01"]
    assert days(TUESDAY, last_on="2026-11-24") == ["2026-11-24"]
    assert days(TUESDAY, last_on="2026-11-20") == []


def test_dates_are_those_of_our_own_pages() -> None:
    sessions = [
        {**TUESDAY, "season": "term", "off": [{"on": "2026-12-08"}]},
        {**TUESDAY, "key": "c", "pattern": "fortnightly", "anchor": "2026-11-24", "days": [1]},
        {**TUESDAY, "key": "d", "extra": [{"on": "2026-12-10", "start": "09:00", "end": "10:00"}]},
    ]
    last = TODAY + timedelta(days=AHEAD)
    expected = sorted(
        one.on.isoformat()
        for session in sessions
        for one in dates_between(Recurrence.from_record(session), TERMS, TODAY, last)
    )
    assert sorted(days(*sessions)) == expected


def test_two_times_on_one_day_have_two_names_and_a_moved_one_keeps_its_own() -> None:
    extra = [{"on": "2026-11-24", "start": "18:00", "end": "19:00"}]
    document = told({**TUESDAY, "extra": extra})
    found = dates_to_come(document, date(2026, 11, 24), TERMS, TODAY)
    assert [one.which for one in found] == ["a1/2026-11-24/0", "a1/2026-11-24/1"]
    moved = dates_to_come(told({**TUESDAY, "start": "16:00"}), date(2026, 11, 24), TERMS, TODAY)
    assert [(one.which, one.starts) for one in moved] == [("a1/2026-11-24/0", "16:00")]
