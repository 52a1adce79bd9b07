"""Which notes there are on a case. Only the council reads them."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from registry.assessments.models import CaseNote
from registry.database import db

__all__ = ["note_of", "notes_on"]


def notes_on(assessment_ids: Iterable[int], key: str | None = None) -> list[CaseNote]:
    """The notes on these cases in their order, or those on one question."""
    wanted = select(CaseNote).where(CaseNote.assessment_id.in_(list(assessment_ids)))
    if key is not None:
        wanted = wanted.where(CaseNote.question_key == key)
    return list(
        db.session.scalars(wanted.options(selectinload(CaseNote.versions)).order_by(CaseNote.id))
    )


def note_of(assessment_id: int, note_id: int) -> CaseNote | None:
    """One note of a case."""
    found = db.session.get(CaseNote, note_id)
    return found if found and found.assessment_id == assessment_id else None
