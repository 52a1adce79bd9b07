"""Putting an organisation on the register, and what it says of itself."""

from datetime import timedelta
from typing import Any, TypedDict, Unpack

from sqlalchemy import select

from registry import clock
from registry.audit.services import record
from registry.database import db
from registry.errors import BadInput
from registry.organisations.arriving import has_arrived
from registry.organisations.keeping import Kept
from registry.organisations.models import Membership, Organisation
from registry.organisations.services.changing import (
    add_with_slug,
    claim,
    different,
    keep,
    may,
    needed,
    only,
)
from registry.permissions import P

# A button pressed twice, or a page sent again, is one act.
SAME_ACT = timedelta(minutes=10)
MOST_ORGANISATIONS = 50


class OrganisationFields(TypedDict, total=False):
    """What the people of an organisation may say of it."""

    name: str
    description: str
    website: str
    phone: str
    email: str
    website_is_public: bool
    phone_is_public: bool
    email_is_public: bool


def register_organisation(actor: Any, **values: Unpack[OrganisationFields]) -> Organisation:
    """Put an organisation on the register. The person who does it becomes its owner.

    The same name by the same person within ten minutes is the same act: it answers with the
    organisation that is there already.
    """
    may(actor, P.REGISTER_ORGANISATION)
    given = _checked({"name": "", **values})
    now = clock.now()
    own = list(_owned_by(actor))
    for organisation in own:
        again = organisation.created_at > now - SAME_ACT
        if again and organisation.name.casefold() == given["name"].casefold():
            return organisation
    if len(own) >= MOST_ORGANISATIONS:
        raise BadInput(
            "You have as many organisations as one person can. Call us if you need more."
        )
    organisation = Organisation(created_at=now, **given)
    organisation.members = [Membership(account_id=actor.id, role="owner", since=now)]
    add_with_slug(organisation, given["name"], "club")
    record("register_organisation", organisation, actor)
    has_arrived(organisation)
    return organisation


def change_details(
    organisation: Organisation,
    actor: Any,
    *,
    version: int | None = None,
    **values: Unpack[OrganisationFields],
) -> Kept:
    """Change what an organisation says of itself. Answers what was written and what waits.

    Its slug stays. Raises StaleVersion where somebody changed it since `version`.
    """
    may(actor, P.EDIT_ORGANISATION, organisation)
    changed = different(organisation, _checked(values))
    if not changed:
        return Kept()
    claim(organisation, version)
    kept = keep(organisation, changed, actor)
    record("change_details", organisation, actor, details={"fields": sorted(changed)})
    has_arrived(organisation)
    return kept


def _checked(values: Any) -> dict[str, Any]:
    given = only(values, OrganisationFields.__annotations__)
    needed(given, "name", "Enter the name of your organisation.")
    return given


def _owned_by(actor: Any) -> Any:
    return db.session.scalars(
        select(Organisation)
        .join(Membership)
        .where(Membership.account_id == actor.id, Membership.role == "owner")
        .order_by(Organisation.id)
    )
