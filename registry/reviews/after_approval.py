"""What the desk asks about clubs on the list: what waits for a signature, a look, or a day.

Everything here leaves out what the person asking may not read: a club that they are linked to is
in no list and in no count of theirs.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from registry import clock
from registry.accounts.models import AccountRole
from registry.assessments.lifecycle import Status
from registry.assessments.models import (
    OPEN_CHANGES,
    Assessment,
    Change,
    Proposal,
    Reply,
)
from registry.assessments.owed import is_overdue
from registry.database import db
from registry.organisations.models import DeclaredLink, Membership, Organisation
from registry.permissions import P, can
from registry.reviews.models import ConflictStatement, SecondReading
from registry.working_days import add_working_days

COUNTERSIGN_WITHIN = 5  # working days
REVIEW_EVERY = timedelta(days=28)
STATED_FOR = timedelta(days=365)
LAPSES_WITHIN = (30, 60, 90)
LAPSED_AT_MOST = timedelta(days=90)
MOST_DRAWN = 100


@dataclass(frozen=True)
class Waiting:
    """Something that a second senior signs: a proposal, or a recommendation (`what`)."""

    assessment: Assessment
    what: str
    since: date
    by_id: int
    proposal: Proposal | None = None


@dataclass(frozen=True)
class Suspended:
    """A suspension: since when, by when its next look is due, and whether that day has come."""

    assessment: Assessment
    since: date
    due_on: date
    reply: Reply | None
    is_overdue: bool


@dataclass(frozen=True)
class Vacancy:
    """A club that has told us that its lead goes or changes, and by when it has to answer."""

    change: Change
    due_on: date | None
    is_overdue: bool


def signatures_waiting(actor: Any) -> list[Waiting]:
    """What this senior can sign: proposals and recommendations of others, the oldest first."""
    waiting = [
        _unsigned(one, proposal)
        for one in _suspended(actor)
        for proposal in one.proposals
        if proposal.is_open
        and proposal.proposed_by_id != actor.id
        and can(actor, P.COUNTERSIGN, one)
    ]
    for case in _read_by(actor, select(Assessment).where(Assessment.status == Status.RECOMMENDED)):
        if can(actor, P.REFUSE, case):
            who = case.recommended_by_id or 0
            waiting.append(Waiting(case, case.recommendation or "", _day(case.status_since), who))
    return sorted(waiting, key=lambda one: (one.since, one.assessment.id))


def unsigned_suspensions(actor: Any, today: date) -> list[Waiting]:
    """The suspensions that nobody countersigned within 5 working days: red on every senior's home,
    for whoever suspended as well."""
    return [
        _unsigned(one, proposal)
        for one in _suspended(actor)
        for proposal in one.proposals
        if proposal.is_open
        and proposal.action == "suspend"
        and today > add_working_days(_day(proposal.proposed_at), COUNTERSIGN_WITHIN)
    ]


def suspensions(actor: Any, today: date) -> list[Suspended]:
    """Every suspension that this person may read, by the day of its next look."""
    return sorted(
        (_with_dates(one, today) for one in _suspended(actor)),
        key=lambda one: (one.due_on, one.assessment.id),
    )


def suspensions_to_review(actor: Any, today: date) -> list[Suspended]:
    """The suspensions whose 28 days are over since anybody looked at them."""
    return [one for one in suspensions(actor, today) if one.is_overdue]


def second_readings_due(actor: Any) -> list[SecondReading]:
    """The approvals that this person can read again: they had no part and have no link."""
    found = db.session.scalars(
        select(SecondReading)
        .where(SecondReading.read_at.is_(None))
        .order_by(SecondReading.drawn_at, SecondReading.id)
    ).unique()
    return [one for one in found if can(actor, P.READ_AGAIN, one)]


def doubts(actor: Any) -> list[SecondReading]:
    """The second readings with a doubt that no senior has settled yet."""
    found = db.session.scalars(
        select(SecondReading)
        .where(SecondReading.outcome == "doubt", SecondReading.settled_at.is_(None))
        .order_by(SecondReading.read_at, SecondReading.id)
    ).unique()
    return [one for one in found if can(actor, P.SETTLE_DOUBT, one)]


def second_readings_drawn(actor: Any) -> list[SecondReading]:
    """Every approval that was drawn lately, the newest first, for whoever may know the outcome."""
    found = db.session.scalars(
        select(SecondReading)
        .order_by(SecondReading.drawn_at.desc(), SecondReading.id.desc())
        .limit(MOST_DRAWN)
    ).unique()
    return [one for one in found if can(actor, P.READ_SECOND_READING, one)]


def second_reading(reading_id: int) -> SecondReading | None:
    """One second reading."""
    return db.session.get(SecondReading, reading_id)


def conflicts_count() -> int:
    """How many links between staff and clubs are known: declared, or by belonging to the club.

    A number alone: who is linked to what is for nobody's desk.
    """
    staff = select(AccountRole.account_id)
    declared = select(DeclaredLink.account_id, DeclaredLink.organisation_id)
    belonging = select(Membership.account_id, Membership.organisation_id)
    pairs = (
        declared.where(DeclaredLink.account_id.in_(staff))
        .union(belonging.where(Membership.account_id.in_(staff)))
        .subquery()
    )
    return db.session.scalar(select(func.count()).select_from(pairs)) or 0


def last_statement(account_id: int) -> ConflictStatement | None:
    """What this person last said about their links."""
    return db.session.scalar(
        select(ConflictStatement)
        .where(ConflictStatement.account_id == account_id)
        .order_by(ConflictStatement.stated_on.desc(), ConflictStatement.id.desc())
        .limit(1)
    )


def statement_is_due(actor: Any, today: date) -> bool:
    """Whether this person has to say again, after a year, which clubs they have a link to."""
    if not can(actor, P.STATE_CONFLICTS):
        return False
    last = last_statement(actor.id)
    return last is None or last.stated_on + STATED_FOR <= today


def lapses_coming(actor: Any, today: date) -> dict[int, list[Assessment]]:
    """The listings that end within 30, 60 and 90 days: each in the first that fits."""
    rows: dict[int, list[Assessment]] = {days: [] for days in LAPSES_WITHIN}
    until = today + timedelta(days=LAPSES_WITHIN[-1])
    found = _read_by(
        actor,
        select(Assessment).where(
            Assessment.status == Status.APPROVED,
            Assessment.listed_until >= today,
            Assessment.listed_until <= until,
        ),
    )
    for one in sorted(found, key=lambda case: (case.listed_until or until, case.id)):
        left = ((one.listed_until or until) - today).days
        rows[next(days for days in LAPSES_WITHIN if left <= days)].append(one)
    return rows


def lapsed_lately(actor: Any, today: date) -> list[Assessment]:
    """The listings that ended in the last 90 days: one question read again can bring them back."""
    return _read_by(
        actor,
        select(Assessment)
        .where(
            Assessment.status == Status.LAPSED,
            Assessment.listed_until >= today - LAPSED_AT_MOST - timedelta(days=1),
        )
        .order_by(Assessment.listed_until, Assessment.id),
    )


def lead_vacancies(actor: Any, today: date) -> list[Vacancy]:
    """The clubs whose safeguarding lead has gone or changes, the nearest day first."""
    found = db.session.scalars(
        select(Change)
        .where(
            Change.kind == "lead",
            Change.because_id.is_(None),
            Change.due_on.is_not(None),
            Change.state.in_(OPEN_CHANGES),
        )
        .order_by(Change.due_on, Change.id)
    ).unique()
    return [
        Vacancy(one, one.due_on, is_overdue(one, today))
        for one in found
        if can(actor, P.READ_CHANGE, one)
    ]


def latest_reply(assessment: Assessment) -> Reply | None:
    """What the club said to the suspension that stands, if it said anything since."""
    since = assessment.status_since
    return next((one for one in reversed(assessment.replies) if one.at >= since), None)


def review_due_on(assessment: Assessment) -> date:
    """The day of the next look at a suspension: 28 days after it began or was last looked at."""
    looked = [one.at for one in assessment.suspension_reviews if one.at >= assessment.status_since]
    return _day(max([assessment.status_since, *looked])) + REVIEW_EVERY


def _suspended(actor: Any) -> list[Assessment]:
    return _read_by(actor, select(Assessment).where(Assessment.status == Status.SUSPENDED))


def _with_dates(assessment: Assessment, today: date) -> Suspended:
    due_on = review_due_on(assessment)
    return Suspended(
        assessment=assessment,
        since=_day(assessment.status_since),
        due_on=due_on,
        reply=latest_reply(assessment),
        is_overdue=today >= due_on,
    )


def _unsigned(assessment: Assessment, proposal: Proposal) -> Waiting:
    since = _day(proposal.proposed_at)
    return Waiting(assessment, proposal.action, since, proposal.proposed_by_id, proposal)


def _read_by(actor: Any, query: Select[Any]) -> list[Assessment]:
    found = db.session.scalars(
        query.options(
            selectinload(Assessment.proposals),
            selectinload(Assessment.decisions),
            selectinload(Assessment.organisation)
            .selectinload(Organisation.members)
            .joinedload(Membership.account),
            selectinload(Assessment.organisation).selectinload(Organisation.declared_links),
        )
    )
    return [one for one in found if can(actor, P.READ_CASE, one)]


def _day(instant: Any) -> date:
    return clock.local(instant).date()
