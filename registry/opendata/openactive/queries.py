"""A page of a feed: what has changed after a number, in the order of the numbers."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import and_, select

from registry import clock
from registry.cards.models import Card
from registry.config import settings
from registry.database import db
from registry.opendata.identifiers import identifier_in
from registry.opendata.openactive.models import SERIES, FeedItem
from registry.opendata.openactive.paging import Item
from registry.opendata.openactive.series import session_text
from registry.opendata.published import is_published


def items_after(kind: str, number: int, limit: int) -> list[Item]:
    """The items of a feed above a number.

    One whose card is not public today is gone, whoever has noted it or not: its number stays
    until the night. So is a date that has passed.
    """
    card = and_(Card.activity_id == FeedItem.activity_id, is_published())
    found = (
        select(FeedItem.number, FeedItem.activity_id, Card.slug, FeedItem.until)
        .outerjoin(Card, card)
        .where(FeedItem.kind == kind, FeedItem.number > number)
        .order_by(FeedItem.number)
        .limit(limit)
    )
    if kind == SERIES:
        return list(_series(db.session.execute(found.add_columns(FeedItem.data))))
    more = (FeedItem.which, FeedItem.day, FeedItem.starts, FeedItem.ends)
    return list(_sessions(db.session.execute(found.add_columns(*more))))


def _series(rows: Iterable[Any]) -> Iterator[Item]:
    council = settings().authority_code
    for number, activity, slug, until, data in rows:
        name = identifier_in(council, "session-series", activity)
        yield Item(number, name, data if slug and until else None)


def _sessions(rows: Iterable[Any]) -> Iterator[Item]:
    today, public_url, council = clock.today(), settings().public_url, settings().authority_code
    for number, activity, slug, until, which, day, starts, ends in rows:
        name = identifier_in(council, "scheduled-session", activity, which)
        if not slug or not until or day < today:
            yield Item(number, name, None)
            continue
        series = identifier_in(council, "session-series", activity)
        yield Item(number, name, session_text(slug, series, name, day, starts, ends, public_url))
