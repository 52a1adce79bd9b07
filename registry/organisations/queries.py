"""The questions that the pages of organisations ask. Each loads what its page shows."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from registry import clock
from registry.cards.queries import as_told
from registry.config import settings
from registry.database import db
from registry.errors import NotFound
from registry.geography.queries import ward_centre
from registry.organisations.models import (
    Activity,
    ActivityVenue,
    Membership,
    Organisation,
    Session,
    Venue,
)
from registry.organisations.places import is_outside, public_place

_PEOPLE = (
    selectinload(Organisation.members).joinedload(Membership.account),
    selectinload(Organisation.declared_links),
)


def organisation_for(organisation_id: int) -> Organisation:
    """An organisation with its people. Raises NotFound."""
    return _one(select(Organisation).where(Organisation.id == organisation_id).options(*_PEOPLE))


def organisation_with_records(organisation_id: int) -> Organisation:
    """An organisation with its people, venues and activities, and all that these tell."""
    return _one(
        select(Organisation)
        .where(Organisation.id == organisation_id)
        .options(
            *_PEOPLE,
            selectinload(Organisation.venues),
            selectinload(Organisation.activities).options(*_activity_parts()),
        )
    )


def venue_for(organisation_id: int, venue_id: int) -> Venue:
    """A venue of this organisation. Raises NotFound for one of another's."""
    return _one(
        select(Venue)
        .where(Venue.id == venue_id, Venue.organisation_id == organisation_id)
        .options(joinedload(Venue.organisation).options(*_PEOPLE))
    )


def activity_for(organisation_id: int, activity_id: int) -> Activity:
    """An activity of this organisation, with all it tells. Raises NotFound for one of another's."""
    return _one(
        select(Activity)
        .where(Activity.id == activity_id, Activity.organisation_id == organisation_id)
        .options(
            joinedload(Activity.organisation).options(*_PEOPLE, selectinload(Organisation.venues)),
            *_activity_parts(),
        )
    )


def read_again(record: Organisation | Venue | Activity) -> None:
    """Read a record anew, because somebody else has changed it."""
    db.session.refresh(record)


def session_of(activity: Activity, session_id: int) -> Session:
    """One weekly session of an activity. Raises NotFound."""
    found = next((one for one in activity.sessions if one.id == session_id), None)
    if found is None:
        raise NotFound()
    return found


def organisations_of(account: Any) -> list[Organisation]:
    """The organisations that a person belongs to, by name."""
    return list(
        db.session.scalars(
            select(Organisation)
            .join(Membership)
            .where(Membership.account_id == account.id)
            .order_by(Organisation.name, Organisation.id)
            .options(*_PEOPLE)
        )
    )


def listed_activity_ids(organisation_id: int) -> frozenset[int]:
    """Which activities of an organisation are on the list today, as far as it may know."""
    told = as_told(clock.today())
    return frozenset(
        db.session.scalars(
            select(told.c.activity_id).where(told.c.organisation_id == organisation_id)
        )
    )


def public_place_of(venue: Venue | None) -> dict[str, Any]:
    """What the public may know of a venue, here and now."""
    chosen = settings()
    return public_place(venue, ward_centre, chosen.place_name, chosen.authority_code)


def is_outside_area(venue: Venue) -> bool:
    """Whether a venue is known to lie outside the council's area."""
    return is_outside(venue, settings().authority_code)


def _activity_parts() -> tuple[Any, ...]:
    return (
        selectinload(Activity.sessions),
        selectinload(Activity.categories),
        selectinload(Activity.marks),
        selectinload(Activity.happens_at).joinedload(ActivityVenue.venue),
    )


def _one(query: Select[Any]) -> Any:
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound()
    return found
