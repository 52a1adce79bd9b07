"""What families type, held against the demonstration's cards: the right ones come first.

`relevance/searches.toml` says which, and which must stay out of the first five; `orders.json` has
the whole order of each search, which both databases give alike. Where an order changes on purpose,
look at it, then write it anew: `pytest tests/cards/test_relevance.py --write-snapshots`.
"""

import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from registry.cards.queries import search
from registry.cards.search.request import SearchRequest
from registry.cards.services import replace_cards
from registry.database import db
from registry.demonstration import building
from registry.demonstration.cards_file import facts, read
from registry.geography.services import OUR_POSTCODES, load_postcodes

HERE = Path(__file__).parent / "relevance"
CARDS, ORDERS = HERE / "cards.jsonl", HERE / "orders.json"
EVERY = 200
SEARCHES: list[dict[str, Any]] = tomllib.loads((HERE / "searches.toml").read_text())["search"]


@pytest.fixture
def register(app, clock):
    """The demonstration's cards on the day on which they were written down."""
    day, cards = read(CARDS)
    clock.freeze(f"{day} 12:00")
    for organisation in dict.fromkeys(card.organisation_id for card in cards):
        replace_cards(organisation, [c for c in cards if c.organisation_id == organisation])
    db.session.commit()


def asked(one: dict[str, Any]) -> SearchRequest:
    named = {name: one[name] for name in ("q", "postcode", "place", "miles") if name in one}
    return SearchRequest(**named)


def told(one: dict[str, Any]) -> str:
    return asked(one).address()


def test_every_search_finds_what_it_should_in_the_same_order_on_both_databases(register, request):
    orders = {told(one): found(one) for one in SEARCHES}
    if request.config.getoption("--write-snapshots"):
        lines = (f"{json.dumps(address)}: {json.dumps(order)}" for address, order in orders.items())
        ORDERS.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    wrong = [problem for one in SEARCHES for problem in problems(one, orders[told(one)])]
    assert not wrong, "\n".join(wrong)
    assert orders == json.loads(ORDERS.read_text())


def found(one: dict[str, Any]) -> list[str]:
    return [hit.document["slug"] for hit in search(asked(one), page_size=EVERY).hits]


def problems(one: dict[str, Any], order: list[str]) -> list[str]:
    wrong = []
    if order[: len(one["first"])] != one["first"]:
        wrong.append(f"{told(one)} begins with {order[:6]} and not {one['first']}")
    if among := set(one.get("never", ())) & set(order[:5]):
        wrong.append(f"{told(one)} has {sorted(among)} among the first five")
    return wrong


def test_there_are_enough_of_each_kind():
    kinds = Counter(one["kind"] for one in SEARCHES)
    assert len(SEARCHES) >= 60
    assert kinds["misspelt"] >= 15
    assert kinds["everyday"] >= 10
    assert kinds["place"] >= 10
    assert kinds["joined"] >= 10
    assert sum(bool(one.get("never")) for one in SEARCHES) >= 15
    assert len({told(one) for one in SEARCHES}) == len(SEARCHES)


def test_every_address_in_the_file_is_of_a_card():
    slugs = {card.slug for card in read(CARDS)[1]}
    named = {slug for one in SEARCHES for slug in (*one["first"], *one.get("never", ()))}
    assert named <= slugs


@pytest.mark.slow
def test_the_cards_are_still_what_the_demonstration_gives(app, clock):
    """Where they are not: `flask registry demonstration cards` writes the file anew."""
    load_postcodes(OUR_POSTCODES)
    day, _ = read(CARDS)
    clock.travel_to(f"{day} 21:55")
    building.load()
    kept = [json.loads(line) for line in CARDS.read_text().splitlines()[1:]]
    now = json.loads(json.dumps(facts()))
    assert [one["slug"] for one in now] == [one["slug"] for one in kept]
    different = [a["slug"] for a, b in zip(now, kept, strict=True) if a != b]
    assert not different
