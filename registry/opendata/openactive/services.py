"""Keeping the feeds in step with the cards. The caller commits.

A harvester that reads to the end of a feed, and goes on from there, must end with what is public:
so whatever changes gets a number above every number that was ever given. Numbers are drawn from
the register's version, whose one row is held from the first draw until the commit. So they come
to light in their order, on both databases: nobody can read past a number that is still to come.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select, union, update

from registry import clock
from registry.cards.in_step import ChangedCard
from registry.cards.models import Card
from registry.cards.services import draw_numbers
from registry.config import settings
from registry.database import db
from registry.opendata.identifiers import identifier
from registry.opendata.openactive.models import SERIES, SESSION, FeedItem, FeedNight
from registry.opendata.openactive.schedules import Date, dates_to_come
from registry.opendata.openactive.series import as_text, series_of
from registry.opendata.published import published_among, published_ids
from registry.timetable.council_terms import school_calendar

# How many activities the night looks at in one transaction.
AT_ONCE = 200
# How long it is still told that a date is gone; of an activity it always is.
_DATES_ARE_MISSED_FOR = timedelta(days=30)

Name = tuple[int, str, str]


class Given(NamedTuple):
    """What a feed is to give of one item."""

    until: date
    said: str
    day: date | None = None
    starts: str = ""
    ends: str = ""
    data: str | None = None


def keep_in_step(gone: Collection[int], cards: Sequence[ChangedCard]) -> None:
    """Let the feeds say what these cards say, and that the others of `gone` are gone.

    What has not changed keeps its number.
    """
    draw_numbers(0)
    wanted: dict[Name, Given] = {}
    for card in cards:
        wanted.update(_items_of(card))
    rows = _rows({*gone, *(card.activity_id for card in cards)})
    today = clock.today()
    changed = [
        (name, given) for name, given in wanted.items() if _differs(rows, name, given, today)
    ]
    leaving = [name for name, row in rows.items() if row.until and name not in wanted]
    _lengthen(rows, wanted, {name for name, _ in changed})
    numbers = iter(draw_numbers(len(changed) + len(leaving)))
    _write(rows, [(next(numbers), *one) for one in changed], today)
    _let_go([(next(numbers), rows[name].number) for name in leaving], today)


def were_kept_today() -> bool:
    """Whether all of it was looked at today already: the night comes more than once."""
    return db.session.scalar(select(FeedNight.kept_on)) == clock.today()


def note_that_all_are_kept() -> None:
    """Note that it was."""
    db.session.merge(FeedNight(id=1, kept_on=clock.today()))


def next_to_keep(after: int) -> list[int]:
    """The next few activities whose feeds may have to say something else, above a number.

    Dates have passed and others have come near; listings have run out; the school terms, or what
    our kinds stand for, may have changed. So the night goes over all that is given or public.
    """
    given = select(FeedItem.activity_id).where(
        FeedItem.activity_id > after, FeedItem.until.is_not(None)
    )
    kept = select(Card.activity_id).where(Card.activity_id > after)
    some = union(given, kept).order_by("activity_id").limit(AT_ONCE)
    return list(db.session.scalars(some))


def keep_these_in_step(activities: Sequence[int]) -> None:
    """Let the feeds say of these activities what is public of them now."""
    keep_in_step(activities, _public(list(activities)))


def fill_feeds() -> None:
    """Give what is listed already its numbers, where nothing has any yet."""
    if db.session.scalar(select(FeedItem.number).limit(1)) is not None:
        return
    known = published_ids()
    for start in range(0, len(known), AT_ONCE):
        keep_in_step((), _public(known[start : start + AT_ONCE]))


def forget_old_dates() -> None:
    """Say no longer that a date is gone when whoever reads the feed has long heard it."""
    before = clock.today() - _DATES_ARE_MISSED_FOR
    db.session.execute(
        delete(FeedItem).where(
            FeedItem.kind == SESSION, FeedItem.until.is_(None), FeedItem.changed_on < before
        )
    )


def _public(activities: list[int]) -> list[ChangedCard]:
    """The cards of these that are public now."""
    return [
        ChangedCard(one.activity_id, one.listed_until, one.document)
        for one in published_among(activities)
    ]


def _items_of(card: ChangedCard) -> Iterator[tuple[Name, Given]]:
    """What the feeds give of a card: itself and its dates to come, or nothing at all."""
    activity, until, calendar = card.activity_id, card.listed_until, school_calendar()
    number = identifier("session-series", activity)
    series = series_of(card.document, until, number, calendar, settings().public_url)
    if series is None or until < clock.today():
        return
    data = as_text(series)
    yield (activity, SERIES, ""), Given(until, _digest(data), data=data)
    for one in dates_to_come(card.document, until, calendar, clock.today()):
        yield (activity, SESSION, one.which), _date(one, card.document["slug"])


def _date(one: Date, slug: str) -> Given:
    said = _digest(f"{slug} {one.on} {one.starts} {one.ends}")
    return Given(one.on, said, one.on, one.starts, one.ends)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _rows(activities: Collection[int]) -> dict[Name, Any]:
    found = select(
        FeedItem.number,
        FeedItem.activity_id,
        FeedItem.kind,
        FeedItem.which,
        FeedItem.until,
        FeedItem.said,
    ).where(FeedItem.activity_id.in_(activities))
    return {(row.activity_id, row.kind, row.which): row for row in db.session.execute(found)}


def _differs(rows: dict[Name, Any], name: Name, given: Given, today: date) -> bool:
    """Whether an item is to be given anew. One whose last day has passed was told as gone."""
    row = rows.get(name)
    return row is None or row.until is None or row.until < today or row.said != given.said


def _lengthen(rows: dict[Name, Any], wanted: dict[Name, Given], changed: set[Name]) -> None:
    """Note another last day of what is given as before: that alone is no change of the item."""
    for name, given in wanted.items():
        if name not in changed and rows[name].until != given.until:
            number = rows[name].number
            db.session.execute(
                update(FeedItem).where(FeedItem.number == number).values(until=given.until)
            )


def _write(rows: dict[Name, Any], changed: list[tuple[int, Name, Given]], today: date) -> None:
    """Put what has changed under its new number."""
    earlier = [rows[name].number for _, name, _ in changed if name in rows]
    if earlier:
        db.session.execute(delete(FeedItem).where(FeedItem.number.in_(earlier)))
    if changed:
        db.session.execute(
            insert(FeedItem),
            [
                {
                    "number": number,
                    "activity_id": activity,
                    "kind": kind,
                    "which": which,
                    "changed_on": today,
                    **given._asdict(),
                }
                for number, (activity, kind, which), given in changed
            ],
        )


def _let_go(leaving: list[tuple[int, int]], today: date) -> None:
    """Keep of what has gone that it has: its name, and a new number."""
    for number, before in leaving:
        db.session.execute(
            update(FeedItem)
            .where(FeedItem.number == before)
            .values(number=number, until=None, data=None, said="", changed_on=today)
        )
