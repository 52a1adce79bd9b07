"""At which of its club's places an activity happens."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from registry.organisations.forms.versioned import VersionedForm
from registry.organisations.models import Activity, Venue
from registry.web.fields import (
    RadiosField,
)
from registry.web.forms import Needed


class WhereForm(VersionedForm):
    """At which of the club's places an activity happens."""

    venue = RadiosField("Where does it happen?", [Needed("Choose where it happens")], coerce=int)
    venues: Mapping[int, Venue] = MappingProxyType({})

    @classmethod
    def over(cls, record: Any, sent: Any) -> "WhereForm":
        """Offers the places of this activity's organisation, before what was sent is read."""
        places = list(record.organisation.venues)
        field = RadiosField(
            "Where does it happen?",
            [Needed("Choose where it happens")],
            coerce=int,
            choices=[(str(one.id), one.name, _place_hint(one)) for one in places],
        )
        offering = type("WhereForm", (cls,), {"venue": field})
        form: WhereForm = offering(sent, data={"version": record.version, **cls.kept(record)})
        form.venues = {one.id: one for one in places}
        return form

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """Where it happens now; the only place there is, where there is but one."""
        places = record.organisation.venues
        return {"venue": record.venue_id or (places[0].id if len(places) == 1 else None)}

    def told(self) -> dict[str, Any]:
        """The place itself."""
        return {"venue": self.venues[self.venue.data]}


def _place_hint(venue: Venue) -> str:
    if venue.privacy == "online":
        return ""
    lines = [line.strip() for line in venue.address.splitlines() if line.strip()]
    return ", ".join([*lines, venue.postcode] if venue.postcode else lines)
