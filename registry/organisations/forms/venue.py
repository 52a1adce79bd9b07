"""What a club is asked about one of its places."""

from typing import Any

from wtforms.validators import ValidationError

from registry.config import settings
from registry.geography.places import normalise_postcode
from registry.organisations.forms.versioned import VersionedForm
from registry.organisations.keeping import wanted_facts
from registry.organisations.models import Venue
from registry.web.fields import (
    RadiosField,
    StringField,
    TextAreaField,
)
from registry.web.forms import Needed
from registry.web.readings import shown


def privacy_choices() -> list[tuple[str, str, str]]:
    """How much of a place families may see, in the words of this council's place."""
    city = settings().place_name
    return [
        ("open", "All of it", "Families see the name, the address and the postcode."),
        (
            "hidden",
            "Only the area",
            "For somebody’s home, or a place that must not be found. Families see the ward, "
            "and never the name, the address or the postcode.",
        ),
        (
            "hidden_area",
            f"Only “{city}”",
            "For a refuge. Families see the city and nothing nearer.",
        ),
        ("online", "It is online", "There is no place to go to."),
    ]


class VenueForm(VersionedForm):
    """A place, and how much of it may be public."""

    name = StringField(
        "What is the place called?",
        [Needed("Enter a name for the place")],
        hint="For example, Foundry Lane Hall.",
        subject="The name",
        max_length=120,
    )
    privacy = RadiosField(
        "How much of it may families see?",
        [Needed("Choose how much families may see")],
        choices=privacy_choices,
    )
    address = TextAreaField(
        "Address, without the postcode",
        hint="One line for each part.",
        subject="The address",
        max_length=400,
        rows=3,
    )
    postcode = StringField(
        "Postcode",
        hint="For example, WV1 1AA. It puts the place on the map.",
        subject="The postcode",
        max_length=20,
        width="10",
        autocomplete="postal-code",
        spellcheck=False,
    )

    def validate_postcode(self, field: Any) -> None:
        """It must look like a postcode; whether we know it is another matter."""
        if field.data and not normalise_postcode(field.data):
            raise ValidationError(
                f"The postcode must be a whole one, like WV1 1AA. You put “{shown(field.data)}”"
            )

    def validate_address(self, field: Any) -> None:
        """A place that families may see must be a place that they can find."""
        if self.privacy.data == "open" and not field.data and not self.postcode.data:
            raise ValidationError("Enter the address or the postcode")

    @classmethod
    def kept(cls, record: Venue) -> dict[str, Any]:
        """What the club says of the place."""
        return wanted_facts(record, ("name", "privacy", "address", "postcode"))

    def told(self) -> dict[str, Any]:
        """What was typed."""
        return {n: self[n].data for n in ("name", "privacy", "address", "postcode")}
