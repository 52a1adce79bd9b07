"""What the club desk asks about organisations and their self-checks."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import selectinload

from registry.accounts.models import Account
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment, Evidence, ReturnedQuestion
from registry.cards.queries import as_told
from registry.database import db
from registry.errors import NotFound
from registry.files.models import StoredFile
from registry.organisations.models import Activity, Membership, Organisation

__all__ = [
    "activity_of",
    "file_of",
    "names_of",
    "names_of_papers",
    "organisation_in_view",
    "organisations_of",
    "other_names_on_the_list",
    "papers_to_show",
    "public_activities",
    "returned_words",
]


def organisation_in_view(organisation_id: int) -> Organisation:
    """The organisation of an address, with its people and activities. Raises NotFound."""
    found = db.session.scalar(
        select(Organisation)
        .where(Organisation.id == organisation_id)
        .options(
            selectinload(Organisation.members),
            selectinload(Organisation.activities),
            selectinload(Organisation.declared_links),
        )
    )
    if found is None:
        raise NotFound()
    return found


def organisations_of(account_id: int) -> list[Organisation]:
    """The organisations that a person belongs to, by name."""
    return list(
        db.session.scalars(
            select(Organisation)
            .join(Membership)
            .where(Membership.account_id == account_id)
            .order_by(Organisation.name, Organisation.id)
        )
    )


def activity_of(organisation: Organisation, activity_id: int) -> Activity:
    """One of the organisation's activities. Raises NotFound."""
    for activity in organisation.activities:
        if activity.id == activity_id:
            return activity
    raise NotFound()


def file_of(organisation_id: int, file_id: int) -> StoredFile:
    """A file that one of the organisation’s self-checks shows. Raises NotFound."""
    found = db.session.scalar(
        select(StoredFile)
        .join(Evidence, Evidence.file_id == StoredFile.id)
        .join(Assessment, Assessment.id == Evidence.assessment_id)
        .where(StoredFile.id == file_id, Assessment.organisation_id == organisation_id)
        .limit(1)
    )
    if found is None:
        raise NotFound()
    return found


def names_of(account_ids: set[int]) -> Mapping[int, str]:
    """The names of some people."""
    rows: Any = db.session.execute(
        select(Account.id, Account.name).where(Account.id.in_(account_ids))
    )
    return {row.id: row.name for row in rows}


def names_of_papers(evidence_ids: Collection[int]) -> Mapping[int, str]:
    """The names of the files behind some papers."""
    rows: Any = db.session.execute(
        select(Evidence.id, StoredFile.name)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .where(Evidence.id.in_(evidence_ids))
    )
    return {row.id: row.name for row in rows}


def returned_words(assessment: Assessment) -> dict[str, str]:
    """The questions that are open after a return, with the council's words for each."""
    submission = assessment.latest_submission
    if submission is None or assessment.status != Status.RETURNED:
        return {}
    rows = db.session.scalars(
        select(ReturnedQuestion)
        .where(ReturnedQuestion.submission_id == submission.id)
        .order_by(ReturnedQuestion.id)
    )
    return {row.question_key: row.words for row in rows}


def papers_to_show() -> list[str]:
    """The digests of all papers that were shown for a question: first those of cases that are
    with the council, the oldest first, then the newest of the others."""
    waits = Assessment.status.in_((Status.SUBMITTED, Status.IN_REVIEW, Status.RECOMMENDED))
    rows = db.session.execute(
        select(StoredFile.sha256)
        .join(Evidence, Evidence.file_id == StoredFile.id)
        .join(Assessment, Assessment.id == Evidence.assessment_id)
        .order_by(
            case((waits, 0), else_=1),
            case((waits, Assessment.submitted_at)),
            Evidence.id.desc(),
        )
    )
    return list(dict.fromkeys(row.sha256 for row in rows))


def public_activities(organisation_id: int, today: date) -> dict[int, str]:
    """The activities that are on the list today, as far as their club may know, with the slug
    of each."""
    told = as_told(today)
    rows: Any = db.session.execute(
        select(told.c.activity_id, told.c.slug).where(told.c.organisation_id == organisation_id)
    )
    return {row.activity_id: row.slug for row in rows}


def other_names_on_the_list(organisation_id: int, today: date) -> list[str]:
    """The names of all other clubs on the list today. No other name is told."""
    public = select(as_told(today).c.organisation_id)
    return list(
        db.session.scalars(
            select(Organisation.name)
            .where(Organisation.id.in_(public), Organisation.id != organisation_id)
            .order_by(Organisation.id)
        )
    )
