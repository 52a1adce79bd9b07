"""Two texts word by word, and words found in a page. Pure."""

import pytest

from registry.reviews.comparing import texts_compared, words_compared
from registry.reviews.papers import Wanted, marked, paragraphs


def test_a_text_is_compared_word_by_word() -> None:
    before = "Ring the WSCB on 01902 550477. Write it down."
    after = "Ring the MASH team on 01902 555391. Write it down."
    assert words_compared(before, after) == [
        ("same", "Ring the "),
        ("out", "WSCB "),
        ("in", "MASH team "),
        ("same", "on 01902 "),
        ("out", "550477. "),
        ("in", "555391. "),
        ("same", "Write it down."),
    ]


@pytest.mark.parametrize("many", [10, 5000], ids=["short", "long"])
def test_nothing_of_either_text_is_lost(many: int) -> None:
    before, after = "one two\nthree " * many, "one 2\nthree four " * many
    pieces = words_compared(before, after)
    assert "".join(words for how, words in pieces if how != "in") == before
    assert "".join(words for how, words in pieces if how != "out") == after


def test_of_two_papers_only_the_paragraphs_that_differ_are_told() -> None:
    assert texts_compared(["Same", "Old"], ["Same", "New", "More"]) == [
        [("out", "Old"), ("in", "New\nMore")]
    ]
    assert texts_compared(["Same"], ["Same"]) == []


def test_words_are_found_however_they_are_written() -> None:
    assert marked("Ring the MASH  team", "mash team") == [
        ("Ring the ", False),
        ("MASH  team", True),
    ]
    assert marked("C++ (a.b)", "(a.b)") == [("C++ ", False), ("(a.b)", True)]
    assert marked("Nothing", "") == [("Nothing", False)]
    assert paragraphs("A line that goes to the edge\nof the page.\n\nNew") == [
        "A line that goes to the edge of the page.",
        "New",
    ]


def test_an_address_that_makes_no_sense_asks_for_nothing() -> None:
    assert Wanted.from_address({"paper": "x", "page": "-1", "large": "yes"}) == Wanted()
    wanted = Wanted.from_address({"paper": "3", "page": "2", "find": " a  b ", "large": "1"})
    assert wanted.address(page=5) == {"paper": 3, "page": 5, "find": "a b", "large": 1}
