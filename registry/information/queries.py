"""The numbers that people may need in a hurry, wherever they can be had."""

import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from registry.config import settings
from registry.database import ask_shortly, db, while_unchanged
from registry.information.contacts import HelpContact, HelpContacts, arranged
from registry.information.models import Contact, EarlierContact

CONTENT = Path(__file__).parent / "content" / "contacts.toml"
# So many days a number is taken for right after somebody has called it.
CONFIRMED_FOR = 90
_KEPT = "SELECT key, label, value, note, is_national, verified_on FROM contact ORDER BY sort, key"


def help_contacts() -> HelpContacts:
    """What the contacts table says; our content for what it does not say, or cannot just now."""
    chosen = settings()
    of = (chosen.council_name, chosen.council_phone)
    try:
        return while_unchanged(("contacts", of), lambda: _told(tuple(ask_shortly(_KEPT)), *of))
    except SQLAlchemyError:
        # A page without numbers would be worse than one with the numbers we shipped.
        db.session.rollback()
        return contacts_without_database()


def contacts_without_database() -> HelpContacts:
    """The numbers of our content, for a page that must not ask the database."""
    chosen = settings()
    return _told((), chosen.council_name, chosen.council_phone)


@lru_cache(maxsize=8)
def _told(rows: tuple[tuple[Any, ...], ...], council_name: str, council_phone: str) -> HelpContacts:
    """What these rows say, over our content: worked out once for as long as they say it."""
    known = {one.key: one for one in default_contacts()}
    for key, label, value, note, is_national, verified_on in rows:
        # SQLite has no days, only how they are written.
        day = date.fromisoformat(verified_on) if isinstance(verified_on, str) else verified_on
        known[key] = HelpContact(key, label, value, note, bool(is_national), day)
    return arranged(known.values(), council_name, council_phone)


def every_contact() -> list[Contact]:
    """Every row of the contacts table, in the order of the pages."""
    return list(_kept_contacts())


def stale_contacts(today: date) -> list[Contact]:
    """What nobody has confirmed for 90 days, or ever; also what is not filled in yet."""
    since = today - timedelta(days=CONFIRMED_FOR)
    return [one for one in every_contact() if one.verified_on is None or one.verified_on <= since]


def contact_of(contact_key: str) -> Contact | None:
    """One row by its key."""
    return db.session.get(Contact, contact_key[:40])


def earlier_values(contact: Contact) -> list[EarlierContact]:
    """What it was before, the newest first."""
    found = select(EarlierContact).where(EarlierContact.key == contact.key)
    return list(db.session.scalars(found.order_by(EarlierContact.id.desc())))


@cache
def default_contacts() -> tuple[HelpContact, ...]:
    """The numbers that an installation starts with."""
    read = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    return tuple(
        HelpContact(
            key=entry["key"],
            label=entry["label"],
            value=entry["value"],
            note=entry["note"],
            is_national=entry["is_national"],
            verified_on=entry.get("verified_on"),
        )
        for entry in read["contact"]
    )


def default_sources() -> dict[str, str]:
    """Where each number of our content was found."""
    read = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    return {entry["key"]: entry["source"] for entry in read["contact"]}


def _kept_contacts() -> Sequence[Contact]:
    """Read without writing first what a page in the middle of a form has not saved."""
    with db.session.no_autoflush:
        return db.session.scalars(select(Contact).order_by(Contact.sort, Contact.key)).all()
