"""What is asked about emails: those that never arrived."""

from collections.abc import Sequence

from sqlalchemy import select

from registry.database import db
from registry.messages.models import Message


def given_up() -> Sequence[Message]:
    """The emails that no try could deliver and nobody has put aside, the newest first."""
    return db.session.scalars(
        select(Message)
        .where(Message.given_up_at.is_not(None), Message.put_aside_at.is_(None))
        .order_by(Message.given_up_at.desc(), Message.id.desc())
    ).all()
