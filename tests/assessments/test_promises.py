"""Working days and the council's promises: pure tables, and what holds for every case."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.assessments.promises import (
    CHANGE_WITHIN,
    DECIDE_WITHIN,
    START_WITHIN,
    Target,
    answer_by,
    target_of,
)
from registry.working_days import add_working_days, is_working_day, working_days_between

MONDAY = date(2026, 12, 14)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),  # Christmas Day, a Friday
        (date(2026, 12, 26), False),  # Boxing Day, a Saturday
        (date(2026, 12, 28), False),  # kept on the Monday
        (date(2026, 12, 29), True),
        (date(2027, 1, 1), False),
        (date(2027, 3, 26), False),  # Good Friday
        (date(2027, 3, 29), False),  # Easter Monday
        (date(2027, 5, 3), False),
        (date(2027, 8, 30), False),  # England's late one
        (date(2027, 8, 2), True),  # Scotland's
        (date(2027, 3, 17), True),  # Northern Ireland's
    ],
)
def test_the_bank_holidays_are_englands(day: date, works: bool) -> None:
    assert is_working_day(day, ()) is works


@pytest.mark.parametrize(
    ("today", "used", "colour", "words"),
    [
        (date(2026, 12, 14), 0, "green", "20 days left"),
        (date(2026, 12, 15), 1, "green", "19 days left"),
        (date(2027, 1, 6), 14, "green", "6 days left"),
        (date(2027, 1, 7), 15, "amber", "5 days left"),
        (date(2027, 1, 13), 19, "amber", "1 day left"),
        (date(2027, 1, 14), 20, "amber", "0 days left"),
        (date(2027, 1, 15), 21, "red", "1 day over"),
    ],
)
def test_twenty_working_days(today: date, used: int, colour: str, words: str) -> None:
    target = target_of([(MONDAY, None)], today, closed=())
    assert (target.used, target.colour, target.words) == (used, colour, words)


@pytest.mark.parametrize(
    ("within", "lasts_until"),
    [
        (START_WITHIN, date(2026, 12, 21)),
        (CHANGE_WITHIN, date(2026, 12, 21)),
        (DECIDE_WITHIN, date(2027, 1, 14)),
    ],
)
def test_each_promise_has_its_days(within: int, lasts_until: date) -> None:
    assert answer_by([(MONDAY, None)], within, ()) == lasts_until
    assert not target_of([(MONDAY, None)], lasts_until, within, ()).is_over
    assert target_of([(MONDAY, None)], lasts_until + timedelta(days=1), within, ()).is_over


def test_the_clock_stops_while_the_club_has_it() -> None:
    back = (MONDAY, date(2026, 12, 16))
    sent_back = target_of([back], date(2027, 3, 1), closed=())
    assert (sent_back.used, sent_back.colour, sent_back.words) == (2, "stopped", "Clock stopped")
    again = target_of([back, (date(2027, 3, 1), None)], date(2027, 3, 3), closed=())
    assert (again.used, again.stopped) == (4, False)
    assert answer_by([back], DECIDE_WITHIN, ()) is None


def test_a_case_that_comes_in_at_a_weekend_starts_on_monday() -> None:
    for day in (date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)):
        assert target_of([(day, None)], date(2026, 11, 23), closed=()).used == 1


DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))
CLOSED = st.frozensets(DAYS, max_size=15)


@given(DAYS, st.integers(1, 40), CLOSED)
def test_adding_and_counting_agree(start: date, count: int, closed: frozenset[date]) -> None:
    end = add_working_days(start, count, closed)
    assert is_working_day(end, closed)
    assert working_days_between(start, end, closed) == count
    assert working_days_between(start, end - timedelta(days=1), closed) == count - 1


@given(DAYS, st.integers(0, 120), CLOSED, DAYS)
def test_a_closure_day_never_brings_the_day_nearer(
    start: date, count: int, closed: frozenset[date], one_more: date
) -> None:
    before = add_working_days(start, count, closed)
    after = add_working_days(start, count, closed | {one_more})
    assert after >= before
    assert (after == before) == (
        not is_working_day(one_more, closed) or not start < one_more <= before
    )


@st.composite
def _spans(draw: st.DrawFn) -> list[tuple[date, date | None]]:
    """Some times with the council, one after the other; the last goes on."""
    day, spans = draw(DAYS), []
    for _ in range(draw(st.integers(0, 3))):
        back = day + timedelta(days=draw(st.integers(0, 6)))
        spans.append((day, back))
        day = back + timedelta(days=draw(st.integers(0, 60)))
    return [*spans, (day, None)]


@given(_spans(), CLOSED)
def test_the_day_that_is_promised_is_the_last_that_is_not_over(
    spans: list[tuple[date, date | None]], closed: frozenset[date]
) -> None:
    promised = answer_by(spans, DECIDE_WITHIN, closed)
    assert promised is not None
    used_before = target_of(spans, spans[-1][0], closed=closed).used
    if used_before < DECIDE_WITHIN:
        assert target_of(spans, promised, closed=closed).left == 0
        assert target_of(spans, promised - timedelta(days=1), closed=closed).left > 0


@given(_spans(), CLOSED, st.integers(0, 200))
def test_no_day_with_the_club_counts(
    spans: list[tuple[date, date | None]], closed: frozenset[date], later: int
) -> None:
    """Taking the times at the club away changes nothing: they all lie between the spans."""
    today = spans[-1][0] + timedelta(days=later)
    with_us = {
        start + timedelta(days=n)
        for start, end in spans
        for n in range(1, ((end or today) - start).days + 1)
    }
    used = sum(is_working_day(day, closed) for day in with_us)
    assert target_of(spans, today, closed=closed) == Target(used)
