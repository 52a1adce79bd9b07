"""Letting go of one thing whose time is over. What is in use is never asked for here."""

from typing import Any

from sqlalchemy import Column, Table, delete, select, update

from registry.assessments.models import Answer, Assessment, Evidence, Submission
from registry.data_protection.models import DataBreach, DataRequest, LostPaper
from registry.data_protection.services.lifting import KEPT_AS_WRITTEN, lifted
from registry.database import db
from registry.files.erasing import ERASED_NAME, erase_use
from registry.files.models import StoredFile
from registry.messages.models import Message
from registry.organisations.models import Membership, Organisation, Venue
from registry.people.models import HandOver, Invitation, NamedLead


def forget_draft(number: int) -> None:
    """The answers of an attempt that was never sent, and the papers that only it shows."""
    shown = select(Evidence.file_id).where(Evidence.assessment_id == number)
    files = list(db.session.scalars(select(StoredFile).where(StoredFile.id.in_(shown))))
    db.session.execute(delete(Evidence).where(Evidence.assessment_id == number))
    db.session.execute(delete(Answer).where(Answer.assessment_id == number))
    for stored in files:
        elsewhere = select(Evidence.id).where(Evidence.file_id == stored.id).limit(1)
        if stored.erased_at is None and db.session.scalar(elsewhere) is None:
            erase_use(stored)
    db.session.expire_all()


def forget_paper(number: int) -> None:
    """One file, with everything that was made of it."""
    erase_use(db.session.get_one(StoredFile, number))


def forget_case(number: int) -> None:
    """Everything that was sent, found and decided in one case, and whatever points at it.

    The row of the case stays: a number, a reference, a status and dates, which the history names.
    """
    with lifted("submission"), lifted("decision"):
        _take_away_below(Assessment.__table__, [number])
    db.session.expire_all()


def forget_name_of_file(sha256: str) -> None:
    """What a wrong file was called, in everything that was sent. All else stays as it was."""
    holders = select(StoredFile.organisation_id).where(StoredFile.sha256 == sha256)
    rows = db.session.scalars(
        select(Submission)
        .join(Assessment, Assessment.id == Submission.assessment_id)
        .where(Assessment.organisation_id.in_(holders))
    ).all()
    with lifted("submission"):
        for one in rows:
            shown = one.document["evidence"]
            if not any(paper["sha256"] == sha256 for paper in shown):
                continue
            evidence = [
                {**paper, "name": ERASED_NAME} if paper["sha256"] == sha256 else paper
                for paper in shown
            ]
            one.document = {**one.document, "evidence": evidence}
            db.session.flush()


def forget_closed_club(number: int) -> None:
    """How to reach a club that closed, and who its people were. Its name stays."""
    organisation = db.session.get_one(Organisation, number)
    organisation.phone = organisation.email = organisation.website = ""
    organisation.description = ""
    for model in (NamedLead, HandOver, Invitation, Membership):
        db.session.execute(delete(model).where(model.organisation_id == number))
    db.session.execute(
        update(Venue)
        .where(Venue.organisation_id == number)
        .values(name="", address="", postcode="", latitude=None, longitude=None)
    )
    db.session.expire_all()


def forget_message(number: int) -> None:
    """One email or letter."""
    db.session.execute(delete(Message).where(Message.id == number))


def forget_request(number: int) -> None:
    """What somebody asked about their data."""
    db.session.execute(delete(DataRequest).where(DataRequest.id == number))


def forget_breach(number: int) -> None:
    """The record of a breach. That the digest is blocked stays."""
    db.session.execute(delete(LostPaper).where(LostPaper.breach_id == number))
    db.session.execute(delete(DataBreach).where(DataBreach.id == number))


def _take_away_below(table: Table, numbers: list[int]) -> None:
    """Delete every row that belongs to these rows. What only mentions one forgets it."""
    for child, column in _pointing_at(table):
        if column.nullable and child.name not in KEPT_AS_WRITTEN:
            db.session.execute(update(child).where(column.in_(numbers)).values({column: None}))
            continue
        if "id" in child.c:
            rows: Any = db.session.scalars(select(child.c.id).where(column.in_(numbers)))
            found = list(rows)
            if found:
                _take_away_below(child, found)
        db.session.execute(delete(child).where(column.in_(numbers)))


def _pointing_at(table: Table) -> list[tuple[Table, Column[Any]]]:
    """Every column of the register that names a row of this table; its own come first."""
    found = [
        (child, key.parent)
        for child in table.metadata.sorted_tables
        for key in child.foreign_keys
        if key.column.table is table
    ]
    return sorted(found, key=lambda pair: (not pair[1].nullable, pair[0].name))
