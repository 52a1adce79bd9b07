"""Every page and every thing is as the published schemas of Open Referral UK 3.0 want it."""

import pytest

from registry.cards.services import replace_cards
from registry.database import db
from tests.opendata.oruk.invented import organisations
from tests.opendata.oruk.standard import ask, problems, walk, wrong_in_everything


def publish(every):
    """Put these organisations on the list."""
    for cards in every:
        replace_cards(cards[0].organisation_id, cards)
    db.session.commit()


def test_everything_is_as_the_schemas_want_it(client, app):
    publish(organisations(25))
    assert wrong_in_everything(client, per_page=7) == []


def test_an_empty_register_is_told_as_one(client, app):
    for kind in ("services", "service_at_locations", "organizations"):
        assert walk(client, kind) == []
        answer = ask(client, f"/{kind}")
        assert (answer["empty"], answer["total_pages"], answer["contents"]) == (True, 0, [])


def test_whole_things_in_a_list_are_those_of_their_own_address(client, app):
    publish(organisations(12))
    for kind, shape in (
        ("services", "service"),
        ("service_at_locations", "service_at_location"),
        ("organizations", "organization"),
    ):
        for thing in walk(client, kind, per_page=4, full="true"):
            assert problems(shape, thing) == []
            alone = ask(client, f"/{kind}/{thing['id']}")
            assert {name: alone[name] for name in thing} == thing


def test_the_schemas_find_what_is_wrong(client, app):
    """The checks check: addresses and instants too."""
    publish(organisations(1))
    (first, *_) = walk(client, "services")
    good = ask(client, f"/services/{first['id']}")
    assert problems("service", good) == []
    for wrong in (
        {"url": "kingfisher.example"},
        {"last_modified": "2026-11-22T10:00:00"},
        {"id": "123"},
        {"minimum_age": "5"},
        {"status": "Active"},
        {"description": ""},
        {"email": None},
    ):
        assert problems("service", {**good, **wrong}), wrong
        assert problems("service", {**good, **wrong}, quickly=True), wrong


@pytest.mark.slow
def test_five_thousand_organisations_are_as_the_schemas_want_them(client, app):
    publish(organisations(5_000, seed=5_000))
    assert wrong_in_everything(client, per_page=500, quickly=True) == []
