"""One email of the demonstration that never arrived, so that there is one to see to."""

from sqlalchemy import select

from registry import clock
from registry.database import db
from registry.messages.delivery import TRIES
from registry.messages.models import Message


def lose_a_letter() -> None:
    """The last email that waits for a club's people was tried in vain, and given up."""
    lost = db.session.scalar(
        select(Message)
        .where(
            Message.sent_at.is_(None),
            Message.channel == "email",
            Message.template.startswith("club/"),
            Message.organisation_id.is_not(None),
        )
        .order_by(Message.id.desc())
        .limit(1)
    )
    if lost is None:
        return
    lost.attempts = TRIES
    lost.given_up_at = clock.now()
    lost.last_error = "SMTPRecipientsRefused: 550 There is no such mailbox here"
