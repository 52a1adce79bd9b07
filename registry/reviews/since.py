"""What is new at one question: since we sent it back, since it was approved, since last time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from registry.assessments.models import Assessment, ReturnedQuestion, Submission
from registry.criteria.content import Question
from registry.database import db
from registry.files.models import StoredFile
from registry.files.paper_pages import pages_of
from registry.files.services import text_of
from registry.reviews.comparing import (
    Answered,
    Piece,
    approved_before,
    compared_answer,
    returned_before,
    texts_compared,
)
from registry.reviews.papers import Shown, paragraphs
from registry.reviews.queries import paper

__all__ = ["News", "Since", "since_of"]


@dataclass(frozen=True)
class News:
    """What is not as it was: since when (None: as it was filled in last time), and what."""

    since: str  # "sent", "approved" or "last time"
    at: datetime | None
    answer: Answered


@dataclass(frozen=True)
class Since:
    """What we asked to be changed, what was, and an earlier paper against the open one."""

    asked: str = ""
    news: Sequence[News] = ()
    paper_id: int = 0
    paper_name: str = ""
    paper: Sequence[Sequence[Piece]] = ()


def since_of(assessment: Assessment, question: Question, shown: Shown, before: str) -> Since:
    """All of it for one question. `before` is the number of an earlier paper, from the address."""
    earlier = returned_before(assessment)
    old = _earlier_paper(assessment, before)
    new = shown.open.stored if shown.open else None
    return Since(
        asked=_asked(earlier, question.key) if earlier else "",
        news=list(_news(assessment, question)),
        paper_id=old.id if old and new else 0,
        paper_name=old.name if old else "",
        paper=texts_compared(_text(old), _text(new)) if old and new else (),
    )


def _news(assessment: Assessment, question: Question) -> Iterator[News]:
    latest = assessment.latest_submission
    assert latest is not None, "a case is something that was sent"
    sent, approved = returned_before(assessment), approved_before(assessment)
    for since, before in (("sent", sent), ("approved", approved)):
        answer = compared_answer(question, before, latest) if before else None
        if before and answer and answer.is_anything:
            yield News(since, before.submitted_at, answer)
    if approved is None and (last := _last_time(assessment, question.key, latest)):
        answer = compared_answer(question, last, latest)
        if answer.is_anything:
            yield News("last time", None, answer)


def _last_time(assessment: Assessment, key: str, latest: Submission) -> Submission | None:
    """What was sent, with this answer as it was in the self-check before. Never stored."""
    answer = next((one for one in assessment.answers if one.question_key == key), None)
    if answer is None or not answer.last_time:
        return None
    answers = {**latest.document["answers"], key: answer.last_time}
    return Submission(document={**latest.document, "answers": answers})


def _asked(returned: Submission, key: str) -> str:
    """What we wrote to the club when we sent this question back."""
    words = db.session.scalar(
        select(ReturnedQuestion.words).where(
            ReturnedQuestion.submission_id == returned.id, ReturnedQuestion.question_key == key
        )
    )
    return words or ""


def _earlier_paper(assessment: Assessment, number: str) -> StoredFile | None:
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        return None
    return paper(assessment.id, int(number))


def _text(stored: StoredFile | None) -> list[str]:
    if stored is None or stored.erased_at:
        return []
    pages = pages_of(stored)
    text = "\n".join(one.words for one in pages) if pages else text_of(stored)
    return paragraphs(text)
