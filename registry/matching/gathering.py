"""What the working records say that an organisation is known by: its own, and its people's.

What it sent to the council says more (registry.assessments.traits), and is added there.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from registry.database import db
from registry.matching.names import (
    plain_email,
    plain_name,
    plain_phone,
    plain_postcode,
    plain_website,
)
from registry.organisations.models import Organisation
from registry.people.models import NamedLead

Kinds = Iterator[tuple[str, str]]


def known_by(organisation: Organisation) -> Kinds:
    """Its name, how it is reached, its owners, its leads and its places.

    People of the council who help a club with its papers are not what it is known by.
    """
    yield from known_by_facts(
        {
            "name": organisation.name,
            "email": organisation.email,
            "phone": organisation.phone,
            "website": organisation.website,
        }
    )
    for member in organisation.members:
        if member.role == "owner" and not member.account.is_staff:
            yield "email", plain_email(member.account.email)
    leads = select(NamedLead.email).where(NamedLead.organisation_id == organisation.id)
    for email in db.session.scalars(leads):
        yield "email", plain_email(email)
    for venue in organisation.venues:
        yield "postcode", plain_postcode(venue.postcode)


def known_by_facts(facts: Mapping[str, Any]) -> Kinds:
    """What an organisation says of itself, now or when it once sent it."""
    yield "name", plain_name(str(facts.get("name") or ""))
    yield "website", plain_website(str(facts.get("website") or ""))
    yield from known_by_contact(facts)


def known_by_contact(contact: Mapping[str, Any]) -> Kinds:
    """How somebody of it is reached."""
    yield "email", plain_email(str(contact.get("email") or ""))
    yield "phone", plain_phone(str(contact.get("phone") or ""))
