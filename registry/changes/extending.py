"""A new review date is one question: accepting it gives the listing its new last day (B.2)."""

from typing import Any

from registry.assessments import services
from registry.assessments.lifecycle import Status
from registry.assessments.models import Change
from registry.criteria.dates import written_date

__all__ = ["extend_with", "extends"]

EXTENDED = (Status.APPROVED, Status.LAPSED)


def extends(change: Change) -> bool:
    """Whether accepting this change moves the last day of the listing."""
    return change.kind == "review_date" and change.assessment.status in EXTENDED


def extend_with(change: Change, actor: Any, reason: str) -> None:
    """Take the step, in the transaction of the acceptance. Raises NotAllowedNow, BadInput."""
    reviewed_on = written_date(change.after.get("date"))
    assert reviewed_on is not None, "a date that is no date is never sent"
    services.extend(change.assessment, actor, new_review_on=reviewed_on, reason=reason)
