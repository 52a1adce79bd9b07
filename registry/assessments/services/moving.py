"""Taking a draft along to the edition of the criteria that is in force (domain A.6.6, V10)."""

from typing import Any

from sqlalchemy import select

from registry.assessments.evaluating import edition_of
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.audit import services as history
from registry.database import db


def move_on(assessment: Assessment, actor: Any = None) -> bool:
    """Write down that a draft is on to a newer edition; its answers stay. False where it is not."""
    before, now = assessment.edition, edition_of(assessment).number
    if now == before:
        return False
    assessment.edition = now
    history.record("move_on", assessment, actor, details={"from": before, "to": now})
    return True


def due_to_move() -> list[int]:
    """Every draft that was not sent in time under the edition it was begun with."""
    drafts = db.session.scalars(
        select(Assessment).where(Assessment.status == Status.DRAFT).order_by(Assessment.id)
    )
    return [one.id for one in drafts if edition_of(one).number != one.edition]
