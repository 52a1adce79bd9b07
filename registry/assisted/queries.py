"""What the pages of paper and telephone ask."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from registry.accounts.models import Account
from registry.assessments.models import Assessment, AssistedEntry
from registry.assisted.models import PostalContact
from registry.database import db
from registry.messages.models import Message
from registry.organisations.belonging import Belonging
from registry.organisations.models import Assistance, Organisation
from registry.permissions import P, can

MOST_POSTED = 50


def to_confirm(actor: Any) -> list[AssistedEntry]:
    """What colleagues entered and this person may confirm, the oldest first."""
    rows = db.session.scalars(_open_entries())
    return [one for one in rows if can(actor, P.CONFIRM_ENTRY, one)]


def waiting_entries(actor: Any) -> list[AssistedEntry]:
    """What waits to be confirmed and this person entered: a colleague or the club is awaited."""
    return [one for one in db.session.scalars(_open_entries()) if actor.id in one.entered_by_ids]


def sent_back_entries(actor: Any) -> list[AssistedEntry]:
    """What this person entered and somebody found wrong, and nobody has entered again."""
    rows = db.session.scalars(
        select(AssistedEntry)
        .where(AssistedEntry.withdrawn_at.is_not(None), AssistedEntry.words != "")
        .order_by(AssistedEntry.id)
    )
    return [
        one
        for one in rows
        if actor.id in one.entered_by_ids
        and one is one.assessment.assisted_entries[-1]
        and one.assessment.status in ("draft", "returned")
        and not one.assessment.assisting_ids
    ]


def entered_now(actor: Any) -> list[Organisation]:
    """The clubs for which this person is entering something."""
    rows = db.session.scalars(
        select(Organisation)
        .join(Assistance)
        .where(Assistance.account_id == actor.id, Assistance.ended_at.is_(None))
        .order_by(Organisation.name, Organisation.id)
    )
    return list(rows)


def entry(entry_id: int) -> AssistedEntry | None:
    """One of them."""
    return db.session.get(AssistedEntry, entry_id)


def clubs_called(actor: Any, text: str) -> list[Organisation]:
    """Clubs by a part of their name, or by the reference of a case; none with a link."""
    wanted = text.strip().lower()
    if not wanted:
        return []
    cases = select(Assessment.organisation_id).where(func.lower(Assessment.reference) == wanted)
    rows = db.session.scalars(
        select(Organisation)
        .where(
            Organisation.closed_at.is_(None),
            or_(
                func.lower(Organisation.name).contains(wanted, autoescape=True),
                Organisation.id.in_(cases),
            ),
        )
        .order_by(Organisation.name, Organisation.id)
        .limit(50)
    )
    return [one for one in rows if can(actor, P.ASSIST, one)]


@dataclass(frozen=True)
class Letter(Belonging):
    """A message to somebody without email, with where it goes."""

    # What the history calls it.
    __tablename__ = "message"

    message: Message
    name: str
    address: str
    organisation: Organisation | None

    @property
    def id(self) -> int:
        """The number of the message."""
        return self.message.id

    @property
    def organisation_id(self) -> int | None:
        """Whose letter it is."""
        return self.message.organisation_id

    @property
    def linked_people(self) -> frozenset[int]:
        """Accounts with a link to its club. Whoever enters for it may print its letters."""
        if self.organisation is None:
            return frozenset()
        return self.organisation.linked_people - self.organisation.assisting_ids


def letters_waiting(actor: Any) -> list[Letter]:
    """The letters to print and post, the oldest first."""
    rows = db.session.scalars(
        select(Message)
        .where(Message.channel == "letter", Message.sent_at.is_(None))
        .order_by(Message.queued_at, Message.id)
    )
    found = [_letter(one) for one in rows]
    return [one for one in found if can(actor, P.SEND_LETTERS, one)]


def letters_posted(actor: Any) -> list[Letter]:
    """The letters that were posted last."""
    rows = db.session.scalars(
        select(Message)
        .where(Message.channel == "letter", Message.sent_at.is_not(None))
        .order_by(Message.sent_at.desc(), Message.id.desc())
        .limit(MOST_POSTED)
    )
    found = [_letter(one) for one in rows]
    return [one for one in found if can(actor, P.SEND_LETTERS, one)]


def letter(letter_id: int) -> Letter | None:
    """One letter."""
    found = db.session.get(Message, letter_id)
    return _letter(found) if found and found.channel == "letter" else None


def names_of(ids: set[int | None]) -> dict[int, str]:
    """The names of some people."""
    rows: Any = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _letter(message: Message) -> Letter:
    row: Any = db.session.execute(
        select(Account.name, PostalContact.address)
        .join(PostalContact, PostalContact.account_id == Account.id)
        .where(Account.email == message.recipient)
    ).one_or_none()
    organisation = (
        db.session.get(Organisation, message.organisation_id) if message.organisation_id else None
    )
    return Letter(message, row.name if row else "", row.address if row else "", organisation)


def _open_entries() -> Any:
    return (
        select(AssistedEntry)
        .where(AssistedEntry.confirmed_at.is_(None), AssistedEntry.withdrawn_at.is_(None))
        .order_by(AssistedEntry.prepared_at, AssistedEntry.id)
    )
