"""How families book, and what children bring."""

from dataclasses import replace
from typing import Any

from wtforms.validators import ValidationError

from registry.organisations.forms.reach import LinkField
from registry.organisations.forms.versioned import VersionedForm
from registry.organisations.keeping import wanted_facts
from registry.organisations.models import Activity
from registry.web.fields import (
    RadiosField,
    StringField,
)
from registry.web.forms import Needed

_FACTS = ("booking_kind", "booking_link", "booking_note", "waiting_list", "bring")


class BookingForm(VersionedForm):
    """How families book, and what children bring."""

    booking_kind = RadiosField(
        "How do families book?",
        [Needed("Choose how families book")],
        choices=[
            ("turn_up", "They just turn up"),
            ("link", "Online"),
            ("phone", "By phone"),
            ("email", "By email"),
        ],
    )
    booking_link = LinkField("The web page where they book", hint="Only if they book online.")
    booking_note = StringField(
        "Anything to know before they book?",
        hint="For example: Call between 6pm and 8pm.",
        subject="This",
        max_length=250,
    )
    waiting_list = RadiosField(
        "Is there a waiting list?",
        choices=[("yes", "Yes"), ("no", "No"), ("", "Not said")],
        inline=True,
    )
    bring = StringField(
        "What should children bring?",
        hint="For example: trainers and a drink.",
        subject="This",
        max_length=250,
    )

    @classmethod
    def over(cls, record: Any, sent: Any) -> "BookingForm":
        """Says which phone number and which address families would see."""
        form = cls(sent, data={"version": record.version, **cls.kept(record)})
        organisation = record.organisation
        seen = {
            "phone": _seen("phone number", organisation.phone, organisation.public_phone),
            "email": _seen("email address", organisation.email, organisation.public_email),
        }
        form.booking_kind.choices = [
            replace(choice, hint=seen.get(choice.value, choice.hint))
            for choice in form.booking_kind.choices
        ]
        return form

    def validate_booking_link(self, field: Any) -> None:
        """A page to book on, where they book online."""
        if self.booking_kind.data == "link" and not field.data:
            raise ValidationError("Enter the web page where families book")

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """How families book now."""
        kept = wanted_facts(record, _FACTS)
        return {**kept, "waiting_list": kept["waiting_list"] or ""}

    def told(self) -> dict[str, Any]:
        """What was typed."""
        told = {name: self[name].data for name in _FACTS}
        return {**told, "waiting_list": self.waiting_list.data or None}


def _seen(thing: str, kept: str, public: str) -> str:
    """What families would see of a way to reach the club."""
    if public:
        return f"Families see {public}"
    return f"Your {thing} is not public yet" if kept else f"You have given us no {thing} yet"
