"""Clubs as a member of staff looks for them to say that they have a link."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from registry.database import db
from registry.organisations.models import DeclaredLink, Membership, Organisation
from registry.permissions import P, can

MOST = 20


def clubs_called(actor: Any, wanted: str, chosen: Collection[str] = ()) -> list[Organisation]:
    """The clubs with these words in their name, and those that were ticked already, by name.

    One that the person has a link to already is not there any more.
    """
    numbers = [int(one) for one in chosen if len(one) < 10]
    if not wanted and not numbers:
        return []
    pattern = f"%{_plain(wanted)}%" if wanted else None
    asked = [Organisation.id.in_(numbers)]
    if pattern:
        asked.append(Organisation.name.ilike(pattern, escape="\\"))
    found = db.session.scalars(
        select(Organisation)
        .where(or_(*asked))
        .options(
            selectinload(Organisation.members).joinedload(Membership.account),
            selectinload(Organisation.declared_links),
        )
        .order_by(Organisation.name, Organisation.id)
        .limit(MOST)
    )
    return [one for one in found if can(actor, P.STATE_CONFLICTS, one)]


def linked_names(account_id: int) -> list[tuple[str, Any]]:
    """The clubs that this person has told of, with the day: their own words back to them."""
    rows = db.session.execute(
        select(Organisation.name, DeclaredLink.declared_at)
        .join(DeclaredLink, DeclaredLink.organisation_id == Organisation.id)
        .where(DeclaredLink.account_id == account_id)
        .order_by(Organisation.name, Organisation.id)
    )
    return [(row.name, row.declared_at) for row in rows]


def _plain(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
