"""What the council's desk asks. A case of a club that somebody is linked to is not there."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from registry.accounts.models import Account, AccountRole
from registry.assessments.lifecycle import Action
from registry.assessments.models import Assessment
from registry.assessments.promises import Target, target_of
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
from registry.reviews.comparing import approved_before
from registry.reviews.queue import came_in, spans_of

__all__ = [
    "case",
    "conflicts_count",
    "holder_of",
    "lapses_coming",
    "lead_vacancies",
    "paper",
    "people",
    "second_readings_due",
    "signatures_waiting",
    "suspensions_to_review",
    "time_taken",
    "unsigned_suspensions",
    "who_may_take",
]


def case(assessment_id: int) -> Assessment | None:
    """A case with everything its pages show; None where there is none that was ever sent."""
    found = db.session.scalar(_cases().where(Assessment.id == assessment_id))
    return found if found and found.submissions else None


def paper(assessment_id: int, file_id: int) -> StoredFile | None:
    """A paper that was sent with this case, now or earlier, or with what was approved before."""
    found = case(assessment_id)
    sent = [*found.submissions, approved_before(found)] if found else []
    numbers = {one["file_id"] for each in sent if each for one in each.document["evidence"]}
    return db.session.get(StoredFile, file_id) if file_id in numbers else None


def who_may_take(assessment: Assessment) -> list[Account]:
    """The people to whom a case may be given, by name: with no link to its club, no part in it
    before an appeal, and not who holds it."""
    found = db.session.scalars(
        select(Account)
        .join(AccountRole)
        .where(AccountRole.role.in_(("reviewer", "senior")), Account.disabled.is_(False))
        .distinct()
        .order_by(Account.name, Account.id)
    )
    return [
        one
        for one in found
        if one.id != assessment.holder_id and can(one, P.START_REVIEW, assessment)
    ]


def time_taken(assessment: Assessment, today: date) -> Target:
    """How long the council has had this case."""
    moves = db.session.execute(
        select(Entry.action, Entry.at)
        .where(
            Entry.subject_type == Assessment.__tablename__,
            Entry.subject_id == str(assessment.id),
            Entry.action.in_((Action.RETURN_FOR_CHANGES, Action.TAKE_BACK, Action.UPHOLD)),
        )
        .order_by(Entry.number)
    ).all()
    upheld = [at for action, at in moves if action == Action.UPHOLD]
    back = [at for action, at in moves if action != Action.UPHOLD]
    sent = came_in([one.submitted_at for one in assessment.submissions], upheld)
    return target_of(spans_of(sent, back), today)


def holder_of(assessment: Assessment) -> Account | None:
    """Who holds the case."""
    return db.session.get(Account, assessment.holder_id) if assessment.holder_id else None


def people(ids: set[int | None]) -> dict[int, str]:
    """The names of the people with these numbers."""
    wanted = [number for number in ids if number is not None]
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in rows}


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
