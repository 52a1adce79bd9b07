"""Which words hint at harm, and which only look like it."""

import pytest

from registry.concerns.hints import hints_at_harm


@pytest.mark.parametrize(
    "text",
    [
        "my child was hurt by coach",
        "He HITS them",
        "She was hitting a boy",
        "this is abusse",
        "groomin",
        "He assulted someone",
        "They threatned us",
        "brusied arms",
        "An adult was alone with a girl",
        "He sends private messages",
        "Photos of my child are on their page",
        "“Bullying’s” all they do",
        "I do not think it is unsafe",
    ],
)
def test_a_hint_is_seen_whatever_its_case_its_ending_or_a_slip_of_the_pen(text: str) -> None:
    assert hints_at_harm(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The time is wrong, it is 5pm now",
        "The bus stop has moved and the price is £4",
        "Wrong address. The club moved to Beach Road",
        "They have no DBS checks and nobody is in charge",
        "The insurance certificate is out of date",
        "Our scouts start at 6 and share the hall",
        "I could not get in touch with them",
        "It is a tough class in shorts and shirts",
        "The violin lessons are named wrong. They would know",
    ],
)
def test_plain_words_about_a_listing_are_no_hint(text: str) -> None:
    assert not hints_at_harm(text)
