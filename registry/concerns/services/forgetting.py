"""Letting go of what was told, when somebody else has it or it is done with."""

from datetime import timedelta

from sqlalchemy import select, update

from registry import clock
from registry.audit import services as history
from registry.concerns.models import Concern, ConcernStep
from registry.database import db

__all__ = ["KEPT_FOR", "forget_what_was_told"]

KEPT_FOR = timedelta(days=30)


def forget_what_was_told() -> int:
    """Delete the words of every concern that was handed over or closed 30 days ago, with who told
    and what was noted. The reference, the colour and the hand-over stay. Returns how many."""
    handed = Concern.handed_on <= clock.today() - KEPT_FOR
    closed = Concern.handed_on.is_(None) & (Concern.settled_at <= clock.now() - KEPT_FOR)
    due = db.session.scalars(
        select(Concern)
        .where(Concern.state != "open", handed | closed, Concern.forgotten_at.is_(None))
        .order_by(Concern.id)
    ).all()
    for concern in due:
        concern.words = None
        concern.teller_name = concern.teller_contact = ""
        concern.forgotten_at = clock.now()
        db.session.execute(
            update(ConcernStep).where(ConcernStep.concern_id == concern.id).values(words="")
        )
        history.record("forget_concern", ("concern", concern.id), None)
    return len(due)
