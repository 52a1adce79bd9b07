"""Sending what waits in the outbox: by lease, with back-off, at least once, visibly given up.

The outbox is the truth: whatever wakes this up, and however often, each message is claimed by
one worker at a time, and a worker that dies leaves a lease that runs out.
"""

from datetime import timedelta

from sqlalchemy import or_, select, update

from registry import clock
from registry.config import settings
from registry.database import db
from registry.messages.drawing import draw
from registry.messages.models import Message
from registry.messages.senders import Sender, sender_of, written

LEASE = timedelta(minutes=2)
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
TRIES = len(BACK_OFF) + 1


def deliver(sender: Sender | None = None, most: int = 500) -> int:
    """Send what is due, oldest first; returns how many went. One that fails waits longer."""
    sender = sender or sender_of(settings())
    sent = 0
    for _ in range(most):
        message = _claim()
        if message is None:
            break
        sent += _send(message, sender)
    return sent


def _claim() -> Message | None:
    """Take the next message that is due, by a lease that this transaction makes known."""
    now = clock.now()
    due = (
        select(Message.id)
        .where(
            Message.channel == "email",
            Message.sent_at.is_(None),
            Message.given_up_at.is_(None),
            Message.not_before_at <= now,
            or_(Message.leased_until.is_(None), Message.leased_until < now),
        )
        .order_by(Message.not_before_at, Message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    found = db.session.scalar(due)
    if found is None:
        db.session.rollback()
        return None
    db.session.execute(
        update(Message)
        .where(Message.id == found)
        .values(leased_until=now + LEASE, attempts=Message.attempts + 1)
    )
    db.session.commit()
    return db.session.get(Message, found)


def _send(message: Message, sender: Sender) -> int:
    try:
        sender.send(
            written(draw(message), settings(), f"{message.id}.{message.queued_at:%Y%m%d%H%M%S}")
        )
    except Exception as error:  # whatever a mail server says, the next message still goes
        db.session.rollback()
        _wait_longer(message, error)
        db.session.commit()
        return 0
    message.sent_at = clock.now()
    message.last_error = ""
    db.session.commit()
    return 1


def _wait_longer(message: Message, error: Exception) -> None:
    """Try again later; after the last try, say so where an administrator sees it."""
    now = clock.now()
    message.last_error = f"{type(error).__name__}: {error}"[:500]
    message.leased_until = None
    if message.attempts >= TRIES:
        message.given_up_at = now
    else:
        message.not_before_at = now + BACK_OFF[message.attempts - 1]
