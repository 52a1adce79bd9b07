"""Which of our fields a heading means."""

import pytest

from registry.importing.columns import COLUMNS, guess, letters, missing, twice


def test_our_own_template_is_understood_whole() -> None:
    names = [one.name for one in COLUMNS]
    assert guess(names) == {str(place): name for place, name in enumerate(names)}


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Organisation", "organisation_name"),
        ("Provider Name", "organisation_name"),
        ("Title", "activity_name"),
        ("POST CODE", "venue_postcode"),
        ("Postcode*", "venue_postcode"),
        ("Min age", "minimum_age"),
        ("minimum-age", "minimum_age"),
        ("Telephon number", "organisation_phone"),
        ("E-mail", "organisation_email"),
        ("minimum_age_months", "minimum_age_months"),
        ("cost_pounds", "price"),
    ],
)
def test_headings_of_others_are_understood(heading: str, name: str) -> None:
    assert guess([heading]) == {"0": name}


@pytest.mark.parametrize("heading", ["", "Colour", "notes for us", "x" * 500])
def test_what_means_nothing_here_is_left_out(heading: str) -> None:
    assert guess([heading]) == {}


def test_of_two_columns_that_mean_the_same_the_first_is_taken() -> None:
    assert guess(["Name", "Title"]) == {"0": "activity_name"}


def test_what_every_row_needs_is_missed() -> None:
    assert missing({"0": "activity_name"}) == ["Name of the club"]


def test_a_column_is_called_as_a_spreadsheet_calls_it() -> None:
    assert [letters(place) for place in (0, 25, 26, 27, 701, 702)] == [
        "A", "Z", "AA", "AB", "ZZ", "AAA",
    ]  # fmt: skip


def test_headings_that_stand_twice_are_named() -> None:
    assert twice(["Name", "Age", "name "]) == [
        "2 columns have the heading “Name”: A, C. Only the one you choose is read."
    ]
