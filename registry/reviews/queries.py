"""What the council's desk asks. A case of a club that somebody is linked to is not there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from registry import clock
from registry.accounts.models import Account
from registry.assessments.evaluating import flags_of, review_evaluation
from registry.assessments.lifecycle import Action, Status
from registry.assessments.models import Assessment
from registry.assessments.promises import Target, target_of
from registry.assessments.services.decide import needs_second_person
from registry.assessments.standing import all_assessments, standing_assessment
from registry.audit.models import Entry
from registry.database import db
from registry.files.models import StoredFile
from registry.organisations.models import Membership, Organisation
from registry.permissions import P, can
from registry.reviews.after_approval import (
    conflicts_count,
    lapses_coming,
    lead_vacancies,
    second_readings_due,
    signatures_waiting,
    suspensions_to_review,
    unsigned_suspensions,
)
from registry.reviews.flags import in_plain_words

__all__ = [
    "Row",
    "case",
    "conflicts_count",
    "holder_of",
    "lapses_coming",
    "lead_vacancies",
    "next_case",
    "paper",
    "people",
    "queue",
    "runs_out_next",
    "second_readings_due",
    "signatures_waiting",
    "suspensions_to_review",
    "time_taken",
    "unsigned_suspensions",
    "with_the_club",
]

LAPSES_SOON = timedelta(days=14)
WITH_US = (Status.SUBMITTED, Status.IN_REVIEW, Status.RECOMMENDED)


@dataclass(frozen=True)
class Row:
    """One line of the queue."""

    assessment: Assessment
    target: Target
    holder: Account | None
    flags: list[tuple[str, str]]
    two_people: bool
    lapses_on: date | None
    read: int
    questions: int
    kind: str


def case(assessment_id: int) -> Assessment | None:
    """A case with everything its pages show; None where there is none that was ever sent."""
    found = db.session.scalar(_cases().where(Assessment.id == assessment_id))
    return found if found and found.submissions else None


def paper(assessment_id: int, file_id: int) -> StoredFile | None:
    """A paper that belongs to the last submission of a case."""
    found = case(assessment_id)
    submission = found.latest_submission if found else None
    sent = {one["file_id"] for one in submission.document["evidence"]} if submission else set()
    return db.session.get(StoredFile, file_id) if file_id in sent else None


def queue(actor: Any, today: date) -> list[Row]:
    """The cases that wait for the council: renewals that lapse within 14 days first, by that
    date; then the oldest first."""
    rows = [_row(one, today) for one in _seen_by(actor, WITH_US)]
    return sorted(rows, key=lambda row: _urgency(row, today))


def with_the_club(actor: Any, today: date) -> list[Row]:
    """The cases that were sent back and wait for the club."""
    return [_row(one, today) for one in _seen_by(actor, (Status.RETURNED,))]


def runs_out_next(actor: Any, today: date, days: int = 30) -> list[Assessment]:
    """The listings whose last day comes within so many days."""
    found = db.session.scalars(
        _cases()
        .where(
            Assessment.status == Status.APPROVED,
            Assessment.listed_until >= today,
            Assessment.listed_until <= today + timedelta(days=days),
        )
        .order_by(Assessment.listed_until, Assessment.id)
    )
    return [one for one in found if can(actor, P.READ_CASE, one)]


def next_case(actor: Any, today: date) -> Assessment | None:
    """The case to take next: the first of the queue that nobody holds."""
    for row in queue(actor, today):
        if row.assessment.status == Status.SUBMITTED and can(actor, P.START_REVIEW, row.assessment):
            return row.assessment
    return None


def time_taken(assessment: Assessment, today: date) -> Target:
    """How long the council has had this case."""
    sent = [s.submitted_at for s in assessment.submissions]
    back = db.session.scalars(
        select(Entry.at)
        .where(
            Entry.subject_type == Assessment.__tablename__,
            Entry.subject_id == str(assessment.id),
            Entry.action.in_((Action.RETURN_FOR_CHANGES, Action.TAKE_BACK)),
        )
        .order_by(Entry.number)
    ).all()
    spans = [(came, next((went for went in back if went >= came), None)) for came in sent]
    return target_of([(_day(came), _day(went) if went else None) for came, went in spans], today)


def _day(instant: datetime) -> date:
    return clock.local(instant).date()


def holder_of(assessment: Assessment) -> Account | None:
    """Who holds the case."""
    return db.session.get(Account, assessment.holder_id) if assessment.holder_id else None


def people(ids: set[int | None]) -> dict[int, str]:
    """The names of the people with these numbers."""
    wanted = [number for number in ids if number is not None]
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def _row(assessment: Assessment, today: date) -> Row:
    standing = standing_assessment(assessment.organisation_id) if assessment.is_renewal else None
    outcomes = review_evaluation(assessment, today).questions.values()
    asked = [one for one in outcomes if one.applies]
    return Row(
        assessment=assessment,
        target=time_taken(assessment, today),
        holder=holder_of(assessment),
        flags=in_plain_words(flags_of(assessment)),
        two_people=bool(needs_second_person(assessment)),
        lapses_on=standing.listed_until if standing else None,
        read=sum(one.finding is not None for one in asked),
        questions=len(asked),
        kind=_kind(assessment),
    )


def _kind(assessment: Assessment) -> str:
    """What sort of case it is, in a few words."""
    if len(assessment.submissions) > 1:
        return "In again after sending back"
    if assessment.is_renewal:
        return "Renewal"
    earlier = all_assessments(assessment.organisation_id)
    return "Came back" if any(one.decided_on for one in earlier) else "First time"


def _urgency(row: Row, today: date) -> tuple[bool, date, Any, int]:
    soon = row.lapses_on is not None and row.lapses_on <= today + LAPSES_SOON
    return (
        not soon,
        row.lapses_on if soon and row.lapses_on else date.min,
        row.assessment.submitted_at,
        row.assessment.id,
    )


def _seen_by(actor: Any, statuses: tuple[Status, ...]) -> list[Assessment]:
    found = db.session.scalars(
        _cases()
        .where(Assessment.status.in_(statuses))
        .order_by(Assessment.submitted_at, Assessment.id)
    )
    return [one for one in found if one.submissions and can(actor, P.READ_CASE, one)]


def _cases() -> Any:
    return select(Assessment).options(
        selectinload(Assessment.submissions),
        selectinload(Assessment.findings),
        selectinload(Assessment.decisions),
        selectinload(Assessment.clearances),
        selectinload(Assessment.organisation)
        .selectinload(Organisation.members)
        .joinedload(Membership.account),
        selectinload(Assessment.organisation).selectinload(Organisation.declared_links),
    )
