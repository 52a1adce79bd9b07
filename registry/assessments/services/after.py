"""After a decision: extending, suspending and what follows, appeals, and the clock's own steps."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete

from registry import clock
from registry.assessments.lifecycle import Action, Status
from registry.assessments.models import Assessment, Decision, Finding, KeptOut, Proposal
from registry.assessments.services.review import decide
from registry.assessments.standing import (
    has_quiet_hold,
    latest_assessment,
    open_assessment,
    standing_assessment,
)
from registry.assessments.steps import ask, lock, prepare, take_step
from registry.criteria.dates import add_months
from registry.criteria.evaluation import listed_until
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotYours
from registry.permissions import P
from registry.working_days import add_working_days

LAPSED_AT_MOST = timedelta(days=90)
DAYS_TO_REPLY = 10
DAYS_TO_MEND = 20
MONTHS_IDLE = 6


def extend(assessment: Assessment, actor: Any, *, new_review_on: date, reason: str) -> Decision:
    """Give a new last day on one question that was read again: the plan's new review date.

    For an approved organisation, or one lapsed for at most 90 days whose decision is under 12
    months old, the latest, with none other standing (domain B.2).
    """
    prepare(assessment, Action.EXTEND, actor)
    today = clock.today()
    if new_review_on > today:
        raise BadInput("The date must be today or before.")
    problem = why_not_extend(assessment, today)
    if problem:
        raise NotAllowedNow(problem)
    assert assessment.decided_on is not None
    last_day = listed_until(assessment.decided_on, new_review_on)
    if last_day < today:
        raise NotAllowedNow("That date leaves no day on the list.")
    before = assessment.listed_until
    assessment.listed_until = last_day
    decision = decide(
        assessment,
        actor,
        Action.EXTEND,
        reason=reason,
        details={"reviewed_on": new_review_on.isoformat(), "before": str(before)},
    )
    take_step(assessment, Action.EXTEND, actor, details={"decision": decision.id})
    return decision


def why_not_extend(assessment: Assessment, today: date) -> str:
    """The reason why this one cannot be extended today; empty where it can."""
    if assessment.decided_on is None or today > add_months(assessment.decided_on, 12):
        return "The decision is 12 months old or more. A new self-check is needed."
    if assessment.status == Status.APPROVED:
        return ""
    if assessment.status != Status.LAPSED or assessment.listed_until is None:
        return "Only a listing that stands, or has just lapsed, can be extended."
    lapsed_on = assessment.listed_until + timedelta(days=1)
    if today > lapsed_on + LAPSED_AT_MOST:
        return "It lapsed more than 90 days ago. A new self-check is needed."
    latest = latest_assessment(assessment.organisation_id)
    if latest is not None and latest.id != assessment.id and latest.decided_on is not None:
        return "A later decision was made. This one cannot be extended."
    if standing_assessment(assessment.organisation_id) is not None:
        return "Another one stands. This one cannot be extended."
    return ""


def suspend(assessment: Assessment, actor: Any, *, reason: str) -> Proposal:
    """Take an organisation off the list at once. A second senior countersigns in 5 working days."""
    prepare(assessment, Action.SUSPEND, actor)
    proposal = _propose(assessment, actor, Action.SUSPEND, reason)
    decision = decide(assessment, actor, Action.SUSPEND, reason=reason)
    take_step(
        assessment,
        Action.SUSPEND,
        actor,
        details={"decision": decision.id, "proposal": proposal.id},
        words={"reason": reason.strip()},
    )
    return proposal


def countersign(assessment: Assessment, actor: Any) -> Proposal:
    """Sign what another senior did: the suspension stands either way, unsigned it turns red."""
    lock(assessment)
    ask(actor, P.COUNTERSIGN, assessment)
    return _sign(_open_proposal(assessment, Action.SUSPEND), actor)


def propose_lift(assessment: Assessment, actor: Any, *, reason: str) -> Proposal:
    """Propose that a suspension ends. Another senior signs."""
    prepare(assessment, Action.LIFT, actor)
    return _propose(assessment, actor, Action.LIFT, reason)


def sign_lift(assessment: Assessment, actor: Any) -> Decision:
    """Sign a proposed lift: approved again, or lapsed if its last day is over."""
    prepare(assessment, Action.LIFT, actor)
    proposal = _sign(_open_proposal(assessment, Action.LIFT), actor)
    decision = decide(assessment, actor, Action.LIFT, reason=proposal.reason)
    take_step(
        assessment,
        Action.LIFT,
        actor,
        to=_listed_or_lapsed(assessment),
        details={"decision": decision.id, "proposal": proposal.id},
    )
    _end_proposals(assessment, actor)
    return decision


def propose_revoke(
    assessment: Assessment,
    actor: Any,
    *,
    reason: str,
    not_before_on: date | None = None,
    approval_was_false: bool = False,
) -> Proposal:
    """Propose to revoke, when the time to reply is over. At most 12 months until a new attempt."""
    prepare(assessment, Action.REVOKE, actor)
    _check_no_appeal(assessment)
    if clock.today() <= reply_until(assessment):
        raise NotAllowedNow("The club still has time to reply: 10 working days.")
    if not_before_on and not_before_on <= clock.today():
        raise BadInput("The day from which they may apply must be after today.")
    if not_before_on and not_before_on > add_months(clock.today(), 12):
        raise BadInput("The day from which they may apply is at most 12 months away.")
    proposal = _propose(assessment, actor, Action.REVOKE, reason)
    proposal.not_before_on = not_before_on
    proposal.approval_was_false = approval_was_false
    return proposal


def reply_until(assessment: Assessment) -> date:
    """The last day on which a suspended club can reply before anybody proposes to revoke."""
    return add_working_days(clock.local(assessment.status_since).date(), DAYS_TO_REPLY)


def sign_revoke(assessment: Assessment, actor: Any) -> Decision:
    """Sign a proposed revocation. An open renewal is closed with it."""
    prepare(assessment, Action.REVOKE, actor)
    _check_no_appeal(assessment)
    proposal = _sign(_open_proposal(assessment, Action.REVOKE), actor)
    assessment.not_before_on = proposal.not_before_on
    decision = decide(assessment, actor, Action.REVOKE, reason=proposal.reason)
    renewal = open_assessment(assessment.organisation_id)
    if renewal is not None:
        take_step(renewal, Action.CLOSE, None, details={"because": assessment.id})
    take_step(
        assessment,
        Action.REVOKE,
        actor,
        details={"decision": decision.id, "proposal": proposal.id},
        words={"reason": proposal.reason},
    )
    _end_proposals(assessment, actor)
    return decision


def uphold(assessment: Assessment, actor: Any, *, reason: str) -> Decision:
    """Uphold an appeal, by an appeal officer who had no part in the case.

    A refused one is submitted again, for people who had no part; a suspended or revoked one is
    approved again, or lapsed if its last day is over.
    """
    prepare(assessment, Action.UPHOLD, actor)
    if not reason.strip():
        raise BadInput("Write the reasons for the club.")
    took_part = {*assessment.took_part_ids, actor.id} - assessment.member_ids
    if assessment.status == Status.REFUSED:
        _check_none_other(open_assessment(assessment.organisation_id), assessment)
        to = Status.SUBMITTED
    else:
        _check_none_other(standing_assessment(assessment.organisation_id), assessment)
        to = _listed_or_lapsed(assessment)
        # An appeal officer may not know of a quiet hold, which stops this as it stops an approval.
        if to is Status.APPROVED and has_quiet_hold(assessment.organisation_id):
            raise NotAllowedNow("This cannot be decided now. Ask a senior.")
    assessment.not_before_on = None
    take_step(assessment, Action.UPHOLD, actor, to=to, words={"reason": reason.strip()})
    _end_proposals(assessment, actor)
    # Written after the step: until then the officer has had no part in the case.
    decision = decide(assessment, actor, Action.UPHOLD, reason=reason)
    if to is Status.SUBMITTED:
        _begin_afresh(assessment, took_part)
    return decision


def _begin_afresh(assessment: Assessment, took_part: Collection[int]) -> None:
    """Whoever had a part in it is kept out from now on, and what they found is not in the way.

    Their findings stay with the decision that was appealed against.
    """
    assessment.holder_id = None
    assessment.recommendation = None
    assessment.recommended_by_id = None
    known = assessment.kept_out_ids
    assessment.kept_out.extend(
        KeptOut(account_id=one, since=clock.now()) for one in sorted(took_part) if one not in known
    )
    db.session.execute(delete(Finding).where(Finding.assessment_id == assessment.id))
    db.session.flush()
    db.session.expire(assessment, ["findings"])


def lapse(assessment: Assessment) -> None:
    """Tidy up a listing whose last day is over. The directory had stopped showing it by itself."""
    lock(assessment)
    if assessment.listed_until is None or assessment.listed_until >= clock.today():
        raise NotAllowedNow()
    take_step(assessment, Action.LAPSE, None)


def give_up(assessment: Assessment) -> None:
    """Put aside a draft left for six months, or a return left for 20 working days."""
    lock(assessment)
    if not is_left(assessment, clock.today()):
        raise NotAllowedNow()
    take_step(assessment, Action.GIVE_UP, None)


def is_left(assessment: Assessment, today: date) -> bool:
    """Whether nobody has touched a draft for six months, or a return for 20 working days."""
    since = clock.local(assessment.status_since).date()
    if assessment.status == Status.RETURNED:
        return today > add_working_days(since, DAYS_TO_MEND)
    touched = [clock.local(a.updated_at).date() for a in assessment.answers]
    return assessment.status == Status.DRAFT and today > add_months(
        max([since, *touched]), MONTHS_IDLE
    )


def _propose(assessment: Assessment, actor: Any, action: Action, reason: str) -> Proposal:
    if not reason.strip():
        raise BadInput("Write the reasons.")
    if any(p.action == action and p.is_open for p in assessment.proposals):
        raise NotAllowedNow("This is proposed already. Another senior can sign it.")
    proposal = Proposal(
        assessment_id=assessment.id,
        action=str(action),
        reason=reason.strip(),
        proposed_by_id=actor.id,
        proposed_at=clock.now(),
    )
    assessment.proposals.append(proposal)
    return proposal


def _open_proposal(assessment: Assessment, action: Action) -> Proposal:
    for proposal in assessment.proposals:
        if proposal.action == action and proposal.is_open:
            return proposal
    raise NotAllowedNow("Nothing waits for a second signature.")


def _end_proposals(assessment: Assessment, actor: Any) -> None:
    """The suspension is over: nothing that was proposed during it can be signed any more."""
    for proposal in assessment.proposals:
        if proposal.is_open:
            proposal.ended_at = clock.now()
            proposal.ended_by_id = actor.id


def _sign(proposal: Proposal, actor: Any) -> Proposal:
    if proposal.proposed_by_id == actor.id:
        raise NotYours("Another senior has to sign this.")
    proposal.signed_by_id = actor.id
    proposal.signed_at = clock.now()
    return proposal


def _check_none_other(other: Assessment | None, assessment: Assessment) -> None:
    if other is not None and other.id != assessment.id:
        raise NotAllowedNow("Another self-check is open or stands. It has to end first.")


def _check_no_appeal(assessment: Assessment) -> None:
    """While a club appeals, nothing is decided against it that was not decided before."""
    if assessment.appeal_since is not None:
        raise NotAllowedNow("The club has appealed. The appeal has to be answered first.")


def _listed_or_lapsed(assessment: Assessment) -> Status:
    last_day = assessment.listed_until
    return Status.APPROVED if last_day and last_day >= clock.today() else Status.LAPSED
