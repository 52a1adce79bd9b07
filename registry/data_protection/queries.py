"""What the pages of data protection ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from registry.assessments.models import Assessment, Change, Evidence
from registry.data_protection.models import DataBreach, LostPaper
from registry.database import db
from registry.files.models import StoredFile
from registry.organisations.models import Organisation
from registry.people.models import HandOver
from registry.permissions import P, can


@dataclass(frozen=True)
class Suspect:
    """A file that somebody of the council has before them, with the club that sent it."""

    file: StoredFile
    organisation: Organisation

    @property
    def id(self) -> int:
        """The number of the file."""
        return self.file.id

    @property
    def organisation_id(self) -> int:
        """Whose it is."""
        return self.organisation.id

    @property
    def linked_people(self) -> frozenset[int]:
        """Accounts that may not touch it."""
        return self.organisation.linked_people

    @property
    def linked_domains(self) -> frozenset[str]:
        """Email domains whose people may not touch it."""
        return self.organisation.linked_domains

    @property
    def owner_ids(self) -> frozenset[int]:
        """The owners of its club."""
        return self.organisation.owner_ids

    @property
    def member_ids(self) -> frozenset[int]:
        """Everybody of its club."""
        return self.organisation.member_ids

    @property
    def assisting_ids(self) -> frozenset[int]:
        """People of the council who enter something for its club now."""
        return self.organisation.assisting_ids


def suspect(file_id: int) -> Suspect | None:
    """A paper that was sent to the council; None for what is still the club's own, or a picture."""
    stored = db.session.get(StoredFile, file_id)
    if stored is None or stored.use != "paper" or not _was_sent(stored):
        return None
    organisation = db.session.get(Organisation, stored.organisation_id)
    return Suspect(stored, organisation) if organisation else None


def lost_paper(lost_paper_id: int) -> LostPaper | None:
    """One club that had shown an erased file."""
    return db.session.get(LostPaper, lost_paper_id)


def papers_to_ask_again(actor: Any) -> list[LostPaper]:
    """Clubs whose paper was erased elsewhere, and who have not been told yet."""
    rows = db.session.scalars(
        select(LostPaper).where(LostPaper.asked_at.is_(None)).order_by(LostPaper.id)
    )
    return [one for one in rows if can(actor, P.ERASE_WRONG_FILE, one)]


def lost_papers_of(organisation_id: int) -> list[LostPaper]:
    """Every paper of a club that was erased as a wrong file."""
    rows = select(LostPaper).where(LostPaper.organisation_id == organisation_id)
    return list(db.session.scalars(rows.order_by(LostPaper.id)))


def breaches() -> list[DataBreach]:
    """Every breach, those that wait for the officer first."""
    rows = db.session.scalars(
        select(DataBreach).order_by(DataBreach.settled_at.is_not(None), DataBreach.id.desc())
    )
    return list(rows)


def breach(breach_id: int) -> DataBreach | None:
    """One breach."""
    return db.session.get(DataBreach, breach_id)


def _was_sent(stored: StoredFile) -> bool:
    return any(stored.id in found for found in _sent_files(stored.organisation_id))


def _sent_files(organisation_id: int) -> Iterator[set[int]]:
    """The numbers of every file that the council got from a club, by each way in."""
    attempts = db.session.scalars(
        select(Assessment).where(Assessment.organisation_id == organisation_id)
    ).all()
    for attempt in attempts:
        for submission in attempt.submissions:
            yield {one["file_id"] for one in submission.document["evidence"]}
        yield {one.declaration_id for one in attempt.assisted_entries}
    changed = select(Change.question_key).where(
        Change.organisation_id == organisation_id, Change.sent_at.is_not(None)
    )
    numbers = [one.id for one in attempts]
    yield set(
        db.session.scalars(
            select(Evidence.file_id).where(
                Evidence.assessment_id.in_(numbers), Evidence.question_key.in_(changed)
            )
        )
    )
    yield {
        number
        for number in db.session.scalars(
            select(HandOver.file_id).where(HandOver.organisation_id == organisation_id)
        )
        if number is not None
    }
