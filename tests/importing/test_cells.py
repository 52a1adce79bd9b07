"""What stands in one cell: ages, prices, days, times and words, and what is said of the rest."""

from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from registry.importing import cells
from registry.importing.cells import Unreadable

READERS = (cells.age, cells.money, cells.day, cells.clock, cells.days, cells.yes_or_no, cells.email,
           cells.phone, cells.website, cells.whole_number)  # fmt: skip


@pytest.mark.parametrize(
    ("read", "typed", "kept"),
    [
        (cells.age, "5", 5),
        (cells.age, " 5.0 ", 5),
        (cells.age, "7 years", 7),
        (cells.age, "0", 0),
        (cells.age, "", None),
        (cells.money, "4.50", 450),
        (cells.money, "£4.5", 450),
        (cells.money, "1,200", 120_000),
        (cells.money, "50p", 50),
        (cells.money, "Free", 0),
        (cells.money, "", None),
        (cells.day, "31/07/2027", date(2027, 7, 31)),
        (cells.day, "2027-07-31", date(2027, 7, 31)),
        (cells.day, "31st July 2027", date(2027, 7, 31)),
        (cells.day, "29/02/2028", date(2028, 2, 29)),
        (cells.clock, "16:30", time(16, 30)),
        (cells.clock, "09:00:00", time(9)),
        (cells.clock, "4.30pm", time(16, 30)),
        (cells.clock, "4pm", time(16)),
        (cells.clock, "12am", time(0)),
        (cells.clock, "12 p.m.", time(12)),
        (cells.days, "Monday; Thursday", [0, 3]),
        (cells.days, "mon, thurs and SUN", [0, 3, 6]),
        (cells.days, "weekdays", [0, 1, 2, 3, 4]),
        (cells.yes_or_no, "TRUE", True),
        (cells.yes_or_no, "no", False),
        (cells.email, " Judo@Example.org ", "Judo@example.org"),
        (cells.phone, "+44 1902 496 012", "01902 496012"),
        (cells.website, "example.org", "https://example.org"),
    ],
)
def test_what_can_be_read_is_kept_in_one_way(read, typed, kept) -> None:
    assert read(typed) == kept


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        (cells.age, "five"),
        (cells.age, "5-8"),
        (cells.age, "-1"),
        (cells.age, "9" * 5000),
        (cells.age, "151"),
        (cells.money, "1e308"),
        (cells.money, "9" * 400),
        (cells.money, "-4"),
        (cells.money, "4.505"),
        (cells.day, "31/02/2027"),
        (cells.day, "2027-13-01"),
        (cells.day, "soon"),
        (cells.day, "12/31/2027"),
        (cells.clock, "hh:mm:ss"),
        (cells.clock, "25:00"),
        (cells.clock, "16"),
        (cells.clock, "13pm"),
        (cells.days, "someday"),
        (cells.yes_or_no, "perhaps"),
        (cells.email, "a@example.org\nBcc: b@example.org"),
        (cells.email, "nobody"),
        (cells.phone, "call us"),
        (cells.website, "javascript:alert(1)"),
        (cells.website, "file:///etc/passwd"),
        (cells.website, "https://localhost"),
    ],
)
def test_what_cannot_be_read_is_named_in_a_short_sentence(read, typed) -> None:
    with pytest.raises(Unreadable) as wrong:
        read(typed)
    assert len(str(wrong.value)) < 160
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two   words ", "two words"),
        ("<b>Judo</b> &amp; more", "Judo & more"),
        ("<script>alert(1)</script>Judo", "alert(1) Judo"),
        ("&lt;img src=x onerror=alert(1)&gt;Judo", "Judo"),
        ("one<br>two", "one\ntwo"),
        ("a\u202eevil\u2066", "aevil"),
        ("نادي الجودو", "نادي الجودو"),
        ("line\r\nline", "line\nline"),
        ("5 < 8", "5 < 8"),
    ],
)
def test_words_lose_markup_and_what_nobody_sees_and_nothing_else(typed, kept) -> None:
    assert cells.text(typed, 200) == kept


@pytest.mark.parametrize("typed", ["=1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "-cmd"])
def test_a_formula_is_no_text(typed) -> None:
    with pytest.raises(Unreadable, match="formula"):
        cells.text(typed, 200)


def test_a_number_with_a_sign_is_no_formula() -> None:
    assert cells.text("+44 1902 496012", 200) == "+44 1902 496012"


@settings(max_examples=300)
@given(st.sampled_from(READERS), st.text(max_size=60))
def test_whatever_stands_there_is_read_or_named(read, typed) -> None:
    with suppress(Unreadable):
        read(typed)


@settings(max_examples=200)
@given(st.text(max_size=200))
@example("\u200b-")
def test_words_hold_no_marks_that_nobody_sees(typed) -> None:
    try:
        kept = cells.text(typed, 500)
    except Unreadable:
        return
    assert not cells.has_hidden(kept.replace("\ufeff", ""))
    if not cells.has_markup(kept) and "&" not in kept:
        assert cells.text(kept, 500) == kept


def test_a_formula_behind_marks_that_nobody_sees_is_one() -> None:
    with pytest.raises(Unreadable, match="formula"):
        cells.text("\u200b=HYPERLINK(1)", 200)
