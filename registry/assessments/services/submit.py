"""Sending a self-check to the council."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete

from registry import clock
from registry.assessments.evaluating import current_evaluation, reviewed_on, working_answers
from registry.assessments.freezing import frozen_document
from registry.assessments.lifecycle import Action, Status
from registry.assessments.models import Assessment, Finding, ReturnedQuestion, Submission
from registry.assessments.progress import Progress
from registry.assessments.services.moving import move_on
from registry.assessments.steps import prepare, take_step
from registry.assessments.traits import compare_with_others
from registry.criteria.evaluation import listed_until
from registry.criteria.profile import profile_problems
from registry.database import db
from registry.errors import BadInput
from registry.organisations.gaps import RUNNING
from registry.organisations.services import activity_gaps
from registry.people.services import name_lead

LEAD = "sg_lead"


class Incomplete(BadInput):
    """Something is still missing. `missing` has (question key, or "activities"; what to do)."""

    def __init__(self, missing: list[tuple[str, str]]) -> None:
        super().__init__("Some questions still need an answer before you can send this.")
        self.missing = missing


def submit(
    assessment: Assessment, actor: Any, *, declared_name: str, declared_role: str
) -> Submission:
    """Freeze everything and send it. By the owner, who declares that it is true.

    Raises Incomplete naming what is missing. Findings on what had been sent back, and on every
    answer that is not as it was, are cleared: the reviewer reads those again. The others stand.
    """
    prepare(assessment, Action.SUBMIT, actor)
    move_on(assessment, actor)
    missing = what_is_missing(assessment, clock.today())
    if missing:
        raise Incomplete(missing)
    now, before = clock.now(), assessment.latest_submission
    submission = Submission(
        assessment_id=assessment.id,
        number=len(assessment.submissions) + 1,
        document=frozen_document(assessment),
        declared_name=declared_name,
        declared_role=declared_role,
        submitted_at=now,
        submitted_by_id=actor.id,
        would_be_listed_until=would_be_listed_until(assessment, clock.today()),
    )
    db.session.add(submission)
    if before is not None:
        _clear_findings(assessment, before, submission)
    if assessment.submitted_at is None or assessment.status == Status.DRAFT:
        assessment.submitted_at = now
    assessment.holder_id = None
    assessment.recommendation = None
    assessment.recommended_by_id = None
    db.session.flush()
    db.session.expire(assessment, ["submissions"])
    take_step(
        assessment,
        Action.SUBMIT,
        actor,
        details={"submission": submission.id, "number": submission.number},
    )
    compare_with_others(assessment.organisation)
    if current_evaluation(assessment, clock.today()).questions[LEAD].applies:
        name_lead(assessment.organisation, lead_in(submission.document["answers"].get(LEAD)))
    return submission


def lead_in(parts: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The contact of the lead in an answer; None while there is no lead."""
    said = parts or {}
    lead = said.get("lead")
    return lead if said.get("said") in ("yes", "partly") and isinstance(lead, Mapping) else None


def what_is_missing(assessment: Assessment, today: date) -> list[tuple[str, str]]:
    """All without which this cannot be sent: (key, what to do), in the order of the pages."""
    found = list(profile_problems(working_answers(assessment)).items())
    found += [
        (page.questions[0], f"Confirm: {page.short}")
        for page in Progress(assessment, today).unconfirmed_pages
        if not any(key in page.questions for key, _ in found)
    ]
    active = [a for a in assessment.organisation.activities if a.state in RUNNING]
    if not active:
        found.append(("activities", "Add at least one activity"))
    for activity in active:
        for gap in activity_gaps(activity):
            found.append(("activities", f"{activity.name}: {gap}"))
    evaluation = current_evaluation(assessment, today)
    for key in evaluation.missing:
        found.append((key, evaluation.questions[key].question.short))
    unconfirmed = {a.question_key for a in assessment.answers if not a.confirmed}
    asked = {key for key, one in evaluation.questions.items() if one.applies}
    named = {key for key, _ in found}
    for key in evaluation.questions:
        if key not in unconfirmed & asked - named:
            continue
        found.append((key, f"Confirm: {evaluation.questions[key].question.short}"))
    return found


def would_be_listed_until(assessment: Assessment, today: date) -> date | None:
    """The last day of the listing if the council said yes today (domain B.2)."""
    reviewed = reviewed_on(working_answers(assessment))
    return listed_until(today, reviewed) if reviewed else None


def returned_keys(assessment: Assessment) -> dict[str, str]:
    """The questions that are open after a return, with the reviewer's words for each."""
    submission = assessment.latest_submission
    if submission is None or assessment.status != Status.RETURNED:
        return {}
    rows = db.session.query(ReturnedQuestion).filter_by(submission_id=submission.id)
    return {row.question_key: row.words for row in rows}


def _clear_findings(assessment: Assessment, before: Submission, submission: Submission) -> None:
    """The reviewer has to read again what was sent back, and whatever else has changed."""
    old, new = before.document["answers"], submission.document["answers"]
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    db.session.execute(
        delete(Finding).where(
            Finding.assessment_id == assessment.id,
            Finding.question_key.in_(changed | set(returned_keys(assessment))),
        )
    )
    db.session.expire(assessment, ["findings"])
