"""The texts to start a plan from: plain, with blanks that we know again, in three sizes."""

import re

import pytest

from registry.criteria.loading import current_edition
from registry.criteria.model_texts import (
    SIZES,
    ModelText,
    blanks_in,
    model_text,
    model_texts,
    texts_for,
)
from registry.criteria.reading import reading_grade
from registry.papers.markdown import blocks_of

NUMBERS = {"{mash}", "{mash_night}", "{lado}", "{nspcc}", "{council}"}
EVERY = [(one, size) for one in model_texts() for size in SIZES]
by_name = pytest.mark.parametrize(
    ("text", "size"), EVERY, ids=[f"{one.key}-{size}" for one, size in EVERY]
)


@by_name
def test_each_text_can_be_set_and_is_plain(text: ModelText, size: str) -> None:
    words = text.for_size(size)
    assert blocks_of(words)
    assert set(re.findall(r"\{\w*\}", words)) <= NUMBERS
    assert ":::" not in words
    assert "!" not in words
    sentences = re.sub(r"[|*>#\[\]-]+", " ", re.sub(r"\n+", ". ", words))
    assert reading_grade(sentences) <= 6
    for line in words.splitlines():
        if len(line.split()) > 12:
            assert reading_grade(re.sub(r"[|*>#\[\]-]+", " ", line)) <= 9, line


@by_name
def test_each_blank_is_known_as_one(text: ModelText, size: str) -> None:
    words = text.for_size(size)
    every = {" ".join(one.split()) for one in re.findall(r"\[[^\]]*\]", words)}
    assert every
    assert set(blanks_in(words)) == every


@by_name
def test_no_text_names_what_is_gone_or_gives_a_number_of_its_own(
    text: ModelText, size: str
) -> None:
    words = text.for_size(size)
    assert not re.search(r"WSCB|LSCB|\bCRB\b|\bISA\b|Working Together 20|\d{5}", words)


@pytest.mark.parametrize(
    "wanted",
    [
        "safeguarding-plan",
        "steps-when-worried",
        "behaviour-code",
        "choosing-helpers",
        "health-and-safety",
        "risk-check",
        "accident-form",
        "equality-plan",
        "photos-and-online",
    ],
)
def test_every_text_that_a_club_needs_is_there(wanted: str) -> None:
    assert model_text(wanted).title


def test_texts_belong_to_questions_that_there_are() -> None:
    known = {one.key for one in current_edition().questions}
    for text in model_texts():
        assert text.questions
        assert set(text.questions) <= known, text.key


def test_every_paper_that_blocks_has_a_text_to_start_from() -> None:
    asked = [
        question.key
        for question in current_edition().questions
        if question.level.blocks
        and any(part.type == "file" and part.required for part in question.parts)
    ]
    without = [key for key in asked if not texts_for(key)]
    # A form for each child's details is not ours to write, nor a licence or an insurance.
    assert set(without) <= {"hs_info", "hs_employers", "hs_special", "sg_away"}


def test_who_works_alone_is_never_told_to_tell_a_lead() -> None:
    for text in model_texts():
        words = text.for_size("lone")
        assert "your lead’s name" not in words, text.key
        assert not re.search(r"[Tt]ell the lead if|deputy", words), text.key


def test_only_a_large_club_names_a_deputy_in_its_plan() -> None:
    plan = model_text("safeguarding-plan")
    assert "your deputy’s name" in plan.for_size("large")
    assert "your deputy’s name" not in plan.for_size("small")
    with pytest.raises(KeyError):
        plan.for_size("huge")


@pytest.mark.parametrize(
    ("words", "blanks"),
    [
        ("Kept by [your club’s name] in [date]", ("[your club’s name]", "[date]")),
        ("[your lead’s\nname] and [your lead’s name]", ("[your lead’s name]",)),
        ("[Delete this box when you have finished]", ("[Delete this box when you have finished]",)),
        ("See [1], [see page 3], [sic] and [x]", ()),
        ("[names] were not given; [yours truly]", ()),
        ("", ()),
    ],
)
def test_blanks_are_told_from_other_brackets(words: str, blanks: tuple[str, ...]) -> None:
    assert blanks_in(words) == blanks
