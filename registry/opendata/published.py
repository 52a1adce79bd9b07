"""Which cards are public now. Every feed and every file asks here, and nowhere else.

Cards are read in the order of their numbers, a few at a time, so that a whole register needs no
more memory than a page of it.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, cast, select
from sqlalchemy.types import Text

from registry import clock
from registry.cards.models import Card, CardDates
from registry.database import db

AT_ONCE = 200
_LONGEST_SLUG = 120

_ASKED = (
    Card.activity_id,
    Card.organisation_id,
    Card.slug,
    Card.organisation_slug,
    Card.name,
    Card.listed_until,
    Card.version,
    CardDates.first_listed_at,
    CardDates.changed_at,
    cast(Card.document, Text),
)


class PublishedCard(NamedTuple):
    """One card that is public now, with the names of its model.

    `first_listed_at` and `changed_at` are null where nobody knows: cards older than those dates.
    """

    activity_id: int
    organisation_id: int
    slug: str
    organisation_slug: str
    name: str
    listed_until: date
    version: int
    first_listed_at: datetime | None
    changed_at: datetime | None
    document: dict[str, Any]


def published_cards(after: int = 0, limit: int | None = None) -> Iterator[PublishedCard]:
    """The cards whose numbers are above `after`, in their order; not more than `limit`."""
    left = limit
    while left is None or left > 0:
        wanted = AT_ONCE if left is None else min(AT_ONCE, left)
        chunk = _these(select(*_ASKED).where(Card.activity_id > after).limit(wanted))
        yield from chunk
        if len(chunk) < wanted:
            return
        after = chunk[-1].activity_id
        left = None if left is None else left - len(chunk)


def published_ids() -> list[int]:
    """The numbers of all that is public now, in their order."""
    found = select(Card.activity_id).where(is_published()).order_by(Card.activity_id)
    return list(db.session.scalars(found))


def published_card(which: str | int) -> PublishedCard | None:
    """One card, by its slug or its number; None for any that is not public, whatever the reason."""
    if isinstance(which, str) and not 0 < len(which) <= _LONGEST_SLUG:
        return None
    is_it = Card.slug == which if isinstance(which, str) else Card.activity_id == which
    found = _these(select(*_ASKED).where(is_it))
    return found[0] if found else None


def published_among(activity_ids: Sequence[int]) -> list[PublishedCard]:
    """Those of these numbers that are public, in the order of their numbers."""
    return _these(select(*_ASKED).where(Card.activity_id.in_(activity_ids)))


def is_published() -> ColumnElement[bool]:
    """What holds for a card that is public now, for a query of one's own."""
    return Card.listed_until >= clock.today()


def _these(found: Select[Any, Any, Any, Any, Any, Any, Any, Any, Any, Any]) -> list[PublishedCard]:
    dated = found.join_from(
        Card, CardDates, CardDates.activity_id == Card.activity_id, isouter=True
    )
    rows = db.session.execute(dated.where(is_published()).order_by(Card.activity_id)).all()
    return [PublishedCard(*row[:-1], document=json.loads(row[-1])) for row in rows]
