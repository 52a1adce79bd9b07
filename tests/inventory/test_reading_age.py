"""Every email can be read at school grade 6, and what is left out of the measure is left out.

The pages are measured by `test_pages.py`, which walks through all of them anyway.
"""

import pytest
from flask import Flask

from tests.emails.letters import LETTERS, Letter
from tests.emails.test_snapshots import drawn
from tests.inspection import parse
from tests.inventory.every_page import ROOMS
from tests.inventory.reading_age import (
    LINES_THAT_MAY,
    MAY_BE_HARDER,
    too_hard,
    words_of_letter,
    words_of_page,
)
from tests.rigs.reading_grade import reading_grade

HARD = (
    "Organisations are obliged to submit documentation evidencing compliance with the applicable "
    "safeguarding requirements, notwithstanding previous determinations communicated to them."
)
EASY = "Send us your plan. We read it within 20 days. Then we write to you. " * 4


def page(main: str) -> str:
    html = (
        f"<!doctype html><html lang='en'><head><title>T</title></head>"
        f"<body><nav><a href='/'>{HARD}</a></nav><main>{main}</main></body></html>"
    )
    return words_of_page(parse(html))


@pytest.mark.parametrize("letter", LETTERS, ids=lambda one: one.name)
def test_an_email_is_easy_to_read(app: Flask, letter: Letter) -> None:
    made = drawn(app, letter)
    problem = too_hard(letter.name, words_of_letter(made.body))
    assert not problem, problem


def test_every_exception_names_something_that_is_there() -> None:
    names = {row.name for _, rows in ROOMS.values() for row in rows}
    names |= {letter.name for letter in LETTERS}
    assert set(MAY_BE_HARDER) - names == set()
    assert all(MAY_BE_HARDER.values())
    assert all(LINES_THAT_MAY.values())


def test_hard_words_are_found_wherever_they_stand() -> None:
    assert reading_grade(HARD) > 15
    for where in (
        "<p>{}</p>",
        "<ul><li>{}</li></ul>",
        "<div><h2>{}</h2></div>",
        "<label>{}</label>",
    ):
        assert too_hard("a page", page(where.format(HARD)))
    assert too_hard("a page", page(f"<p>{EASY}</p><p>{HARD}</p>")), "one line is enough"
    assert not too_hard("a page", page(f"<p>{EASY}</p>"))


def test_what_others_wrote_and_navigation_do_not_count() -> None:
    for where in (
        "<dl><dt>Plan</dt><dd>{}</dd></dl>",
        "<table><tr><td>{}</td></tr></table>",
        "<p class='lines'>{}</p>",
        "<nav><p>{}</p></nav>",
        "<textarea>{}</textarea>",
    ):
        assert not too_hard("a page", page(f"<p>{EASY}</p>{where.format(HARD)}"))


def test_names_dates_and_links_do_not_count() -> None:
    said = page(
        "<p>Look at Kingfisher Dance Project Wolverhampton by 22 November 2027 "
        "on https://safe-and-sound.example/organisations/kingfisher now.</p>"
    )
    assert said == "Look at it by then on here now."
