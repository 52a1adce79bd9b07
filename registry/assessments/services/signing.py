"""Between a suspension and its end: the club's reply, the look that is due every 28 days, and a
proposal that nobody will sign."""

from typing import Any

from registry import clock
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment, Proposal, Reply, SuspensionReview
from registry.assessments.steps import ask, lock
from registry.audit import services as history
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotYours
from registry.permissions import P

NOT_SUSPENDED = "This is not suspended any more. Look at the case again."


def reply(assessment: Assessment, actor: Any, *, words: str) -> Reply:
    """Say something to one's suspension. Seniors read it; it can be said more than once."""
    lock(assessment)
    ask(actor, P.REPLY, assessment)
    _check_suspended(
        assessment, "Your organisation is not suspended. There is nothing to reply to."
    )
    if not words.strip():
        raise BadInput("Write what you want to tell us.")
    said = Reply(words=words.strip(), by_id=actor.id, at=clock.now())
    assessment.replies.append(said)
    db.session.flush()
    history.record("reply", assessment, actor, details={"reply": said.id})
    return said


def review_suspension(assessment: Assessment, actor: Any, *, words: str) -> SuspensionReview:
    """Look at a suspension again and say why it goes on. The next look is due 28 days later."""
    lock(assessment)
    ask(actor, P.REVIEW_SUSPENSION, assessment)
    _check_suspended(assessment, NOT_SUSPENDED)
    if not words.strip():
        raise BadInput("Write why it goes on.")
    looked = SuspensionReview(words=words.strip(), by_id=actor.id, at=clock.now())
    assessment.suspension_reviews.append(looked)
    db.session.flush()
    history.record("review_suspension", assessment, actor, details={"review": looked.id})
    return looked


def take_back_proposal(assessment: Assessment, actor: Any, proposal_id: int, *, words: str) -> None:
    """Take back what one proposed oneself, as long as nobody has signed it."""
    proposal = _open(assessment, actor, proposal_id)
    if proposal.proposed_by_id != actor.id:
        raise NotYours("Somebody else proposed this. You can decline to sign it.")
    _end(assessment, proposal, actor, words, "take_back_proposal")


def decline_to_sign(assessment: Assessment, actor: Any, proposal_id: int, *, words: str) -> None:
    """Say why one does not sign what another senior proposed. It ends with that."""
    proposal = _open(assessment, actor, proposal_id)
    if proposal.proposed_by_id == actor.id:
        raise NotYours("You proposed this yourself. You can take it back.")
    _end(assessment, proposal, actor, words, "decline_to_sign")


def _open(assessment: Assessment, actor: Any, proposal_id: int) -> Proposal:
    lock(assessment)
    ask(actor, P.COUNTERSIGN, assessment)
    for proposal in assessment.proposals:
        if proposal.id == proposal_id and proposal.action != "suspend" and proposal.is_open:
            return proposal
    raise NotAllowedNow("This proposal does not wait any more. Look at the case again.")


def _end(assessment: Assessment, proposal: Proposal, actor: Any, words: str, action: str) -> None:
    if not words.strip():
        raise BadInput("Write why.")
    proposal.ended_by_id = actor.id
    proposal.ended_at = clock.now()
    proposal.ended_words = words.strip()
    db.session.flush()
    history.record(action, assessment, actor, details={"proposal": proposal.id})


def _check_suspended(assessment: Assessment, sentence: str) -> None:
    if assessment.status != Status.SUSPENDED:
        raise NotAllowedNow(sentence)
