"""Queueing emails. Sending them is the worker's business (registry.messages.delivery)."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, or_, select

from registry import clock
from registry.database import db
from registry.messages.models import Message


def queue(
    template: str,
    to: str,
    context: Mapping[str, str],
    dedupe_key: str,
    *,
    organisation_id: int | None = None,
    not_before_at: datetime | None = None,
) -> None:
    """Put one email in the outbox, in the caller's transaction.

    The same `dedupe_key` is queued once, however often a job runs. `context` holds plain
    strings only, so that an email can be made again exactly as it was.
    """
    if db.session.scalar(select(Message.id).where(Message.dedupe_key == dedupe_key)):
        return
    now = clock.now()
    db.session.add(
        Message(
            template=template,
            recipient=to,
            context={name: str(value) for name, value in context.items()},
            dedupe_key=dedupe_key,
            organisation_id=organisation_id,
            queued_at=now,
            not_before_at=not_before_at or now,
        )
    )
    db.session.flush()


def withdraw(organisation_id: int, recipient: str) -> None:
    """Take back what waits for somebody about an organisation: they do not belong to it any more.

    What a worker is sending just now has gone.
    """
    db.session.execute(
        delete(Message).where(
            Message.organisation_id == organisation_id,
            Message.recipient == recipient,
            Message.sent_at.is_(None),
            or_(Message.leased_until.is_(None), Message.leased_until < clock.now()),
        )
    )
