"""What is left of a name, a number or an address when two are compared."""

import pytest

from registry.matching.names import (
    plain_charity_number,
    plain_company_number,
    plain_email,
    plain_name,
    plain_ofsted_number,
    plain_phone,
    plain_postcode,
    plain_website,
)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("The Star Kidz Academy", "star kidz"),
        ("STAR  KIDZ, Ltd.", "star kidz"),
        ("Star-Kidz F.C.", "star kidz"),
        ("St. Mary’s Youth Club", "st marys youth club"),
        ("Café & Crèche", "cafe and creche"),
        ("The Academy", "the academy"),  # nothing would be left of it
        ("  ", ""),
    ],
)
def test_names_lose_what_most_names_share(written: str, left: str) -> None:
    assert plain_name(written) == left


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("01902 960111", "+441902960111"),
        ("(01902) 960-111", "+441902960111"),
        ("+44 1902 960111", "+441902960111"),
        ("0044 1902 960111", "+441902960111"),
        ("call me", ""),
        ("999", ""),
        ("", ""),
    ],
)
def test_telephone_numbers_are_one_however_they_are_written(written: str, left: str) -> None:
    assert plain_phone(written) == left


@pytest.mark.parametrize(
    ("plain", "written", "left"),
    [
        (plain_email, " Star@Kidz.Example ", "star@kidz.example"),
        (plain_email, "@", ""),
        (plain_email, "none", ""),
        (plain_charity_number, "1 234 567", "1234567"),
        (plain_charity_number, "01234567", "1234567"),
        (plain_charity_number, "1234567-1", "1234567-1"),
        (plain_charity_number, "sc012345", "SC012345"),
        (plain_charity_number, "None", ""),
        (plain_charity_number, "0000", ""),
        (plain_company_number, "1234567", "01234567"),
        (plain_company_number, "SC 123456", "SC123456"),
        (plain_company_number, "00000000", ""),
        (plain_company_number, "n/a", ""),
        (plain_ofsted_number, "ey 123456", "EY123456"),
        (plain_ofsted_number, "0", ""),
        (plain_postcode, "wv10 0bb", "WV100BB"),
        (plain_website, "https://www.starkidz.example/about?x=1", "starkidz.example"),
        (plain_website, "StarKidz.example", "starkidz.example"),
        (plain_website, "https://m.facebook.com/StarKidz/", "facebook.com/starkidz"),
        (plain_website, "https://facebook.com", ""),
        (plain_website, "none", ""),
        (plain_website, "https://[", ""),
    ],
)
def test_the_same_thing_is_the_same_however_it_is_written(plain, written, left) -> None:
    assert plain(written) == left
