"""Taking answers and their papers along from one attempt to the next.

Each attempt has rows of its own for its papers, so an answer that points at one has to point at
its copy. Nothing that is known of a paper is left behind: what its club said of a warning, too.
"""

from collections.abc import Callable
from typing import Any

from registry.assessments.models import Assessment, Evidence
from registry.database import db

__all__ = ["pointing_at", "show_in"]


def show_in(attempt: Assessment, paper: Evidence) -> Evidence:
    """The same paper in another attempt, for the same question; shown twice is shown once."""
    for there in attempt.evidence:
        if (there.question_key, there.file_id) == (paper.question_key, paper.file_id):
            return there
    copy = Evidence(
        assessment_id=attempt.id,
        question_key=paper.question_key,
        file_id=paper.file_id,
        file=paper.file,
        page=paper.page,
        risks=paper.risks,
        added_at=paper.added_at,
        added_by_id=paper.added_by_id,
    )
    attempt.evidence.append(copy)
    db.session.flush()
    return copy


def pointing_at(value: Any, copy_of: Callable[[int], int]) -> Any:
    """An answer, or a part of one, with every paper's number replaced by that of its copy.

    Papers are lists of numbers, or the `file` of a row. `copy_of` gives back the number of one
    that has no copy.
    """
    if isinstance(value, dict):
        return {
            name: copy_of(one) if name == "file" and _is_number(one) else pointing_at(one, copy_of)
            for name, one in value.items()
        }
    if isinstance(value, list):
        return [copy_of(one) if _is_number(one) else pointing_at(one, copy_of) for one in value]
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
