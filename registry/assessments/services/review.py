"""Reading a case: taking it, writing findings, sending questions back."""

from collections.abc import Mapping
from typing import Any

from registry import clock
from registry.assessments.evaluating import (
    edition_of,
    frozen_profile,
    review_evaluation,
    uncleared_flags,
    unfinished_as_sent,
)
from registry.assessments.lifecycle import Action, Status
from registry.assessments.models import (
    Assessment,
    Decision,
    Finding,
    FlagClearance,
    ReturnedQuestion,
    Submission,
)
from registry.assessments.steps import ask, lock, prepare, take_step
from registry.audit import services as history
from registry.criteria.evaluation import Result, applies, finding_choices, needs_reason, suggest
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, StaleVersion
from registry.permissions import P, can


def start_review(assessment: Assessment, actor: Any) -> None:
    """Take a case. From now on this reviewer holds it."""
    prepare(assessment, Action.START_REVIEW, actor)
    assessment.holder_id = actor.id
    take_step(assessment, Action.START_REVIEW, actor)


def release(assessment: Assessment, actor: Any) -> None:
    """Put a case back in the queue, with the findings made so far."""
    prepare(assessment, Action.RELEASE, actor)
    take_step(assessment, Action.RELEASE, actor, details={"holder": assessment.holder_id})
    assessment.holder_id = None


def reassign(assessment: Assessment, actor: Any, to: Any) -> None:
    """Give a case that somebody holds to another reviewer, with the findings made so far.

    No step: it stays in review. Raises BadInput where that person may not take it, such as for a
    link to the club or a part they had in it before an appeal.
    """
    lock(assessment)
    ask(actor, P.REASSIGN, assessment)
    if assessment.status != Status.IN_REVIEW:
        raise NotAllowedNow("Nobody holds this case now, so it cannot be given to another.")
    if to is None or to.id == assessment.holder_id or not can(to, P.START_REVIEW, assessment):
        raise BadInput("Choose somebody who may take this case and does not hold it.")
    before, assessment.holder_id = assessment.holder_id, to.id
    assessment.version += 1
    history.record("reassign", assessment, actor, details={"from": before, "to": to.id})


def record_finding(
    assessment: Assessment,
    actor: Any,
    key: str,
    *,
    submission_id: int,
    result: str,
    reason: str = "",
    words: str = "",
) -> Finding:
    """Write what the reviewer found on one question.

    A finding that differs from what the rule suggests needs a reason. Raises BadInput where a
    reason is missing or the result is not offered, StaleVersion where something newer was sent.
    """
    lock(assessment)
    ask(actor, P.RECORD_FINDING, assessment)
    if assessment.status != Status.IN_REVIEW:
        raise NotAllowedNow()
    submission = check_read(assessment, submission_id)
    question = next((q for q in edition_of(assessment) if q.key == key), None)
    profile = frozen_profile(submission)
    if question is None or not applies(question, profile):
        raise BadInput("This question does not concern this club.")
    suggested = suggest(
        question,
        submission.document["answers"],
        profile,
        clock.today(),
        unfinished_as_sent(submission),
    )
    if result not in finding_choices(question, suggested):
        raise BadInput("Choose met, partly or not met. Partly is not offered for every question.")
    if needs_reason(suggested, Result(result)) and not reason.strip():
        raise BadInput("Say why. Your finding is not what the rule suggests.")
    finding = next((f for f in assessment.findings if f.question_key == key), None)
    if finding is None:
        finding = Finding(assessment_id=assessment.id, question_key=key)
        assessment.findings.append(finding)
    finding.submission_id = submission_id
    finding.result = result
    finding.suggested = str(suggested)
    finding.reason = reason.strip()
    finding.words = words.strip()
    finding.found_by_id = actor.id
    finding.found_at = clock.now()
    db.session.flush()
    history.record("finding", assessment, actor, details={"question": key, "result": result})
    return finding


def return_for_changes(
    assessment: Assessment, actor: Any, *, submission_id: int, words: Mapping[str, str]
) -> Decision:
    """Send chosen questions back with a plain message for each. Only those open for the club."""
    prepare(assessment, Action.RETURN_FOR_CHANGES, actor)
    check_read(assessment, submission_id)
    asked = {
        key
        for key, one in review_evaluation(assessment, clock.today()).questions.items()
        if one.applies
    }
    chosen = {key: text.strip() for key, text in words.items()}
    if not chosen:
        raise BadInput("Choose at least one question to send back.")
    if not set(chosen) <= asked or not all(chosen.values()):
        raise BadInput("Write what the club has to change, for each question that you send back.")
    for key, text in chosen.items():
        db.session.add(
            ReturnedQuestion(
                assessment_id=assessment.id,
                submission_id=submission_id,
                question_key=key,
                words=text,
            )
        )
    decision = decide(
        assessment, actor, Action.RETURN_FOR_CHANGES, details={"questions": sorted(chosen)}
    )
    shorts = {q.key: q.text for q in edition_of(assessment)}
    take_step(
        assessment,
        Action.RETURN_FOR_CHANGES,
        actor,
        details={"questions": sorted(chosen), "decision": decision.id},
        words={
            "questions": "\n\n".join(f"{shorts[key]}\n{text}" for key, text in chosen.items()),
            "count": str(len(chosen)),
        },
    )
    return decision


def clear_flag(assessment: Assessment, actor: Any, flag: str, reason: str) -> None:
    """Say why a flag does not stop this approval (a senior, with a reason)."""
    lock(assessment)
    ask(actor, P.CLEAR_FLAG, assessment)
    if flag not in uncleared_flags(assessment):
        raise NotAllowedNow("This flag is not set, or is cleared already.")
    if not reason.strip():
        raise BadInput("Say why the flag can be cleared.")
    assessment.clearances.append(
        FlagClearance(
            assessment_id=assessment.id,
            flag=flag,
            reason=reason.strip(),
            cleared_by_id=actor.id,
            cleared_at=clock.now(),
        )
    )
    history.record("clear_flag", assessment, actor, details={"flag": flag})


def check_read(assessment: Assessment, submission_id: int) -> Submission:
    """A decision names the submission that was read. Raises StaleVersion if a newer one came."""
    latest = assessment.latest_submission
    if latest is None or latest.id != submission_id:
        raise StaleVersion("The club has sent something newer. Read it before you decide.")
    return latest


def decide(
    assessment: Assessment,
    actor: Any,
    action: Action | str,
    *,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> Decision:
    """Write down a step that somebody answers for, with the findings as they are now."""
    latest = assessment.latest_submission
    decision = Decision(
        assessment_id=assessment.id,
        submission_id=latest.id if latest else None,
        action=str(action),
        reason=reason.strip(),
        edition=assessment.edition,
        listed_until=assessment.listed_until,
        details={
            "findings": {
                f.question_key: {"result": f.result, "suggested": f.suggested, "reason": f.reason}
                for f in assessment.findings
            },
            **(details or {}),
        },
        by_id=actor.id,
        at=clock.now(),
    )
    assessment.decisions.append(decision)
    db.session.flush()
    return decision
