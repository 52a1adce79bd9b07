"""Deciding a case: recommending, approving, refusing. Who signs is domain G2."""

from datetime import date
from typing import Any

from registry import clock
from registry.assessments.approvals import was_approved
from registry.assessments.evaluating import (
    frozen_profile,
    review_evaluation,
    reviewed_on,
    uncleared_flags,
)
from registry.assessments.lifecycle import Action, Status
from registry.assessments.models import Assessment, Decision
from registry.assessments.services.review import check_read, decide
from registry.assessments.standing import (
    all_assessments,
    has_quiet_hold,
    merged_assessments,
    standing_assessment,
)
from registry.assessments.steps import prepare, take_step
from registry.config import settings
from registry.criteria.evaluation import Evaluation, listed_until, two_people_reasons
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotYours
from registry.matching.queries import strong_matches
from registry.permissions import second_senior

# Only a senior can get as far as this. Looking there is an entry.
HELD = "This cannot be decided now. Look at the quiet holds first."


def recommend(
    assessment: Assessment, actor: Any, *, submission_id: int, what: str, reason: str
) -> Decision:
    """Recommend to approve or to refuse. A senior who did not recommend decides."""
    prepare(assessment, Action.RECOMMEND, actor)
    check_read(assessment, submission_id)
    if what not in ("approve", "refuse"):
        raise BadInput("Choose what you recommend: to approve, or to refuse.")
    if what == "approve":
        _check_criteria(assessment, clock.today())
    elif not reason.strip():
        raise BadInput("Write why you recommend to refuse.")
    assessment.recommendation = what
    assessment.recommended_by_id = actor.id
    decision = decide(assessment, actor, Action.RECOMMEND, reason=reason, details={"what": what})
    take_step(assessment, Action.RECOMMEND, actor, details={"what": what, "decision": decision.id})
    return decision


def send_back(assessment: Assessment, actor: Any, *, reason: str) -> Decision:
    """Send a recommendation back to the reviewer who made it, with words."""
    prepare(assessment, Action.SEND_BACK, actor)
    if not reason.strip():
        raise BadInput("Write what the reviewer has to look at again.")
    decision = decide(assessment, actor, Action.SEND_BACK, reason=reason)
    take_step(assessment, Action.SEND_BACK, actor, details={"decision": decision.id})
    assessment.recommendation = None
    assessment.recommended_by_id = None
    return decision


def approve(
    assessment: Assessment, actor: Any, *, submission_id: int, reason: str = ""
) -> Decision:
    """Approve, if all four criteria are met today on the reviewer's findings.

    Where two people are needed and the holder approves, the case becomes recommended instead:
    the returned decision says which. So it does under a quiet hold, of which nothing was to be
    seen before (domain B.5). Raises NotAllowedNow with what does not hold.
    """
    prepare(assessment, Action.APPROVE, actor)
    check_read(assessment, submission_id)
    if assessment.status == Status.IN_REVIEW:
        if assessment.holder_id != actor.id:
            raise NotYours("Another reviewer holds this case.")
        if needs_second_person(assessment) or has_quiet_hold(assessment.organisation_id):
            return recommend(
                assessment, actor, submission_id=submission_id, what="approve", reason=reason
            )
    else:
        _check_second_person(assessment, actor)
    return _approve(assessment, actor, reason)


def refuse(assessment: Assessment, actor: Any, *, submission_id: int, reason: str) -> Decision:
    """Refuse, as a senior who did not recommend it, with reasons for the club."""
    prepare(assessment, Action.REFUSE, actor)
    check_read(assessment, submission_id)
    if not reason.strip():
        raise BadInput("Write the reasons that the club will read.")
    if has_quiet_hold(assessment.organisation_id):
        raise NotAllowedNow(HELD)
    if assessment.recommendation != "refuse":
        raise NotAllowedNow("The recommendation was to approve. Send it back if you disagree.")
    assessment.decided_on = clock.today()
    decision = decide(assessment, actor, Action.REFUSE, reason=reason)
    take_step(
        assessment,
        Action.REFUSE,
        actor,
        details={"decision": decision.id},
        words={"reason": reason.strip()},
    )
    return decision


