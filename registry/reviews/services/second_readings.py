"""Approvals that another person reads again: drawn by the rule, or because one proved false."""

from typing import Any

from sqlalchemy import select

from registry import clock
from registry.assessments.lifecycle import Action, Status
from registry.assessments.models import Assessment, Decision
from registry.assessments.steps import ask
from registry.audit import services as history
from registry.config import settings
from registry.database import db
from registry.errors import BadInput, NotAllowedNow
from registry.permissions import P
from registry.reviews.drawing import is_drawn
from registry.reviews.models import OUTCOMES, SecondReading


def draw_for_second_reading(assessment: Assessment) -> None:
    """Queue an approval that the rule draws, in the transaction of the approval."""
    chosen = settings()
    seed = chosen.second_reading_seed or chosen.secret_key
    if chosen.demonstration:
        seed = "demonstration"  # the same register everywhere
    if is_drawn(seed, assessment.reference, chosen.second_reading_share):
        _queue(assessment, "drawn")


def read_others_again(revoked: Assessment) -> int:
    """Queue what else the same reviewer approved, after a revocation because an approval was false.

    Those whose club is on the list now; answers how many.
    """
    approvers = {
        one.by_id
        for one in revoked.decisions
        if one.action == Action.APPROVE
        or (one.action == Action.RECOMMEND and one.details.get("what") == "approve")
    }
    rows = db.session.scalars(
        select(Assessment)
        .join(Decision, Decision.assessment_id == Assessment.id)
        .where(
            Decision.by_id.in_(approvers),
            Decision.action.in_((Action.APPROVE, Action.RECOMMEND)),
            Assessment.status == Status.APPROVED,
            Assessment.id != revoked.id,
        )
        .order_by(Assessment.id)
    ).unique()
    return sum(_queue(one, "same_reviewer", because=revoked) for one in rows)


def read_again(reading: SecondReading, actor: Any, *, outcome: str, words: str) -> None:
    """Say what the second reading found: it agrees, or has a doubt, with words to a senior."""
    _hold(reading)
    ask(actor, P.READ_AGAIN, reading)
    if reading.read_at is not None:
        raise NotAllowedNow("Somebody has read this again already.")
    if outcome not in OUTCOMES:
        raise BadInput("Say whether you agree or have a doubt.")
    if not words.strip():
        raise BadInput("Write what you read and what you found.")
    reading.outcome, reading.words = outcome, words.strip()
    reading.read_by_id, reading.read_at = actor.id, clock.now()
    db.session.flush()
    told = {"reading": reading.id, "outcome": outcome}
    history.record("read_again", reading.assessment, actor, details=told)


def settle_doubt(reading: SecondReading, actor: Any, *, words: str) -> None:
    """Say, as a senior, what was done about a doubt."""
    _hold(reading)
    ask(actor, P.SETTLE_DOUBT, reading)
    if not reading.is_doubted:
        raise NotAllowedNow("No doubt waits here any more.")
    if not words.strip():
        raise BadInput("Write what was done about it.")
    reading.settled_words, reading.settled_by_id = words.strip(), actor.id
    reading.settled_at = clock.now()
    db.session.flush()
    told = {"reading": reading.id}
    history.record("settle_doubt", reading.assessment, actor, details=told)


def _queue(assessment: Assessment, why: str, because: Assessment | None = None) -> bool:
    there = db.session.scalar(
        select(SecondReading.id).where(
            SecondReading.assessment_id == assessment.id, SecondReading.why == why
        )
    )
    if there:
        return False
    db.session.add(
        SecondReading(
            assessment_id=assessment.id,
            because_id=because.id if because else None,
            why=why,
            drawn_at=clock.now(),
        )
    )
    db.session.flush()
    return True


def _hold(reading: SecondReading) -> None:
    db.session.refresh(reading, with_for_update={"of": SecondReading})
