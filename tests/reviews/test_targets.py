"""The council's clock: it starts the working day after submission and stops with the club."""

from datetime import date

import pytest

from registry.reviews.targets import target_of
from registry.working_days import add_working_days, is_working_day

MONDAY = date(2026, 12, 14)


@pytest.mark.parametrize(
    ("today", "used", "colour", "words"),
    [
        (date(2026, 12, 14), 0, "green", "20 days left"),
        (date(2026, 12, 15), 1, "green", "19 days left"),
        (date(2027, 1, 7), 15, "amber", "5 days left"),
        (date(2027, 1, 14), 20, "amber", "0 days left"),
        (date(2027, 1, 15), 21, "red", "1 day over"),
    ],
)
def test_twenty_working_days_over_christmas(
    today: date, used: int, colour: str, words: str
) -> None:
    """Submitted on 14 December 2026: day 20 is 14 January 2027 (domain F23)."""
    target = target_of([(MONDAY, None)], today)
    assert (target.used, target.colour, target.words) == (used, colour, words)


def test_day_twenty_is_the_fourteenth_of_january() -> None:
    assert add_working_days(MONDAY, 20) == date(2027, 1, 14)


def test_a_closure_day_of_the_council_moves_it() -> None:
    assert add_working_days(MONDAY, 20, {date(2026, 12, 29)}) == date(2027, 1, 15)


def test_boxing_day_on_a_saturday_is_kept_on_the_monday() -> None:
    assert not is_working_day(date(2026, 12, 28))
    assert is_working_day(date(2026, 12, 29))


def test_the_clock_stops_while_the_club_has_it() -> None:
    sent_back = target_of([(MONDAY, date(2026, 12, 16))], date(2027, 3, 1))
    assert (sent_back.used, sent_back.colour, sent_back.words) == (2, "stopped", "Clock stopped")
    again = target_of([(MONDAY, date(2026, 12, 16)), (date(2027, 3, 1), None)], date(2027, 3, 3))
    assert (again.used, again.stopped) == (4, False)
