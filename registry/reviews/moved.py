"""What a club sent anew while somebody was deciding on what it had sent before."""

from dataclasses import dataclass
from typing import Any

from registry.assessments.evaluating import edition_of, frozen_profile
from registry.assessments.models import Assessment, Submission
from registry.assessments.saying import in_words


@dataclass(frozen=True)
class Moved:
    """One question whose answer or papers are not what was read: before, and now."""

    key: str
    short: str
    before: list[str]
    after: list[str]


def moved_since(assessment: Assessment, submission_id: int) -> list[Moved]:
    """The questions that changed since the submission that was on the page; empty where none."""
    read = next((one for one in assessment.submissions if one.id == submission_id), None)
    latest = assessment.latest_submission
    if read is None or latest is None or read.id == latest.id:
        return []
    edition = edition_of(assessment)
    rows = [(question, question.short) for question in edition.questions]
    found = []
    for question, short in rows:
        before, after = _said(read, question), _said(latest, question)
        if before != after:
            found.append(Moved(question.key, short, before, after))
    return found


def _said(submission: Submission, question: Any) -> list[str]:
    document = submission.document
    names = {one["id"]: one["name"] for one in document["evidence"]}
    parts = document["answers"].get(question.key) or {}
    said = in_words(question, parts, frozen_profile(submission), names)
    lines = [f"{label}: {line}" if label else line for label, lines in said for line in lines]
    return lines + [
        f"Paper: {one['name']}"
        for one in document["evidence"]
        if one["question_key"] == question.key
    ]
