"""A page of a feed: what has changed after a number, in the order of the numbers."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import and_, select

from registry import clock
from registry.cards.models import Card
from registry.config import settings
from registry.database import db
from registry.opendata.identifiers import identifier
from registry.opendata.openactive.models import SERIES, FeedItem
from registry.opendata.openactive.paging import Item
from registry.opendata.openactive.series import as_text, session_of
from registry.opendata.published import is_published


def items_after(kind: str, number: int, limit: int) -> list[Item]:
    """The items of a feed above a number.

    One whose card is not public today is gone, whoever has noted it or not: its number stays
    until the night. So is a date that has passed.
    """
    card = and_(Card.activity_id == FeedItem.activity_id, is_published())
    found = (
        select(FeedItem, Card.slug)
        .outerjoin(Card, card)
        .where(FeedItem.kind == kind, FeedItem.number > number)
        .order_by(FeedItem.number)
        .limit(limit)
    )
    columns = db.session.execute(found.with_only_columns(*FeedItem.__table__.columns, Card.slug))
    return list(_items(columns, kind))


def _items(rows: Any, kind: str) -> Iterator[Item]:
    today, public_url = clock.today(), settings().public_url
    for row in rows:
        is_here = row.slug and row.until and (row.day is None or row.day >= today)
        series = identifier("session-series", row.activity_id)
        if kind == SERIES:
            yield Item(row.number, series, row.data if is_here else None)
            continue
        name = identifier("scheduled-session", row.activity_id, row.which)
        session = (
            session_of(row.slug, series, name, row.day, row.starts, row.ends, public_url)
            if is_here
            else None
        )
        yield Item(row.number, name, as_text(session) if session else None)
