"""The queue: the cases that somebody may read, their clocks, and the order in which to take them.

Two helpings, so that four hundred clubs stay quick: every case with its clock and its holder,
from a handful of questions to the database; and for the few that a page shows, what was read of
them and what to look out for.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import defer, selectinload

from registry import clock
from registry.accounts.models import Account
from registry.assessments.evaluating import flags_of, review_evaluation, uncleared_flags
from registry.assessments.lifecycle import STANDING, Action, Status
from registry.assessments.models import Assessment, Submission
from registry.assessments.promises import START_WITHIN, Span, Target, target_of
from registry.assessments.services.decide import a_senior_signs
from registry.audit.models import Entry
from registry.database import db
from registry.organisations.models import Membership, Organisation
from registry.permissions import P, can
from registry.reviews.flags import in_plain_words

__all__ = [
    "WITH_US",
    "Case",
    "Row",
    "came_in",
    "cases",
    "in_turn",
    "next_case",
    "rows",
    "spans_of",
    "tasks_of_other_teams",
]

LAPSES_SOON = timedelta(days=14)
WITH_US = (Status.SUBMITTED, Status.IN_REVIEW, Status.RECOMMENDED)
_CLUB_HAS_IT = (Action.RETURN_FOR_CHANGES, Action.TAKE_BACK)


@dataclass(frozen=True)
class Case:
    """A case with its clock, who holds it, and when the listing that it renews ends.

    `start` is the clock of one that nobody has begun to read.
    """

    assessment: Assessment
    target: Target
    start: Target | None
    holder: str
    lapses_on: date | None
    kind: str

    @property
    def sent_on(self) -> date:
        """The day on which it came in last."""
        return _day(self.assessment.submissions[-1].submitted_at)


@dataclass(frozen=True)
class Row:
    """One line of the queue: a case, and what a page shows besides."""

    case: Case
    flags: list[tuple[str, str]]
    two_people: bool
    read: int
    questions: int


def cases(actor: Any, today: date, statuses: Collection[str] = WITH_US) -> list[Case]:
    """Every case with one of these statuses that was ever sent and that this person may read."""
    found = [one for one in _sent(statuses) if can(actor, P.READ_CASE, one)]
    moves = _moves([one.id for one in found])
    standing = _standing([one.organisation_id for one in found if one.is_renewal])
    decided = _first_decided([one.organisation_id for one in found])
    names = _names([one.holder_id for one in found])
    return [
        Case(
            assessment=one,
            target=_target(one, moves[one.id], today),
            start=_start(one, moves[one.id], today),
            holder=names.get(one.holder_id or 0, ""),
            lapses_on=standing.get(one.organisation_id) if one.is_renewal else None,
            kind=_kind(one, decided),
        )
        for one in found
    ]


def in_turn(found: Sequence[Case], today: date) -> list[Case]:
    """Renewals that lapse within 14 days first, by that date; then the oldest first (B.2)."""
    return sorted(found, key=lambda case: _urgency(case, today))


def next_case(actor: Any, found: Sequence[Case], today: date) -> Assessment | None:
    """The case to take next: the first in turn that nobody holds."""
    for case in in_turn(found, today):
        one = case.assessment
        if one.status == Status.SUBMITTED and can(actor, P.START_REVIEW, one):
            return one
    return None


def rows(found: Sequence[Case], today: date) -> list[Row]:
    """What a page shows of these few cases."""
    _read_whole([case.assessment.id for case in found])
    return [_row(case, today) for case in found]


def tasks_of_other_teams(actor: Any) -> list[tuple[Assessment, str]]:
    """The cases that another team of the council has to look at, and by which flag (domain A.7).

    A task stands until a senior clears its flag, or the club gives what makes it go away.
    """
    found = [one for one in _sent(WITH_US) if can(actor, P.READ_CASE, one)]
    _read_whole([one.id for one in found])
    return [(one, flag) for one in found for flag in uncleared_flags(one)]


def spans_of(sent: Sequence[datetime], back: Sequence[datetime]) -> list[Span]:
    """When the council had a case: from each sending to the next time that it went back."""
    spans = [(came, next((went for went in back if went >= came), None)) for came in sent]
    return [(_day(came), _day(went) if went else None) for came, went in spans]


def came_in(sent: Sequence[datetime], upheld: Sequence[datetime]) -> list[datetime]:
    """When a case came to the council. An appeal that was upheld begins its time afresh."""
    if not upheld:
        return list(sent)
    return [upheld[-1], *(one for one in sent if one > upheld[-1])]


def _row(case: Case, today: date) -> Row:
    outcomes = review_evaluation(case.assessment, today).questions.values()
    asked = [one for one in outcomes if one.applies]
    return Row(
        case=case,
        flags=in_plain_words(flags_of(case.assessment)),
        # A quiet hold shows itself only to who approves, and then like any other reason (B.5).
        two_people=a_senior_signs(case.assessment),
        read=sum(one.finding is not None for one in asked),
        questions=len(asked),
    )


def _target(assessment: Assessment, moves: list[tuple[str, datetime]], today: date) -> Target:
    back = [at for action, at in moves if action in _CLUB_HAS_IT]
    return target_of(spans_of(_came_in(assessment, moves), back), today)


def _came_in(assessment: Assessment, moves: list[tuple[str, datetime]]) -> list[datetime]:
    sent = [submission.submitted_at for submission in assessment.submissions]
    return came_in(sent, [at for action, at in moves if action == Action.UPHOLD])


def _start(assessment: Assessment, moves: list[tuple[str, datetime]], today: date) -> Target | None:
    if assessment.status != Status.SUBMITTED:
        return None
    came = _came_in(assessment, moves)[-1]
    if any(action == Action.START_REVIEW and at >= came for action, at in moves):
        return None
    return target_of([(_day(came), None)], today, START_WITHIN)


def _kind(assessment: Assessment, decided: dict[int, int]) -> str:
    """What sort of case it is, in a few words."""
    if len(assessment.submissions) > 1:
        return "In again after sending back"
    if assessment.is_renewal:
        return "Renewal"
    earlier = decided.get(assessment.organisation_id, assessment.id)
    return "Came back" if earlier < assessment.id else "First time"


def _urgency(case: Case, today: date) -> tuple[bool, date, Any, int]:
    soon = case.lapses_on is not None and case.lapses_on <= today + LAPSES_SOON
    return (
        not soon,
        case.lapses_on if soon and case.lapses_on else date.min,
        case.assessment.submitted_at,
        case.assessment.id,
    )


def _sent(statuses: Collection[str]) -> list[Assessment]:
    """Cases with their people and the dates of what was sent, without its text."""
    found = db.session.scalars(
        select(Assessment)
        .where(Assessment.status.in_(statuses), Assessment.submitted_at.is_not(None))
        .options(
            selectinload(Assessment.submissions).options(defer(Submission.document)),
            selectinload(Assessment.organisation)
            .selectinload(Organisation.members)
            .joinedload(Membership.account),
            selectinload(Assessment.organisation).selectinload(Organisation.declared_links),
        )
        .order_by(Assessment.submitted_at, Assessment.id)
    )
    return [one for one in found if one.submissions]


def _read_whole(ids: Collection[int]) -> None:
    """The texts and findings of these cases, at once instead of one by one."""
    db.session.scalars(
        select(Assessment)
        .where(Assessment.id.in_(ids))
        .options(
            selectinload(Assessment.findings),
            selectinload(Assessment.clearances),
            selectinload(Assessment.decisions),
        )
    ).all()
    db.session.scalars(select(Submission).where(Submission.assessment_id.in_(ids))).all()


def _moves(ids: Collection[int]) -> dict[int, list[tuple[str, datetime]]]:
    """When each case went back to its club, came again, and when somebody began to read it."""
    found: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    entries = db.session.execute(
        select(Entry.subject_id, Entry.action, Entry.at)
        .where(
            Entry.subject_type == Assessment.__tablename__,
            Entry.subject_id.in_([str(number) for number in ids]),
            Entry.action.in_((*_CLUB_HAS_IT, Action.START_REVIEW, Action.UPHOLD)),
        )
        .order_by(Entry.number)
    )
    for number, action, at in entries:
        found[int(number)].append((action, at))
    return found


def _standing(organisation_ids: Collection[int]) -> dict[int, date]:
    """The last day of what each organisation is listed by."""
    found = db.session.execute(
        select(Assessment.organisation_id, Assessment.listed_until).where(
            Assessment.organisation_id.in_(organisation_ids), Assessment.status.in_(STANDING)
        )
    )
    return {organisation: until for organisation, until in found if until}


def _first_decided(organisation_ids: Collection[int]) -> dict[int, int]:
    """The first case of each organisation that was ever decided."""
    found = db.session.execute(
        select(Assessment.organisation_id, func.min(Assessment.id))
        .where(Assessment.organisation_id.in_(organisation_ids), Assessment.decided_on.is_not(None))
        .group_by(Assessment.organisation_id)
    )
    return {row[0]: row[1] for row in found}


def _names(ids: Collection[int | None]) -> dict[int, str]:
    wanted = {number for number in ids if number is not None}
    found: Any = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in found}


def _day(instant: datetime) -> date:
    return clock.local(instant).date()
