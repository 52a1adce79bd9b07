"""Emails that never arrived, with the clubs they were about: what is asked and what is done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jinja2 import TemplateError
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from registry.audit import services as history
from registry.database import db
from registry.messages import services as messages
from registry.messages.drawing import draw
from registry.messages.models import Message
from registry.messages.queries import given_up
from registry.organisations.belonging import Belonging
from registry.organisations.models import Membership, Organisation
from registry.permissions import P, can

__all__ = ["Bounced", "bounced", "bounced_message", "put_aside", "try_again"]


@dataclass(frozen=True)
class Bounced(Belonging):
    """One email, as permissions ask about it."""

    # What the history calls it.
    __tablename__ = Message.__tablename__

    message: Message
    organisation: Organisation | None

    @property
    def id(self) -> int:
        """The number of the message."""
        return self.message.id

    @property
    def organisation_id(self) -> int | None:
        """Whose club it was about."""
        return self.message.organisation_id

    @property
    def subject(self) -> str:
        """What stood above it; its name where it cannot be written at all."""
        try:
            return draw(self.message).subject
        except TemplateError:
            return self.message.template

    @property
    def is_for_a_club(self) -> bool:
        """Whether it went to a club's people, and not to somebody of the council."""
        return self.organisation is not None and self.message.template.startswith("club/")

    @property
    def since(self) -> datetime | None:
        """When the last try failed."""
        return self.message.given_up_at


def bounced(actor: Any) -> list[Bounced]:
    """The emails that never arrived and of which this person may know, the newest first."""
    found = given_up()
    clubs = _clubs({one.organisation_id for one in found if one.organisation_id})
    every = [Bounced(one, clubs.get(one.organisation_id or 0)) for one in found]
    return [one for one in every if can(actor, P.READ_BOUNCED, one)]


def bounced_message(message_id: int) -> Bounced | None:
    """One of them, for whoever settles it; None where it was never given up."""
    found = db.session.get(Message, message_id)
    if found is None or found.given_up_at is None:
        return None
    return Bounced(found, _clubs({found.organisation_id or 0}).get(found.organisation_id or 0))


def try_again(one: Bounced, actor: Any) -> None:
    """Send it once more."""
    messages.try_again(one.message)
    history.record("message_sent_again", one.message, actor)


def put_aside(one: Bounced, actor: Any) -> None:
    """Say that nothing more is needed: somebody rang, or the address is gone."""
    messages.put_aside(one.message, actor.id)
    history.record("message_put_aside", one.message, actor)


def _clubs(ids: set[int]) -> dict[int, Organisation]:
    found = db.session.scalars(
        select(Organisation)
        .where(Organisation.id.in_(ids))
        .options(
            selectinload(Organisation.members).joinedload(Membership.account),
            selectinload(Organisation.declared_links),
        )
    )
    return {one.id: one for one in found}