def needs_second_person(assessment: Assessment) -> tuple[str, ...]:
    """Why a senior has to sign this approval; empty where one person is enough.

    A quiet hold is not among the reasons: pages ask this before anybody approves, and until then
    a case under a hold looks like any other.
    """
    submission = assessment.latest_submission
    reasons = list(two_people_reasons(frozen_profile(submission))) if submission else []
    organisation_id = assessment.organisation_id
    earlier = [a for a in merged_assessments(organisation_id) if a.id != assessment.id]
    if settings().two_people_for_first_approval and not any(a.decided_on for a in earlier):
        reasons.append("first_approval")
    if assessment.kept_out:
        reasons.append("after_appeal")
    alike = [one.beside(organisation_id) for one in strong_matches(organisation_id)]
    if alike:
        reasons.append("strong_match")
    before = [*earlier, *(a for other in alike for a in all_assessments(other.id))]
    if any(map(_was_bad, before)):
        reasons.append("revoked_before")
    return tuple(reasons)


def _was_bad(assessment: Assessment) -> bool:
    """Whether it ended in a revocation, or its club closed while it was suspended (domain G2)."""
    if assessment.status == Status.SUSPENDED:
        return assessment.organisation.closed_at is not None
    return assessment.status == Status.REVOKED


def a_senior_signs(assessment: Assessment) -> bool:
    """Whether a page says “A senior needs to sign this one”; never why.

    What is recommended for the list says so, whatever the reason was, a quiet hold included.
    """
    if assessment.status == Status.RECOMMENDED and assessment.recommendation == "approve":
        return True
    return bool(needs_second_person(assessment))


def why_not_approve(assessment: Assessment, today: date) -> list[str]:
    """What stops an approval today, in words for the reviewer; empty where nothing does."""
    problems = []
    if uncleared_flags(assessment):
        problems.append("A flag is not cleared yet. A senior can clear it with a reason.")
    standing = standing_assessment(assessment.organisation_id)
    if standing and standing.status == Status.SUSPENDED:
        problems.append("The organisation is suspended. Lift or revoke that first.")
    if not review_evaluation(assessment, today).may_be_approved:
        problems.append("All four points must be met, on your findings, today.")
    elif (last_day := _last_day(assessment, today)) is None or last_day < today:
        problems.append("The date of the safeguarding plan leaves no day on the list.")
    return problems


def _check_second_person(assessment: Assessment, actor: Any) -> None:
    if not second_senior(actor, assessment):
        raise NotYours("A senior who did not recommend this has to sign it.")
    if assessment.recommendation != "approve":
        raise NotAllowedNow("The recommendation was to refuse. Send it back if you disagree.")
    if has_quiet_hold(assessment.organisation_id):
        raise NotAllowedNow(HELD)


def _check_criteria(assessment: Assessment, today: date) -> Evaluation:
    problems = why_not_approve(assessment, today)
    if problems:
        raise NotAllowedNow(" ".join(problems))
    return review_evaluation(assessment, today)


def _last_day(assessment: Assessment, today: date) -> date | None:
    submission = assessment.latest_submission
    reviewed = reviewed_on(submission.document["answers"]) if submission else None
    return listed_until(today, reviewed) if reviewed else None


def _approve(assessment: Assessment, actor: Any, reason: str) -> Decision:
    today = clock.today()
    evaluation = _check_criteria(assessment, today)
    _supersede(assessment)
    assessment.decided_on = today
    assessment.listed_until = _last_day(assessment, today)
    assessment.not_before_on = None
    make_activities_live(assessment)
    decision = decide(
        assessment,
        actor,
        Action.APPROVE,
        reason=reason,
        details={
            "criteria": {key: str(result) for key, result in evaluation.criteria.items()},
            "improvement_actions": list(evaluation.improvement_actions),
        },
    )
    take_step(assessment, Action.APPROVE, actor, details={"decision": decision.id})
    was_approved(assessment)
    return decision


def _supersede(renewal: Assessment) -> None:
    """The approval of a renewal takes the place of the one that stands."""
    standing = standing_assessment(renewal.organisation_id)
    if standing is not None and standing.id != renewal.id:
        take_step(standing, Action.SUPERSEDE, None, details={"renewal": renewal.id})
        db.session.flush()


def make_activities_live(assessment: Assessment) -> None:
    """Activities that were read with this submission may now be shown."""
    submission = assessment.latest_submission
    read = {a["id"] for a in submission.document["activities"]} if submission else set()
    for activity in assessment.organisation.activities:
        if activity.id in read and activity.state in ("draft", "waiting"):
            activity.state = "live"
