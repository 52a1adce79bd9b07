"""Keeping the numbers: the ones an installation starts with."""

from registry.database import db
from registry.information.models import Contact
from registry.information.queries import default_contacts, default_sources


def fill_in_contacts() -> None:
    """Add each number that the contacts table does not have yet; change none that it has."""
    sources = default_sources()
    for sort, contact in enumerate(default_contacts()):
        if db.session.get(Contact, contact.key) is None:
            db.session.add(
                Contact(
                    key=contact.key,
                    label=contact.label,
                    value=contact.value,
                    note=contact.note,
                    source=sources[contact.key],
                    is_national=contact.is_national,
                    verified_on=contact.verified_on,
                    sort=sort,
                )
            )
