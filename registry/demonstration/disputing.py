"""An appeal that waits for its officer, and two records that came after one like them."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from registry import clock
from registry.accounts.models import Account
from registry.appeals.queries import decision_to_appeal
from registry.appeals.rules import is_in_time
from registry.appeals.services import ask_for_appeal
from registry.database import db
from registry.demonstration.people import People
from registry.organisations.models import Organisation
from registry.organisations.services import register_organisation

__all__ = ["come_again", "dispute"]

WORDS = (
    "The log of the ropes was kept from the first week on. It was in the office that day, and "
    "nobody asked for it. The leader passed her award in the week before you came. Please look at "
    "both again."
)
LATE = "Your letter went to our old office. It came to us only last week."


def dispute() -> None:
    """The first club that can appeal does so, yesterday."""
    with clock.at(clock.now() - timedelta(days=1)):
        for club in _clubs():
            found = decision_to_appeal(club)
            if found is None:
                continue
            decided_on = clock.local(found[1].at).date()
            late = "" if is_in_time(decided_on, clock.today()) else LATE
            ask_for_appeal(club, _owner(club), words=WORDS, late_reason=late)
            return


def come_again(people: People) -> None:
    """One comes with the name and the telephone of a club that is here; one with its website."""
    with clock.at(clock.now() - timedelta(days=2)):
        clubs = list(_clubs())
        known = next((one for one in clubs if one.phone), None)
        if known is not None:
            register_organisation(
                people.known("ashley@example.org", "Ashley Ward"),
                name=f"The {known.name} Ltd",
                phone=known.phone,
            )
        linked = next((one for one in clubs if one.website and one is not known), None)
        if linked is not None:
            register_organisation(
                people.known("wren@example.org", "Wren Castle"),
                name="Wednesfield Welcome Juniors",
                website=linked.website,
            )


def _clubs() -> Iterator[Organisation]:
    yield from db.session.scalars(
        select(Organisation).where(Organisation.closed_at.is_(None)).order_by(Organisation.id)
    ).unique()


def _owner(club: Organisation) -> Account:
    return next(one.account for one in club.members if one.role == "owner")
