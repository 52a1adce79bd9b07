"""Places: adding, changing and removing them, and finding them on the map."""

from typing import Any, TypedDict, Unpack

from registry.audit.services import record
from registry.database import db
from registry.errors import BadInput, NotAllowedNow
from registry.organisations.facts import postcode_as_kept, set_facts
from registry.organisations.keeping import Kept, wanted_facts
from registry.organisations.models import PLACES, Organisation, Venue
from registry.organisations.services.changing import (
    claim,
    different,
    keep,
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
    given = _checked({"name": "", "address": "", "postcode": "", "privacy": "open", **values})
    venue = Venue(name=given["name"], privacy=given["privacy"])
    organisation.venues.append(venue)
    # A place by itself is nowhere in public: it is read with the activity that moves there.
    set_facts(venue, given)
    record("add_venue", venue, actor)
    return venue


def change_venue(
    venue: Venue, actor: Any, *, version: int | None = None, **values: Unpack[VenueFields]
) -> Kept:
    """Change a place. Answers what was written and what waits; raises StaleVersion."""
    may(actor, P.EDIT_ORGANISATION, venue)
    wanted = wanted_facts(venue, VenueFields.__annotations__)
    changed = different(venue, _checked({**wanted, **values}))
    if not changed:
        return Kept()
    claim(venue, version)
    kept = keep(venue, changed, actor)
    record("change_venue", venue, actor, details={"fields": sorted(changed)})
    return kept


def remove_venue(venue: Venue, actor: Any) -> None:
    """Take a place away. Refused while an activity that has not ended happens there."""
    may(actor, P.EDIT_ORGANISATION, venue)
    here = [
        one
        for one in venue.organisation.activities
        if venue in one.venues or venue.id in wanted_facts(one, ("venues",))["venues"]
    ]
    running = [one.name for one in here if one.state != "ended"]
    if running:
        raise NotAllowedNow(f"{running[0]} happens here. Choose another place for it first.")
    for ended in here:
        ended.happens_at = [one for one in ended.happens_at if one.venue is not venue]
    record("remove_venue", venue, actor)
    organisation = venue.organisation
    db.session.delete(venue)
    db.session.flush()
    db.session.expire(organisation, ["venues"])


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """The values as they are kept. Online is nowhere; a postcode is written in one way."""
    given = only(values, VenueFields.__annotations__)
    needed(given, "name", "Enter a name for the place.")
    one_of(given, "privacy", PLACES)
    if given["privacy"] == "online":
        given |= {"address": "", "postcode": ""}
    return given | {"postcode": postcode_as_kept(given["postcode"])}
