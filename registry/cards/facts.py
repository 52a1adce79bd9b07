"""What other computers narrow services down by: kept beside each card, in the same transaction.

Three slim tables instead of the documents, so that a question about a whole region's register is
one pass over a few megabytes. Each has only what the card says itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select

from registry.cards.categories import both_levels
from registry.cards.dates import keep_dates
from registry.cards.identifiers import identifier
from registry.cards.models import Card, CardFacts, CardPlace, CardSession
from registry.cards.record import places_of
from registry.database import db
from registry.timetable.council_terms import school_calendar
from registry.timetable.recurrence import Recurrence
from registry.timetable.terms import SchoolCalendar

Document = Mapping[str, Any]
Values = dict[str, Any]

_AT_ONCE = 500


class Session(NamedTuple):
    """One session: the days of the week as bits, Monday the lowest, and the minutes of the day at
    which it starts and ends, where its clock times are public."""

    days: int
    opens: int | None
    closes: int | None


def keep_facts(cards: Iterable[tuple[int, int, date, Document]]) -> None:
    """Keep the facts of cards that have none: number, organisation, last day and document."""
    facts, places, sessions = [], [], []
    calendar = school_calendar()
    for activity_id, organisation_id, listed_until, document in cards:
        facts.append(_facts(activity_id, organisation_id, listed_until, document))
        places += _places(activity_id, document)
        sessions += [
            {"activity_id": activity_id, "number": number, **session._asdict()}
            for number, session in enumerate(sessions_of(document, calendar))
        ]
    _insert(CardFacts, facts)
    _insert(CardPlace, places)
    _insert(CardSession, sessions)


def fill_in_facts() -> int:
    """Give facts to cards that were made before there were any; answers how many had none.

    Where the council has another code now, everything has another name: all are made anew.
    """
    first = db.session.execute(select(CardFacts.activity_id, CardFacts.service).limit(1)).first()
    if first is not None and first.service != identifier("service", first.activity_id):
        for model in (CardFacts, CardPlace, CardSession):
            db.session.execute(delete(model))
    done = last = 0
    while lacking := _lacking(last):
        keep_facts(lacking)
        # Nobody knows since when they say what they say: since now at the latest.
        keep_dates(
            {number: document for number, _, _, document in lacking},
            [number for number, *_ in lacking],
        )
        done, last = done + len(lacking), lacking[-1][0]
    return done


def codes_of(document: Document) -> set[str]:
    """The codes of its kinds, of both levels, and of every mark that the club answered with yes."""
    cost = document.get("cost") or {}
    marks = (
        *(document.get("support") or ()),
        *(document.get("access") or ()),
        *(cost.get("points") or ()),
    )
    kinds = both_levels(one["code"] for one in document.get("categories") or ())
    return kinds | {one["code"] for one in marks if one.get("answer") == "yes"}


def sessions_of(document: Document, calendar: SchoolCalendar) -> list[Session]:
    """When it happens, session by session."""
    return [_session(one, calendar) for one in document.get("sessions") or ()]


def _session(told: Document, calendar: SchoolCalendar) -> Session:
    days = Recurrence.from_record(told).weekdays(calendar)
    return Session(
        sum(1 << day for day in set(days)), _minutes(told.get("start")), _minutes(told.get("end"))
    )


def _minutes(clock: Any) -> int | None:
    """“16:30” is 990."""
    if not clock:
        return None
    hours, minutes = str(clock).split(":")[:2]
    return int(hours) * 60 + int(minutes)


def _facts(activity_id: int, organisation_id: int, until: date, document: Document) -> Values:
    ages = document.get("ages") or {}
    return {
        "activity_id": activity_id,
        "organisation_id": organisation_id,
        "service": identifier("service", activity_id),
        "organisation": identifier("organization", organisation_id),
        "listed_until": until,
        "min_months": ages.get("min_months"),
        "max_months": ages.get("max_months"),
        "codes": f" {' '.join(sorted(codes_of(document)))} ",
    }


def _places(activity_id: int, document: Document) -> list[Values]:
    return [
        {
            "activity_id": activity_id,
            "number": number,
            "identifier": identifier("service_at_location", activity_id, number),
            "latitude": place.get("latitude"),
            "longitude": place.get("longitude"),
        }
        for number, place in enumerate(places_of(document))
    ]


def _insert(model: type[CardFacts | CardPlace | CardSession], rows: Sequence[Values]) -> None:
    if rows:
        db.session.execute(insert(model), rows)


def _lacking(after: int) -> list[tuple[int, int, date, Document]]:
    has_some = select(CardFacts).where(CardFacts.activity_id == Card.activity_id).exists()
    found = select(Card.activity_id, Card.organisation_id, Card.listed_until, Card.document)
    rows = db.session.execute(
        found.where(~has_some, Card.activity_id > after).order_by(Card.activity_id).limit(_AT_ONCE)
    )
    return [(number, by, until, document) for number, by, until, document in rows]
