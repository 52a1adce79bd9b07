"""Keeping the numbers that people may need in a hurry (domain C.4)."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from registry import clock
from registry.accounts.models import Account, AccountRole
from registry.audit import services as history
from registry.cards.services import raise_version
from registry.config import settings
from registry.database import db
from registry.errors import BadInput, NotYours, StaleVersion
from registry.information.models import Contact, EarlierContact
from registry.information.queries import CONFIRMED_FOR, stale_contacts
from registry.messages import services as messages
from registry.messages.models import Message
from registry.permissions import P, can

FIELDS = ("value", "note", "source")
REMINDER = "council/contacts"
MAY_BE_EMPTY = ("allegation", "adult_care")


def change_contact(
    contact: Contact, actor: Any, seen: int, values: dict[str, str], *, is_confirmed: bool
) -> None:
    """Change a number, its note or where it was found; confirmed if somebody has just called it.

    What it was before stays. Another number that nobody has called is not confirmed any more.
    """
    _ask(actor)
    if not values["value"] and contact.key not in MAY_BE_EMPTY:
        raise BadInput("This number is shown on every page. Type the new one.")
    changed = [name for name in FIELDS if getattr(contact, name) != values[name]]
    if not changed:
        if is_confirmed:
            confirm_contact(contact, actor, seen)
        return
    _take_version(contact, seen, actor)
    for name in changed:
        setattr(contact, name, values[name])
    if is_confirmed and contact.value:
        _date(contact, actor)
    elif "value" in changed:
        contact.verified_on = contact.verified_by_id = None
    raise_version()
    details = {"fields": changed, "confirmed": is_confirmed}
    history.record("change_contact", ("contact", contact.key), actor, details=details)


def confirm_contact(contact: Contact, actor: Any, seen: int) -> None:
    """Say that somebody called the number today, and that it is right."""
    _ask(actor)
    if not contact.value:
        raise BadInput("There is no number yet. Fill it in first.")
    _take_version(contact, seen, actor)
    _date(contact, actor)
    raise_version()
    history.record("confirm_contact", ("contact", contact.key), actor)


def remind_of_contacts() -> int:
    """Write to every administrator that numbers wait to be confirmed: once in 90 days.

    Answers to how many it wrote.
    """
    today = clock.today()
    stale = stale_contacts(today)
    since = clock.now() - timedelta(days=CONFIRMED_FOR)
    told = db.session.scalar(
        select(func.count())
        .select_from(Message)
        .where(Message.template == REMINDER, Message.queued_at > since)
    )
    if not stale or told:
        return 0
    people = db.session.scalars(
        select(Account)
        .where(Account.role_rows.any(AccountRole.role == "administrator"), ~Account.disabled)
        .order_by(Account.id)
    ).all()
    for person in people:
        messages.queue(
            REMINDER,
            person.email,
            {
                "name": person.name,
                "count": str(len(stale)),
                "labels": "\n".join(f"* {one.label}" for one in stale),
                "contacts_link": f"{settings().public_url}/admin/contacts",
            },
            f"{REMINDER}:{today}:{person.email}",
        )
    return len(people)


def _date(contact: Contact, actor: Any) -> None:
    contact.verified_on, contact.verified_by_id = clock.today(), actor.id


def _take_version(contact: Contact, seen: int, actor: Any) -> None:
    """Keep what it was, in line with whoever else changes it."""
    before = EarlierContact(
        key=contact.key,
        value=contact.value,
        note=contact.note,
        source=contact.source,
        verified_on=contact.verified_on,
        verified_by_id=contact.verified_by_id,
        until=clock.now(),
        changed_by_id=actor.id,
    )
    taken = db.session.scalars(
        update(Contact)
        .where(Contact.key == contact.key, Contact.version == seen)
        .values(version=seen + 1)
        .returning(Contact.version)
    ).all()
    if not taken:
        raise StaleVersion()
    db.session.add(before)
    db.session.refresh(contact)


def _ask(actor: Any) -> None:
    if not can(actor, P.MANAGE_CONTACTS):
        raise NotYours()
