"""Where an activity happens: at places of its club, online, or here and there."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from wtforms.validators import ValidationError

from registry.organisations.forms.versioned import VersionedForm
from registry.organisations.keeping import wanted_facts
from registry.organisations.models import Activity, Venue
from registry.web.fields import CheckboxesField, RadiosField, StringField
from registry.web.forms import Needed

WHICH = "Which place or places?"


class WhereForm(VersionedForm):
    """Where an activity happens."""

    place_kind = RadiosField(
        "Where does it happen?",
        [Needed("Choose where it happens")],
        choices=[
            ("venues", "At one place, or a few", "Always the same ones."),
            ("online", "Online", "There is no place to go to."),
            ("various", "At various places", "Walks, trips, or a different park each time."),
        ],
    )
    venues = CheckboxesField(WHICH, coerce=int)
    place_area = StringField(
        "In which area?",
        hint="Only if it is at various places. For example: parks in the north of the city.",
        subject="The area",
        max_length=120,
    )
    main: int | None = None
    places: Mapping[int, Venue] = MappingProxyType({})

    @classmethod
    def over(cls, record: Any, sent: Any) -> "WhereForm":
        """Offers the places of this activity's organisation, before what was sent is read."""
        places = list(record.organisation.venues)
        kept = cls.kept(record)
        field = CheckboxesField(
            WHICH,
            hint="Tick each place where it happens." if len(places) > 1 else "",
            coerce=int,
            choices=[(str(one.id), one.name, _place_hint(one)) for one in places],
        )
        offering = type("WhereForm", (cls,), {"venues": field})
        form: WhereForm = offering(sent, data={"version": record.version, **kept})
        form.places = {one.id: one for one in places}
        form.main = next(iter(kept["venues"]), None)
        return form

    def validate_venues(self, field: Any) -> None:
        """A place, where there is one to go to."""
        if self.place_kind.data == "venues" and not field.data:
            raise ValidationError("Choose where it happens")

    def validate_place_area(self, field: Any) -> None:
        """Where about, where it is a different place each time."""
        if self.place_kind.data == "various" and not field.data:
            raise ValidationError("Say in which area it happens")

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """Where it happens now; the only place there is, where there is but one."""
        kept = wanted_facts(record, ("place_kind", "place_area", "venues"))
        places = record.organisation.venues
        if kept["place_kind"] == "venues" and not kept["venues"]:
            only = [places[0].id] if len(places) == 1 else []
            return {**kept, "place_kind": "venues" if only else None, "venues": only}
        return kept

    def told(self) -> dict[str, Any]:
        """The places themselves; the one that was the main one stays it."""
        kind = self.place_kind.data
        chosen = self.venues.data if kind == "venues" else []
        in_order = sorted(chosen, key=lambda number: number != self.main)
        return {
            "place_kind": kind,
            "place_area": self.place_area.data if kind == "various" else "",
            "venues": [self.places[number] for number in in_order],
        }


def _place_hint(venue: Venue) -> str:
    if venue.privacy == "online":
        return "Online"
    lines = [line.strip() for line in venue.address.splitlines() if line.strip()]
    return ", ".join([*lines, venue.postcode] if venue.postcode else lines)
