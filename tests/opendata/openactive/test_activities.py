"""Which of OpenActive's activities a card stands for."""

import json
from pathlib import Path

import pytest

from registry.cards.categories import shipped_categories
from registry.opendata.openactive.activities import LIST, Concept, concepts_of, kinds

HERE = Path(__file__).parent


def labels(name: str, *codes: str) -> list[str]:
    document = {"name": name, "categories": [{"code": code} for code in codes]}
    return [one.label for one in concepts_of(document)]


def test_every_activity_that_is_named_is_on_the_official_list() -> None:
    official = json.loads((HERE / "lists" / "activity-list.jsonld").read_text("utf-8"))
    assert official["license"] == "https://creativecommons.org/licenses/by/4.0/"
    known = {(one["identifier"], one["prefLabel"]) for one in official["concept"]}
    used = {
        concept
        for kind in kinds().values()
        for concept in (kind.whole, *(one for _, one in kind.words))
        if concept is not None
    }
    assert len(used) > 100
    assert {(one.number, one.label) for one in used} <= known
    ids = {one["id"] for one in official["concept"]}
    assert {one.as_thing()["@id"] for one in used} <= ids


def test_every_kind_that_is_mapped_is_one_of_ours() -> None:
    ours = {one.code for one in shipped_categories()}
    assert set(kinds()) <= ours
    sports = {code for code in ours if code.startswith("sport.")}
    assert sports <= set(kinds()), "a sport that nobody thought of"


@pytest.mark.parametrize(
    ("name", "codes", "expected"),
    [
        ("Juniors", ("sport.football",), ["Football"]),
        ("Futsal for girls", ("sport.football",), ["Futsal"]),
        ("Ju-Jitsu (juniors)", ("sport.martial_arts",), ["Ju-Jitsu"]),
        ("Fight fair", ("sport.martial_arts",), ["Martial Arts"]),
        ("Wheelchair basketball", ("sport.basketball",), ["Wheelchair Basketball"]),
        ("Wheelchair tennis and badminton", ("sport.tennis",), ["Wheelchair Tennis"]),
        ("Splash", ("sport.water",), []),
        ("Kayaks and KAYAKING", ("sport.water",), ["Kayaking"]),
        ("Judoka", ("sport.other",), []),
        ("Ballet and tap", ("dance_arts.dance",), ["Ballet"]),
        ("Saturdays", ("youth.club", "sport.football", "dance_arts.dance"), ["Football", "Dance"]),
        ("Sing and dance", ("dance_arts.drama", "dance_arts.musical_theatre"), ["Acting"]),
        ("Chess", ("stem_games.chess",), []),
        ("Football", ("uniformed.scouts",), []),
        ("Football", ("sport",), []),
        ("Football", ("no.such_kind",), []),
        ("Football", (), []),
    ],
)  # fmt: skip
def test_kinds_and_words_say_what_it_is(
    name: str, codes: tuple[str, ...], expected: list[str]
) -> None:
    assert labels(name, *codes) == expected


def test_a_concept_says_which_list_it_is_from() -> None:
    assert Concept("0a5f732d", "Football").as_thing() == {
        "@type": "Concept",
        "@id": f"{LIST}#0a5f732d",
        "prefLabel": "Football",
        "inScheme": LIST,
    }
