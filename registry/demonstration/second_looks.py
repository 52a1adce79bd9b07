"""What an invented council has looked at twice: links told of, approvals read again, a reply."""

from datetime import date, timedelta
from functools import partial

from sqlalchemy import select

from registry import clock
from registry.assessments import services
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.database import db
from registry.demonstration.moments import Part, at_desk, on
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
# On these days, so many days ago, somebody read what had waited that long. Since then nobody did,
# so there is one to read.
DAYS_OF_READING = range(43, 500, 7)
REPLY = (
    "The log of the ropes is at the wall now, and somebody signs it each week. Dee has her award. "
    "Nobody leads without one any more. Copies of both come with this."
)


def parts_of_second_looks(people: People, today: date) -> list[Part]:
    """What this council has done by now, each at its own moment."""
    parts: list[Part] = [(at_desk(today, 120, 9), partial(_state, people))]
    parts += [
        (at_desk(today, days_ago, 16), partial(_read_again, people)) for days_ago in DAYS_OF_READING
    ]
    parts.append((on(today - timedelta(days=3), 19, 45), _reply))
    parts.append((at_desk(today, 2, 13), partial(_propose_lift, people)))
    return parts


def _state(people: People) -> None:
    """Most of the council say that no club has to do with them."""
    for address in STATED:
        somebody = people.of_the_council(address)
        state_conflicts(somebody, none_to_tell=True, organisations=(), others="")


def _read_again(people: People) -> None:
    """Approvals that were drawn a while ago are read by whoever had no part in them."""
    waiting = db.session.scalars(
        select(SecondReading)
        .where(SecondReading.read_at.is_(None), SecondReading.drawn_at <= clock.now() - READ_AFTER)
        .order_by(SecondReading.id)
    )
    readers = [people.of_the_council(address) for address in READERS]
    for one in waiting.unique().all():
        reader = next((who for who in readers if can(who, P.READ_AGAIN, one)), None)
        if reader is not None:
            read_again(one, reader, outcome="agrees", words="All papers read. I agree.")


def _reply() -> None:
    """The first club that is suspended replies."""
    case = _suspended()
    if case is not None:
        owner = next(one.account for one in case.organisation.members if one.role == "owner")
        services.reply(case, owner, words=REPLY)


def _propose_lift(people: People) -> None:
    """A senior proposes to lift it."""
    case = _suspended()
    if case is not None:
        senior = people.of_the_council("senior2@example.org")
        services.propose_lift(case, senior, reason="The log and the award are here. I read both.")


def _suspended() -> Assessment | None:
    return db.session.scalars(
        select(Assessment).where(Assessment.status == Status.SUSPENDED).order_by(Assessment.id)
    ).first()
