"""An appeal that waits for its officer."""

from datetime import date, timedelta

from sqlalchemy import select

from registry import clock
from registry.accounts.models import Account
from registry.appeals.queries import decision_to_appeal
from registry.appeals.rules import is_in_time
from registry.appeals.services import ask_for_appeal
from registry.database import db
from registry.demonstration.moments import Part, on
from registry.demonstration.people import People
from registry.organisations.models import Organisation

WORDS = (
    "The log of the ropes was kept from the first week on. It was in the office that day, and "
    "nobody asked for it. The leader passed her award in the week before you came. Please look at "
    "both again."
)
LATE = "Your letter went to our old office. It came to us only last week."


def parts_of_disputing(people: People, today: date) -> list[Part]:
    """A club appeals, the evening before this one."""
    return [(on(today - timedelta(days=1), 19, 25), _dispute)]


def _dispute() -> None:
    """The first club that can appeal does so."""
    clubs = select(Organisation).where(Organisation.closed_at.is_(None)).order_by(Organisation.id)
    for club in db.session.scalars(clubs).unique():
        found = decision_to_appeal(club)
        if found is None:
            continue
        decided_on = clock.local(found[1].at).date()
        late = "" if is_in_time(decided_on, clock.today()) else LATE
        ask_for_appeal(club, _owner(club), words=WORDS, late_reason=late)
        return


def _owner(club: Organisation) -> Account:
    return next(one.account for one in club.members if one.role == "owner")
