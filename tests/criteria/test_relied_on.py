"""What no edition may leave out: held against the code that asks about it."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from registry.administration.edition_text import UnreadableEdition, moved, next_number, read_edition
from registry.administration.toml_writing import written_as_toml
from registry.criteria.loading import editions, load_edition, shipped_text
from registry.criteria.moving_on import differences
from registry.criteria.relied_on import RELIED_ON, relied_on_problems

REGISTRY = Path(__file__).resolve().parents[2] / "registry"
# The demonstration answers questions, and is made anew with each edition that we ship.
ELSEWHERE = ("demonstration", "relied_on.py")


def written() -> dict[str, Any]:
    return tomllib.loads(shipped_text("1.0"))


def test_every_question_that_the_code_names_is_relied_on():
    text = "\n".join(
        path.read_text()
        for path in REGISTRY.rglob("*.py")
        if not any(part in ELSEWHERE for part in path.parts)
    )
    named = {one.key for one in load_edition("1.0") if re.search(rf'"{one.key}"', text)}
    assert named == set(RELIED_ON)


def test_our_own_edition_keeps_what_is_needed():
    for number in editions():
        assert relied_on_problems(load_edition(number)) == []


def test_an_edition_without_a_needed_question_or_part_says_so():
    document = written()
    document["question"] = [q for q in document["question"] if q["key"] != "sg_lead"]
    date = next(q for q in document["question"] if q["key"] == "sg_review_date")
    date["part"][0]["type"] = "text"
    problems = read_edition(written_as_toml(document), "1.0").problems
    assert "sg_lead: the register needs this question; put it back" in problems
    assert "sg_review_date: the register needs its part date (date)" in problems


def test_a_document_that_is_written_reads_as_it_was():
    assert tomllib.loads(written_as_toml(written())) == written()
    odd = {"a": "“x” \\ \n\t\x7f é", "b": [], "c": {"d e": {"f": [True, 1, 2.5]}}, "g": [{}]}
    assert tomllib.loads(written_as_toml(odd)) == odd


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("edition = \nx = 1", "line 1"),
        ('edition = "2.0"', "edition '1.0'"),
        ('edition = "1.0"', "adopted_on is missing"),
        (
            shipped_text("1.0").replace('short = "Paid', 'shirt = "Paid', 1),
            "p_paid: short is missing",
        ),
        (shipped_text("1.0").replace("minutes = ", 'minutes = "x" # ', 1), "wrong kind"),
    ],
)
def test_what_is_no_edition_says_where(text: str, says: str):
    with pytest.raises(UnreadableEdition, match=says):
        read_edition(text, "1.0")


def test_a_question_moves_among_those_of_its_criterion():
    text = shipped_text("1.0")
    before = [one.key for one in load_edition("1.0").questions_of(1)]
    after = [one.key for one in read_edition(moved(text, before[1], -1), "1.0").edition]
    assert after[:2] == [before[1], before[0]]
    assert moved(text, before[0], -1) == moved(text, before[-1], 1)


def test_two_editions_are_compared_question_by_question():
    document = written()
    first, second, *rest = document["question"]
    harder = {**second, "level": "GOOD" if second["level"] == "CORE" else "CORE"}
    other = read_edition(written_as_toml({**document, "question": [harder, *rest]}), "1.0")
    found = differences(load_edition("1.0"), other.edition)
    assert [(one.key, one.kind) for one in found] == [
        (second["key"], "level"),
        (first["key"], "removed"),
    ]


def test_the_next_number():
    assert [next_number(known) for known in (["1.0"], ["1.0", "1.9"], ["2"])] == [
        "1.1",
        "1.10",
        "2.1",
    ]
