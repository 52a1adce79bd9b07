"""Who is on the list under a reference, from cards and nothing else."""

from datetime import date, timedelta

from sqlalchemy import select

from registry import clock
from registry.cards.models import Card, CardReference
from registry.cards.queries import as_told
from registry.database import db
from registry.tallies.queries import looks_of
from registry.verifying.verdict import Verdict, verdict_of


def verdict_on(reference: str | None) -> Verdict | None:
    """What is true today under this reference; None whatever the reason why nothing is.

    A reference that a renewal followed leads to what holds now.
    """
    if reference is None:
        return None
    found = (
        select(Card.document)
        .join(CardReference, CardReference.activity_id == Card.activity_id)
        .where(CardReference.reference == reference, Card.listed_until >= clock.today())
        .order_by(Card.sort_name, Card.activity_id)
    )
    return verdict_of(db.session.scalars(found).all())


def verdict_told_to(organisation_id: int, today: date) -> Verdict | None:
    """What a club is told of itself: the same as without a quiet hold (domain B.5)."""
    told = as_told(today)
    found = select(told.c.document).where(told.c.organisation_id == organisation_id)
    documents = db.session.scalars(found.order_by(told.c.activity_id)).all()
    return verdict_of(sorted(documents, key=lambda one: str(one["name"]).casefold()))


def looks_since(today: date) -> date:
    """The Monday four weeks before this one."""
    return today - timedelta(weeks=4, days=today.weekday())


def looks_told_to(organisation_id: int, today: date) -> list[tuple[str, int]]:
    """What a club has on the list, and how often people looked at each since that Monday."""
    told = as_told(today)
    found = select(told.c.activity_id, told.c.document).where(
        told.c.organisation_id == organisation_id
    )
    times = looks_of(organisation_id, looks_since(today))
    rows = [(str(one["name"]), times.get(number, 0)) for number, one in db.session.execute(found)]
    return sorted(rows, key=lambda row: row[0].casefold())
