"""What may be done to a case that was approved: each as a label and the page's endpoint."""

from datetime import date
from typing import Any

from registry.assessments.lifecycle import Action, Status
from registry.assessments.models import Assessment
from registry.assessments.services.after import why_not_extend
from registry.permissions import P, can


def after_approval_steps(assessment: Assessment, actor: Any, today: date) -> list[tuple[str, str]]:
    """The steps that this person may take from here, the nearest first."""
    if assessment.status == Status.SUSPENDED:
        return _of_suspended(assessment, actor)
    steps = []
    extendable = assessment.status in (Status.APPROVED, Status.LAPSED)
    if extendable and can(actor, P.EXTEND, assessment) and not why_not_extend(assessment, today):
        steps.append(("Extend on one question", "reviews.extend"))
    if assessment.status == Status.APPROVED and can(actor, P.SUSPEND, assessment):
        steps.append(("Suspend", "reviews.suspend"))
    return steps


def _of_suspended(assessment: Assessment, actor: Any) -> list[tuple[str, str]]:
    if not can(actor, P.COUNTERSIGN, assessment):
        return []
    waiting = {p.action: p for p in assessment.proposals if p.is_open}
    mine = {action for action, p in waiting.items() if p.proposed_by_id == actor.id}
    steps = []
    if Action.SUSPEND in waiting and Action.SUSPEND not in mine:
        steps.append(("Countersign", "reviews.countersign"))
    steps += [
        _step(waiting, mine, Action.LIFT, "lift"),
        _step(waiting, mine, Action.REVOKE, "revocation"),
        ("Look at it again", "reviews.review_suspension"),
    ]
    return steps


def _step(waiting: Any, mine: set[str], action: Action, what: str) -> tuple[str, str]:
    """Propose it; sign it where another has; look at one's own that waits."""
    if action not in waiting:
        label = "Propose to lift" if action == Action.LIFT else "Propose to revoke"
        return label, f"reviews.{action}"
    label = f"Your {what} waits" if action in mine else f"Sign the {what}"
    return label, f"reviews.sign_{action}"
