"""Keeping what a club says, one page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from registry import clock
from registry.assessments.models import Answer, Assessment
from registry.assessments.progress import Progress
from registry.assessments.services.evidence import own_papers, papers_of
from registry.assessments.steps import ask, lock
from registry.audit import services as history
from registry.database import db
from registry.errors import NotAllowedNow, NotFound, StaleVersion
from registry.permissions import P

__all__ = ["Changed", "Theirs", "kept_answer", "save_answer"]

LONGEST_PAGE = 20


@dataclass(frozen=True)
class Theirs:
    """What somebody else saved meanwhile."""

    key: str
    parts: Mapping[str, Any]
    version: int
    by_id: int | None


class Changed(StaleVersion):
    """Somebody saved this answer after the page was opened. `theirs` is what they put."""

    def __init__(self, theirs: Theirs) -> None:
        super().__init__("Somebody changed this answer while you had it open.")
        self.theirs = theirs


def kept_answer(assessment: Assessment, key: str) -> Answer | None:
    """What is kept for one question."""
    return next((answer for answer in assessment.answers if answer.question_key == key), None)


def save_answer(
    assessment: Assessment,
    actor: Any,
    key: str,
    parts: Mapping[str, Any],
    *,
    version: int,
    replaces: frozenset[str] | None = None,
) -> Answer | None:
    """Keep an answer as given, complete or not, good enough or not. Nothing said is not kept.

    `replaces` names the parts that the page asked; other kept parts stay as they are (None: all
    are replaced). A paper that another question shows is shown for this one too. `version` is
    what the page was opened with, 0 for nothing yet. Raises Changed where somebody else saved
    something different since, NotFound for a question that does not concern this club,
    NotAllowedNow for one that is not open.
    """
    lock(assessment)
    ask(actor, P.ANSWER, assessment)
    progress = Progress(assessment, clock.today())
    if not progress.is_asked(key):
        raise NotFound()
    if not progress.is_open(key):
        raise NotAllowedNow("This question is not open now.")
    answer = kept_answer(assessment, key)
    before = answer.parts if answer else {}
    stay = {} if replaces is None else {k: v for k, v in before.items() if k not in replaces}
    parts = own_papers(assessment, actor, progress.edition, key, parts)
    wanted = {**stay, **{k: v for k, v in parts.items() if v not in (None, "", [], {})}}
    same = answer is not None and wanted == before
    if answer is not None and answer.version != version and not same:
        raise Changed(Theirs(key, before, answer.version, answer.updated_by_id))
    if answer is None:
        if not wanted:
            return None
        answer = Answer(
            assessment_id=assessment.id, question_key=key, parts={}, version=0, confirmed=False
        )
        assessment.answers.append(answer)
    elif same and answer.confirmed:
        return answer
    changed = sorted(k for k in before.keys() | wanted.keys() if before.get(k) != wanted.get(k))
    answer.parts, answer.confirmed = wanted, True
    answer.version += 1
    answer.updated_at = clock.now()
    answer.updated_by_id = actor.id
    for paper in papers_of(assessment, key):
        paper.page = str(wanted.get("page", ""))[:LONGEST_PAGE]
    db.session.flush()
    history.record(
        "answer",
        answer,
        actor,
        organisation_id=assessment.organisation_id,
        details={"question": key, "parts": changed, "version": answer.version},
    )
    return answer
