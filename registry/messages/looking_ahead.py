"""The letters of a decision, as they will go.

The decision itself is taken, its letters are drawn as the worker will draw them, and everything
is undone. So what is shown is what will be sent, to whom, on that day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from registry.database import db
from registry.messages.drawing import draw
from registry.messages.models import Message


@dataclass(frozen=True)
class Letter:
    """One email: who gets it, and what it says to the first of them."""

    template: str
    to: tuple[str, ...]
    subject: str
    body: str

    @property
    def is_ours(self) -> bool:
        """Whether it goes to the council's own team."""
        return self.template.startswith("council/")


def letters_of(organisation_id: int, act: Callable[[], Any]) -> list[Letter]:
    """What `act` would send about an organisation. Nothing that it does stays.

    Raises what the act raises where it cannot be done.
    """
    before = db.session.scalar(select(func.max(Message.id))) or 0
    try:
        act()
        db.session.flush()
        queued = db.session.scalars(
            select(Message)
            .where(Message.id > before, Message.organisation_id == organisation_id)
            .order_by(Message.id)
        ).all()
        return _by_template(queued)
    finally:
        db.session.rollback()


def _by_template(queued: Any) -> list[Letter]:
    """One letter for each template: those to several people differ by the name alone."""
    found: dict[str, list[Message]] = {}
    for message in queued:
        found.setdefault(message.template, []).append(message)
    letters = []
    for template, messages in found.items():
        first = draw(messages[0])
        to = tuple(message.recipient for message in messages)
        letters.append(Letter(template, to, first.subject, first.body))
    return letters
