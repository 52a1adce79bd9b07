"""Places: adding, changing and removing them, and finding them on the map."""

from typing import Any, TypedDict, Unpack

from registry.audit.services import record
from registry.database import db
from registry.errors import BadInput, NotAllowedNow
from registry.geography.places import format_postcode
from registry.geography.queries import find_postcode
from registry.organisations.models import PLACES, Organisation, Venue
from registry.organisations.services.changing import (
    claim,
    different,
    may,
    needed,
    one_of,
    only,
)
from registry.permissions import P

MOST_VENUES = 60


class VenueFields(TypedDict, total=False):
    """What a club says of a place. Its point and ward come from the postcode alone."""

    name: str
    address: str
    postcode: str
    privacy: str


def add_venue(organisation: Organisation, actor: Any, **values: Unpack[VenueFields]) -> Venue:
    """Add a place. A postcode that the table does not know leaves it without a point and a ward."""
    may(actor, P.EDIT_ORGANISATION, organisation)
    if len(organisation.venues) >= MOST_VENUES:
        raise BadInput("You have as many places as one organisation can. Call us if you need more.")
    venue = Venue(**_placed({"name": "", "privacy": "open", **values}))
    organisation.venues.append(venue)
    db.session.flush()
    record("add_venue", venue, actor)
    return venue


def change_venue(
    venue: Venue, actor: Any, *, version: int | None = None, **values: Unpack[VenueFields]
) -> bool:
    """Change a place. Answers whether anything was changed; raises StaleVersion."""
    may(actor, P.EDIT_ORGANISATION, venue)
    current = {"address": venue.address, "postcode": venue.postcode, "privacy": venue.privacy}
    changed = different(venue, _placed({**current, **values}))
    if not changed:
        return False
    claim(venue, version)
    for name, value in changed.items():
        setattr(venue, name, value)
    record("change_venue", venue, actor, details={"fields": sorted(changed)})
    return True


def remove_venue(venue: Venue, actor: Any) -> None:
    """Take a place away. Refused while an activity that has not ended happens there."""
    may(actor, P.EDIT_ORGANISATION, venue)
    here = [one for one in venue.organisation.activities if one.venue_id == venue.id]
    running = [one.name for one in here if one.state != "ended"]
    if running:
        raise NotAllowedNow(f"{running[0]} happens here. Choose another place for it first.")
    for ended in here:
        ended.venue = None
    record("remove_venue", venue, actor)
    organisation = venue.organisation
    db.session.delete(venue)
    db.session.flush()
    db.session.expire(organisation, ["venues"])


def _placed(values: dict[str, Any]) -> dict[str, Any]:
    """The values with the point and ward of their postcode. Online is nowhere."""
    given = only(values, VenueFields.__annotations__)
    needed(given, "name", "Enter a name for the place.")
    one_of(given, "privacy", PLACES)
    if given["privacy"] == "online":
        given |= {"address": "", "postcode": ""}
    typed = given.get("postcode", "")
    found = find_postcode(typed)
    given["postcode"] = format_postcode(found.postcode) if found else typed.upper()[:10]
    for name in ("ward_code", "ward_name", "authority_code", "authority_name"):
        given[name] = getattr(found, name) if found else ""
    for name in ("latitude", "longitude"):
        given[name] = getattr(found, name) if found else None
    return given
