"""Which taxonomies there are, and which terms a card has. No database."""

import csv
import re

import pytest

from registry.cards.categories import categories, shipped_categories
from registry.cards.marks import shipped_marks
from registry.taxonomies.queries import (
    CONTENT,
    known_codes,
    read_term,
    taxonomies,
    taxonomy,
    terms_of,
)
from registry.taxonomies.terms import Term, in_order, key_of

DFE = "dfe-family-hub-categories"


def card(*codes: str, ages: tuple[int, int] = (60, 143), **said: list[dict[str, str]]):
    """What of a card's document leads to terms."""
    return {
        "categories": [{"code": code, "label": code} for code in codes],
        "ages": {"min_months": ages[0], "max_months": ages[1]},
        "support": said.get("support", []),
        "access": said.get("access", []),
        "cost": {"points": said.get("points", [])},
    }


def names(document, key: str) -> list[str]:
    return [term.name for term in terms_of(document) if term.taxonomy == key]


def test_a_card_has_its_kind_and_the_kind_that_holds_it():
    assert names(card("sport.football"), "activities") == ["Sport", "Football"]
    assert names(card("sport"), "activities") == ["Sport"]


def test_our_kinds_lead_to_the_categories_of_the_department():
    above = "Activities, clubs and groups"
    assert names(card("sport.football"), DFE) == [above, "Sports and recreation"]
    assert names(card("dance_arts.drama", "music"), DFE) == [above, "Music, arts and dance"]
    send = "Special educational needs and disabilities (SEND)"
    assert names(card("send.short_breaks"), DFE) == [send, "Breaks and respite"]
    assert names(card("send.club"), DFE) == [send]


def test_every_kind_of_ours_leads_somewhere():
    for first in categories():
        for one in (first, *first.subs):
            assert names(card(one.code), DFE), one.code


def test_only_a_yes_leads_to_support():
    said = card(
        "sport",
        support=[{"code": "bsl", "answer": "yes"}, {"code": "makaton", "answer": "ask"}],
        access=[{"code": "hoist", "answer": "no"}],
        points=[{"code": "siblings_less", "answer": "yes"}],
    )
    assert names(said, "support") == [
        "Support",
        "Someone signs in BSL",
        "Help with the cost",
        "Brothers and sisters pay less",
    ]


@pytest.mark.parametrize(
    ("months", "bands"),
    [
        ((60, 143), ["5 to 7", "8 to 10", "11 to 13"]),
        ((0, 11), ["0 to 2"]),
        ((0, 35), ["0 to 2"]),
        ((36, 36), ["3 to 4"]),
        ((216, 311), ["18 to 25"]),
    ],
)
def test_a_card_is_in_every_age_band_that_it_touches(months: tuple[int, int], bands: list[str]):
    assert names(card("sport", ages=months), "ages") == bands


def test_a_retired_kind_and_a_code_that_went_lead_to_no_error():
    assert names(card("sport.hurling"), "activities") == ["Sport"]
    assert names(card("gone"), "activities") == []


def test_the_mark_is_of_the_organisation_and_says_no_more_than_was_done():
    assert names(card("sport"), "scheme") == []
    assert read_term().name == "Self-check read"
    assert "not a promise" in read_term().told


def test_every_term_has_words_and_a_place_behind_what_holds_it():
    for one in taxonomies():
        assert one.told
        assert len({term.code for term in one.terms}) == len(one.terms)
        seen: set[str] = set()
        for term in one.terms:
            assert term.told
            assert term.taxonomy == one.key
            assert not term.parent or term.parent in seen
            seen.add(term.code)


def test_kinds_and_points_have_no_code_in_common():
    # A file names either by its code alone.
    kinds = {one.code for one in shipped_categories()}
    points = {one.code for one in shipped_marks()}
    assert not kinds & points
    assert known_codes() == kinds | points


def test_what_came_along_has_its_licence_and_no_invented_number():
    licence = (CONTENT / "README.md").read_text(encoding="utf-8")
    assert "MIT License" in licence
    assert "Permission is hereby granted" in licence
    for file in CONTENT.glob("*.csv"):
        text = file.read_text(encoding="utf-8")
        assert "esd" not in text
        assert file.name in licence
        rows = list(csv.DictReader(text.splitlines()))
        assert not any(re.search(r"\d", row["id"] + row["uri"]) for row in rows)
    found = taxonomy(DFE)
    assert found is not None
    (groups,) = [one for one in found.terms if one.name == "Activities, clubs and groups"]
    assert [one.name for one in found.terms if one.parent == groups.code] == [
        "Activities",
        "Before and after school clubs",
        "Holiday clubs and schemes",
        "Music, arts and dance",
        "Parent, baby and toddler groups",
        "Pre-school playgroup",
        "Sports and recreation",
    ]


def test_the_key_of_a_name():
    assert key_of("LGA services") == "lga-services"
    assert key_of("  Besoins & Éveil ") == "besoins-eveil"
    assert key_of("…") == ""
    assert len(key_of("x y " * 30)) <= 30


def test_terms_are_put_behind_what_holds_them():
    mixed = [Term("t", "c", "C", parent="b"), Term("t", "a", "A"), Term("t", "b", "B", parent="a")]
    assert [one.code for one in in_order(mixed)] == ["a", "b", "c"]
