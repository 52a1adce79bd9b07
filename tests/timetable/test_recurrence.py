"""Dates held against an independent recurrence library, through clock changes and leap years."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil import rrule
from dateutil.tz import datetime_exists, gettz
from hypothesis import given
from hypothesis import strategies as st

from registry.timetable.council_terms import school_calendar
from registry.timetable.recurrence import (
    FARTHEST,
    LONDON,
    NTH,
    Extra,
    Off,
    Recurrence,
    dates_between,
    last_date,
    next_dates,
)
from registry.timetable.terms import SEASONS

CALENDAR = school_calendar()
FIRST, THREE_YEARS = date(2026, 1, 1), timedelta(days=3 * 365 + 1)
_DAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)
# 2028 has a 29 February, and each of these three years two clock changes.
starting = st.dates(date(2025, 9, 2), date(2026, 7, 1))
weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
clocks = st.tuples(st.times(), st.times()).filter(lambda pair: pair[0] < pair[1])
seasons = st.sampled_from(SEASONS)


def independent(first: date, last: date, **rule) -> list[date]:
    """The days that the independent library gives, both ends included."""
    begins = datetime.combine(rule.pop("dtstart", first), time())
    found = rrule.rrule(dtstart=begins, until=datetime.combine(last, time()), **rule)
    return [day.date() for day in found if day.date() >= first]


def in_season(days: list[date], season: str) -> list[date]:
    """Those of the days that lie in the season, by plain comparison with every block."""
    if season == "all_year":
        return days
    spans: dict[str, list[tuple[date, date]]] = {}
    blocks = CALENDAR.blocks
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        spans.setdefault("term", []).append((block.first, block.last))
        if after:
            gap = (block.last + timedelta(1), after.first - timedelta(1))
            spans.setdefault(block.then, []).append(gap)
            spans.setdefault("holidays", []).append(gap)
    return [d for d in days if any(a <= d <= b for a, b in spans[season])]


def days_of(recurrence: Recurrence, first: date, last: date) -> list[date]:
    return [one.on for one in dates_between(recurrence, CALENDAR, first, last)]


@given(starting, weekdays, seasons, st.sampled_from(("weekly", "drop_in", "all_day")))
def test_every_week(first, days, season, pattern):
    last = first + THREE_YEARS
    told = Recurrence(pattern, days, season=season)
    wanted = independent(first, last, freq=rrule.WEEKLY, byweekday=[_DAYS[d] for d in days])
    assert days_of(told, first, last) == in_season(wanted, season)


@given(starting, st.dates(date(2020, 2, 29), date(2029, 1, 1)), seasons)
def test_every_other_week_counts_from_its_date_in_both_directions(first, anchor, season):
    last = first + THREE_YEARS
    told = Recurrence("fortnightly", (anchor.weekday(),), season=season, anchor=anchor)
    begins = anchor - timedelta(days=14 * 200)
    wanted = independent(first, last, freq=rrule.WEEKLY, interval=2, dtstart=begins)
    assert days_of(told, first, last) == in_season(wanted, season)


@given(starting, st.sampled_from(NTH), st.integers(0, 6), seasons)
def test_the_nth_weekday_of_the_month(first, nth, day, season):
    last = first + THREE_YEARS
    told = Recurrence("monthly", (day,), season=season, nth=nth)
    wanted = independent(first, last, freq=rrule.MONTHLY, byweekday=_DAYS[day](nth))
    assert days_of(told, first, last) == in_season(wanted, season)


@given(starting, weekdays, st.integers(0, 200), seasons, st.sampled_from(("course", "all_day")))
def test_a_course_has_both_its_ends(first, days, length, season, pattern):
    ends = first + timedelta(days=length)
    told = Recurrence(pattern, days, season=season, runs=((first, ends),))
    wanted = independent(first, ends, freq=rrule.WEEKLY, byweekday=[_DAYS[d] for d in days])
    around = first - timedelta(days=40), first + THREE_YEARS
    assert days_of(told, *around) == in_season(wanted, season)
    found = in_season(wanted, season)
    assert told.last_date(CALENDAR) == (found[-1] if found else ends)
    assert set(told.weekdays(CALENDAR)) == ({d.weekday() for d in found} or set(days))


@given(st.sets(st.dates(date(2026, 1, 1), date(2029, 1, 1)), min_size=1, max_size=20))
def test_listed_dates_are_those_dates(dates):
    told = Recurrence("dates", dates=tuple(dates))
    assert days_of(told, date(2026, 1, 1), date(2029, 1, 1)) == sorted(dates)
    assert told.last_date(CALENDAR) == max(dates)


@given(starting, st.integers(0, 6), st.sets(st.integers(0, 60)), st.sets(st.integers(0, 420)))
def test_single_days_are_left_out_and_put_in(first, day, off, extra):
    last = first + timedelta(days=420)
    usual = independent(first, last, freq=rrule.WEEKLY, byweekday=_DAYS[day])
    gone = {usual[number] for number in off if number < len(usual)}
    more = {first + timedelta(days=number) for number in extra}
    told = Recurrence(
        "weekly",
        (day,),
        time(16, 30),
        time(17, 30),
        off=tuple(map(Off, gone)),
        extra=tuple(Extra(one, time(16, 30), time(18)) for one in more),
    )
    assert days_of(told, first, last) == sorted((set(usual) - gone) | more)


@given(starting, st.integers(0, 6), clocks)
def test_the_clock_on_the_wall_says_the_same_all_year(first, day, pair):
    told = Recurrence("weekly", (day,), *pair)
    london = gettz("Europe/London")
    for one in dates_between(told, CALENDAR, first, first + THREE_YEARS):
        assert (one.starts_at.hour, one.starts_at.minute) == (pair[0].hour, pair[0].minute)
        theirs = datetime.combine(one.on, pair[0], london)
        # The hour that spring leaves out is on no clock, and nobody's offset for it is right.
        assert one.starts_at.utcoffset() == theirs.utcoffset() or not datetime_exists(theirs)


@given(
    starting,
    st.lists(st.tuples(weekdays, seasons), min_size=1, max_size=3),
    st.integers(1, 12),
    st.times(),
)
def test_the_next_dates_are_the_first_of_all_that_have_not_ended(first, told, count, now):
    sessions = [Recurrence("weekly", days, time(16), time(17), season=s) for days, s in told]
    after = datetime.combine(first, now, LONDON)
    last = first + timedelta(days=FARTHEST)
    wanted = sorted(
        one.on
        for session in sessions
        for one in dates_between(session, CALENDAR, first, last)
        if one.ends_at > after
    )
    found = next_dates(sessions, CALENDAR, after.astimezone(UTC), count)
    assert [one.on for one in found.dates] == wanted[:count]


@given(
    st.sampled_from(("weekly", "fortnightly", "monthly", "dates", "course", "all_day")),
    starting,
    weekdays,
    seasons,
    clocks,
    st.sampled_from(NTH),
)
def test_what_is_kept_says_the_same_as_what_was_told(pattern, first, days, season, pair, nth):
    starts, ends = (clock.replace(second=0, microsecond=0) for clock in pair)
    told = Recurrence(
        pattern,
        days,
        starts,
        ends,
        season=season,
        anchor=first,
        nth=nth,
        dates=(first,),
        runs=((first, first + timedelta(days=30)),),
        off=(Off(first, "The hall is shut"),),
        extra=(Extra(first, time(10), time(11)),),
        key="3f9a61c2",
    )
    assert Recurrence.from_record(told.as_record()) == told


class TestClockChanges:
    """26 October 2026 has an hour more than the day before, 28 March 2027 an hour less."""

    def test_half_past_four_is_another_instant_after_the_change(self):
        told = Recurrence("weekly", (6,), time(16, 30), time(17, 30))
        before, after = dates_between(told, CALENDAR, date(2026, 10, 18), date(2026, 10, 25))
        assert before.starts_at.astimezone(UTC).time() == time(15, 30)
        assert after.starts_at.astimezone(UTC).time() == time(16, 30)

    def test_what_ended_just_now_is_not_the_next_date(self):
        told = Recurrence("weekly", (1,), time(16, 30), time(17, 30))
        for minute, day in ((59, 24), (60, 24), (119, 24), (120, 1)):
            after = datetime(2026, 11, 24, 15, 30, tzinfo=UTC) + timedelta(minutes=minute)
            assert next_dates([told], CALENDAR, after, 1).dates[0].on.day == day

    def test_a_monthly_one_meets_on_a_leap_day(self):
        told = Recurrence("monthly", (1,), nth=-1)
        assert days_of(told, date(2028, 2, 1), date(2028, 2, 29)) == [date(2028, 2, 29)]


class TestTheEnd:
    def test_where_the_calendar_of_terms_ends_nobody_guesses(self):
        told = Recurrence("weekly", (1,), time(16, 30), time(17, 30), season="term")
        found = next_dates([told], CALENDAR, datetime(2029, 7, 10, tzinfo=UTC), 6)
        assert [one.on for one in found.dates] == [date(2029, 7, 10), date(2029, 7, 17)]
        assert found.unknown_after == CALENDAR.last == date(2029, 7, 20)
        assert not found.is_over

    def test_what_goes_on_all_year_has_dates_for_ever(self):
        told = Recurrence("weekly", (1,), time(16, 30), time(17, 30))
        found = next_dates([told], CALENDAR, datetime(2035, 7, 10, tzinfo=UTC), 6)
        assert len(found.dates) == 6
        assert found.unknown_after is None

    def test_a_course_that_is_over_is_over(self):
        told = Recurrence("course", (1,), runs=((date(2026, 1, 6), date(2026, 3, 30)),))
        found = next_dates([told], CALENDAR, datetime(2026, 4, 1, tzinfo=UTC), 6)
        assert found.is_over
        assert told.last_date(CALENDAR) == date(2026, 3, 24)

    def test_after_the_last_day_of_all_there_is_nothing(self):
        told = Recurrence("weekly", (1,), season="term")
        after = datetime(2026, 11, 22, tzinfo=UTC)
        found = next_dates([told], CALENDAR, after, 6, date(2026, 12, 1))
        assert [one.on for one in found.dates] == [date(2026, 11, 24), date(2026, 12, 1)]
        assert found.unknown_after is None

    def test_several_end_when_the_last_of_them_does_and_one_that_goes_on_never_does(self):
        course = Recurrence("course", (1,), runs=((date(2027, 1, 5), date(2027, 2, 2)),))
        single = Recurrence("dates", dates=(date(2027, 3, 6),))
        weekly = Recurrence("weekly", (1,))
        assert last_date([course, single], CALENDAR) == date(2027, 3, 6)
        assert last_date([course, single, weekly], CALENDAR) is None
        assert last_date([], CALENDAR) is None


class TestTerms:
    @pytest.mark.parametrize(
        ("day", "season"),
        [
            (date(2026, 11, 24), "term"),
            (date(2026, 10, 23), "term"),
            (date(2026, 10, 24), "half_term"),
            (date(2026, 11, 1), "half_term"),
            (date(2026, 12, 25), "christmas"),
            (date(2027, 3, 28), "easter"),
            (date(2027, 8, 1), "summer"),
            (date(2025, 9, 1), None),
            (date(2029, 7, 21), None),
        ],
    )
    def test_each_day_is_in_one_season(self, day, season):
        assert CALENDAR.season_of(day) == season
        assert CALENDAR.is_in("holidays", day) == (season not in ("term", None))
        assert CALENDAR.is_in("all_year", day)

    def test_blocks_stand_in_order_and_every_year_has_its_six(self):
        ends = [day for block in CALENDAR.blocks for day in (block.first, block.last)]
        assert ends == sorted(set(ends))
        names = ("half_term", "christmas", "half_term", "easter", "half_term", "summer")
        assert [block.then for block in CALENDAR.blocks] == [*names] * 4

    def test_school_days_are_never_at_a_weekend(self):
        ends = [day for block in CALENDAR.blocks for day in (block.first, block.last)]
        assert all(day.weekday() < 5 for day in ends)
