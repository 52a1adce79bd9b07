"""The page about the document of a card, held against real ones."""

import re
from pathlib import Path

from sqlalchemy import select

from registry.cards.models import Card
from registry.database import db
from registry.organisations.models import PRICE_KINDS
from tests import factories as make
from tests.inventory.pages.plans import BUSY

PAGE = (Path(__file__).parents[2] / "docs" / "cards.md").read_text(encoding="utf-8")


def named(text: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", text))


def row_of(key: str) -> str:
    """What the table says of a key."""
    return next(line.split("|")[2] for line in PAGE.splitlines() if f"| `{key}`" in line)


def a_document() -> dict:
    make.an_approved(plan=BUSY)
    return (
        db.session.scalars(select(Card).where(Card.name == "Street Dance Juniors")).one().document
    )


def test_every_key_is_told_and_none_besides(app):
    told = set()
    for line in PAGE.splitlines():
        if line.startswith("| `"):
            told |= named(line.split("|")[1])
    assert told == set(a_document())


def test_every_part_is_told(app):
    document = a_document()
    for key in ("organisation", "ages", "cost", "booking", "contact", "picture"):
        assert set(document[key]) <= named(row_of(key)), key
    assert set(document["cost"]["points"][0]) | set(document["support"][0]) == {
        "code", "label", "answer", "note", "group"
    }  # fmt: skip
    place = re.search(r"\*\*A place\*\* has (.*?)\. It comes", PAGE, re.DOTALL)
    assert place
    for one in (document["venue"], *document["also_at"]):
        assert set(one) == named(place[1])


def test_every_kind_of_cost_is_told():
    kinds = re.search(r"\*\*Kinds of cost\*\*: (.*?)\.", PAGE)
    assert kinds
    assert named(kinds[1]) == set(PRICE_KINDS)
