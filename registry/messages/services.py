"""Queueing emails, and letters. Sending emails is the worker's business (messages.delivery)."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, or_, select

from registry import clock
from registry.database import db
from registry.errors import NotAllowedNow
from registry.messages.models import Message

# The domain of accounts without an email address. It can never be one of the internet's.
BY_POST = "by-post.invalid"


def queue(
    template: str,
    to: str,
    context: Mapping[str, str],
    dedupe_key: str,
    *,
    organisation_id: int | None = None,
    not_before_at: datetime | None = None,
) -> None:
    """Put one email in the outbox, in the caller's transaction; a letter to who has no address.

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
            channel="letter" if to.endswith(f"@{BY_POST}") else "email",
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


def try_again(message: Message) -> None:
    """Let the worker try a message anew that was given up. Raises NotAllowedNow for any other."""
    _check_given_up(message)
    message.given_up_at = None
    message.attempts = 0
    message.not_before_at = clock.now()


def put_aside(message: Message, by_id: int) -> None:
    """Say that a message which never arrived needs nothing more. Raises NotAllowedNow."""
    _check_given_up(message)
    message.put_aside_at = clock.now()
    message.put_aside_by_id = by_id


def _check_given_up(message: Message) -> None:
    if message.given_up_at is None or message.put_aside_at is not None:
        raise NotAllowedNow("Somebody has seen to this email meanwhile.")
