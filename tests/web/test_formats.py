"""Dates, times, money and lists, as pages and emails say them."""

from datetime import UTC, date, datetime, time

import pytest

from registry.web import formats


def test_a_date_is_said_in_full() -> None:
    assert formats.long_date(date(2026, 11, 2)) == "2 November 2026"
    assert formats.short_date(date(2026, 11, 22)) == "22 Nov 2026"


def test_a_date_kept_as_text_is_said_the_same_way() -> None:
    assert formats.long_date("2027-02-12") == "12 February 2027"


def test_no_date_is_no_words() -> None:
    assert formats.long_date(None) == ""
    assert formats.short_date("") == ""


def test_an_instant_is_told_by_the_clock_on_the_councils_wall() -> None:
    summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert formats.date_and_time(summer) == "2 July 2026 at 12.30am"
    assert formats.long_date(summer) == "2 July 2026"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (time(16, 30), "4.30pm"),
        (time(16), "4pm"),
        (time(12), "noon"),
        (time(0), "midnight"),
        (time(0, 5), "12.05am"),
        (time(12, 30), "12.30pm"),
        (time(9, 5), "9.05am"),
        ("17:45", "5.45pm"),
    ],
)
def test_a_time_is_said_as_people_say_it(moment: time | str, said: str) -> None:
    assert formats.clock_time(moment) == said


def test_a_range_says_to_and_has_no_dash() -> None:
    assert formats.time_range("16:00", "17:30") == "4pm to 5.30pm"


@pytest.mark.parametrize(
    ("pence", "said"),
    [(0, "Free"), (350, "£3.50"), (400, "£4"), (5, "£0.05"), (123_456, "£1,234.56")],
)
def test_money_is_said_in_pounds(pence: int, said: str) -> None:
    assert formats.money(pence) == said


@pytest.mark.parametrize(
    ("distance", "said"),
    [
        (0.0, "less than 0.1 miles"),
        (0.2, "0.2 miles"),
        (0.96, "1 mile"),
        (1.04, "1 mile"),
        (2.0, "2 miles"),
        (2.34, "2.3 miles"),
        (12.4, "12 miles"),
    ],
)
def test_a_distance_is_said_in_miles(distance: float, said: str) -> None:
    assert formats.miles(distance) == said


def test_a_list_ends_with_and() -> None:
    assert formats.in_words([]) == ""
    assert formats.in_words(["a"]) == "a"
    assert formats.in_words(["a", "b"]) == "a and b"
    assert formats.in_words(["a", "b", "c"]) == "a, b and c"
    assert formats.in_words(["a", "b"], last="or") == "a or b"


def test_one_club_two_clubs() -> None:
    assert formats.plural(1, "club", "clubs") == "1 club"
    assert formats.plural(0, "club", "clubs") == "0 clubs"
    assert formats.plural(1204, "club", "clubs") == "1,204 clubs"


def test_a_day_has_a_name() -> None:
    assert formats.weekday(0) == "Monday"
    assert formats.weekday(date(2026, 11, 22)) == "Sunday"


def test_a_telephone_link_holds_only_what_can_be_dialled() -> None:
    assert formats.telephone_link("0808 800 5000") == "tel:08088005000"
    assert formats.telephone_link("+44 (0)1902 555392") == "tel:+4401902555392"


def test_a_text_gets_the_numbers_it_leaves_room_for() -> None:
    said = formats.with_numbers("Call {mash}, or {unknown}", {"mash": "01902 555392"})
    assert said == "Call 01902 555392, or {unknown}"
