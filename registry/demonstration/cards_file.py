"""The demonstration's cards as a file: the whole of what a search knows, without walking a club.

Tests of searches and benchmarks begin with it. A slow test holds that the file is still what the
demonstration gives on its day.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from registry.cards.models import Card
from registry.cards.record import CardRecord
from registry.database import db

__all__ = ["facts", "read", "write"]

# What no search asks about: who to call, what was read, and pictures of places that may change.
_LEFT_OUT = (
    "contact",
    "criteria",
    "booking",
    "picture",
    "read_on",
    "next_due_on",
    "reference",
    "earlier_references",
)
_PLAIN = (
    "activity_id",
    "organisation_id",
    "slug",
    "organisation_slug",
    "name",
    "min_months",
    "max_months",
    "price_pence",
)


def facts() -> list[dict[str, Any]]:
    """What a search knows of every card, in the order of their addresses."""
    return [_facts(card) for card in db.session.scalars(select(Card).order_by(Card.slug))]


def write(path: Path, today: date) -> int:
    """Write the cards of this database, which was filled on that day. Returns how many."""
    cards = facts()
    lines = [json.dumps(one, ensure_ascii=False, sort_keys=True) for one in cards]
    path.write_text("\n".join([json.dumps({"today": today.isoformat()}), *lines, ""]))
    return len(cards)


def read(path: Path) -> tuple[date, list[CardRecord]]:
    """The day on which the file was written, and the cards in it."""
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    return date.fromisoformat(json.loads(first)["today"]), [
        _record(json.loads(line)) for line in lines
    ]


def _facts(card: Card) -> dict[str, Any]:
    return {
        **{name: getattr(card, name) for name in _PLAIN},
        "listed_until": card.listed_until.isoformat(),
        "document": _in_one_order(card.document),
    }


def _in_one_order(document: dict[str, Any]) -> dict[str, Any]:
    """What is asked about, each list in an order that does not hang on who read the rows."""
    told = {name: value for name, value in document.items() if name not in _LEFT_OUT}
    for name in ("support", "access"):
        told[name] = sorted(told[name], key=lambda mark: str(mark["code"]))
    plain = [{**session, "key": ""} for session in told["sessions"]]
    plain.sort(key=lambda session: json.dumps(session, sort_keys=True))
    return {**told, "sessions": [{**one, "key": str(n)} for n, one in enumerate(plain)]}


def _record(told: dict[str, Any]) -> CardRecord:
    document = told["document"]
    days = {day for session in document["sessions"] for day in _days(session)}
    return CardRecord(
        **{name: told[name] for name in _PLAIN},
        listed_until=date.fromisoformat(told["listed_until"]),
        categories=tuple(one["code"] for one in document["categories"]),
        days=tuple(sorted(days)),
        document=document,
    )


def _days(session: dict[str, Any]) -> list[int]:
    dates = (date.fromisoformat(one) for one in session.get("dates") or ())
    return [*(session.get("days") or ()), *(day.weekday() for day in dates)]
