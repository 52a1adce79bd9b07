"""What an invented council has looked at twice: links told of, approvals read again, a reply."""

from datetime import timedelta

from sqlalchemy import select

from registry import clock
from registry.assessments import services
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.database import db
from registry.demonstration.people import People
from registry.permissions import P, can
from registry.reviews.models import SecondReading
from registry.reviews.services import read_again, state_conflicts

# Imran Siddiqui's year is over, so there is one to be asked.
STATED = (
    "reviewer@example.org",
    "senior@example.org",
    "senior2@example.org",
    "appeals@example.org",
)
READERS = ("reviewer@example.org", "reviewer2@example.org")
READ_AFTER = timedelta(days=9)
REPLY = (
    "Our lead left in the spring and nobody told us who to ask. Dee has done the course now and "
    "her name is in the plan. We have put it on the wall as well."
)


def look_twice(people: People) -> None:
    """Do what this council has done by now, each at its own moment."""
    now = clock.now()
    with clock.at(now - timedelta(days=120)):
        for address in STATED:
            somebody = people.of_the_council(address)
            state_conflicts(somebody, none_to_tell=True, organisations=(), others="")
    _read_again(people)
    _reply(people)


def _read_again(people: People) -> None:
    """Approvals that were drawn a while ago have been read by whoever had no part in them."""
    drawn = db.session.scalars(select(SecondReading).order_by(SecondReading.id)).unique().all()
    readers = [people.of_the_council(address) for address in READERS]
    for one in drawn:
        instant = one.drawn_at + READ_AFTER
        reader = next((who for who in readers if can(who, P.READ_AGAIN, one)), None)
        if reader is not None and instant < clock.now():
            with clock.at(instant):
                read_again(one, reader, outcome="agrees", words="All papers read. I agree.")


def _reply(people: People) -> None:
    """The first club that is suspended has replied, and a senior proposes to lift it."""
    case = db.session.scalars(
        select(Assessment).where(Assessment.status == Status.SUSPENDED).order_by(Assessment.id)
    ).first()
    if case is None:
        return
    owner = next(one.account for one in case.organisation.members if one.role == "owner")
    moment = max(case.status_since, clock.now() - timedelta(days=3)) + timedelta(hours=1)
    with clock.at(min(moment, clock.now())):
        services.reply(case, owner, words=REPLY)
    senior = people.of_the_council("senior2@example.org")
    services.propose_lift(case, senior, reason="A new lead is named and trained. Paper read.")
