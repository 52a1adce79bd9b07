"""Notes on a case that only the council reads. A note is amended by a new version of it."""

from typing import Any

from registry import clock
from registry.assessments.evaluating import edition_of
from registry.assessments.models import Assessment, CaseNote, CaseNoteVersion
from registry.assessments.steps import ask
from registry.audit import services as history
from registry.database import db
from registry.errors import BadInput, NotYours, StaleVersion
from registry.permissions import P


def write_note(assessment: Assessment, actor: Any, text: str, key: str = "") -> CaseNote:
    """Write a note on a case, or on one question of it where `key` names one."""
    ask(actor, P.WRITE_NOTE, assessment)
    if key and all(question.key != key for question in edition_of(assessment)):
        raise BadInput("There is no such question in this case.")
    now = clock.now()
    note = CaseNote(
        assessment_id=assessment.id,
        question_key=key,
        written_by_id=actor.id,
        written_at=now,
        versions=[CaseNoteVersion(number=1, text=_said(text), written_at=now)],
    )
    db.session.add(note)
    db.session.flush()
    history.record("write_note", assessment, actor, details={"note": note.id, "question": key})
    return note


def amend_note(
    note: CaseNote, assessment: Assessment, actor: Any, text: str, *, number: int
) -> None:
    """Say it anew. What it said before is kept; `number` is the version that was on the page.

    Raises NotYours to anybody but its author, StaleVersion where it says something newer.
    """
    ask(actor, P.WRITE_NOTE, assessment)
    db.session.refresh(note, with_for_update=True)
    if note.written_by_id != actor.id:
        raise NotYours("Only the person who wrote a note can change it. Write one of your own.")
    if note.number != number:
        raise StaleVersion("You changed this note somewhere else. Read what it says now.")
    said = _said(text)
    if said == note.text:
        return
    note.versions.append(CaseNoteVersion(number=number + 1, text=said, written_at=clock.now()))
    db.session.flush()
    details = {"note": note.id, "version": number + 1}
    history.record("amend_note", assessment, actor, details=details)


def _said(text: str) -> str:
    if not text.strip():
        raise BadInput("Write your note.")
    return text.strip()
