"""What a club is asked about itself."""

from typing import Any

from registry.organisations.forms.reach import LinkField, PhoneField
from registry.organisations.forms.versioned import VersionedForm
from registry.organisations.keeping import wanted_facts
from registry.organisations.models import Organisation
from registry.web.fields import (
    ConfirmField,
    EmailField,
    StringField,
    TextAreaField,
)
from registry.web.forms import Needed

SHOW_IT = "Show it to the public"


class OrganisationForm(VersionedForm):
    """Who an organisation is, and which ways to reach it are public."""

    name = StringField(
        "What is your organisation called?",
        [Needed("Enter the name of your organisation")],
        hint="The name that families know. If you work alone, it can be your own name.",
        subject="The name",
        autocomplete="organization",
    )
    description = TextAreaField(
        "What do you do?",
        hint="A few sentences for families. You can write this later.",
        subject="What you do",
        max_length=2000,
        rows=4,
    )
    website = LinkField("Website (if you have one)")
    website_is_public = ConfirmField(SHOW_IT)
    phone = PhoneField("Phone number (if you have one)")
    phone_is_public = ConfirmField(SHOW_IT)
    email = EmailField("Email address (if you have one)")
    email_is_public = ConfirmField(SHOW_IT)

    def validate(self, extra_validators: Any = None) -> bool:
        """Nothing can be shown that is not there."""
        good = bool(super().validate(extra_validators))
        for name, thing in (
            ("website", "website"),
            ("phone", "phone number"),
            ("email", "email address"),
        ):
            field = self[name]
            if self[f"{name}_is_public"].data and not field.data and not field.errors:
                self.add_error(name, f"Enter the {thing}, or do not tick “{SHOW_IT}”")
                good = False
        return good

    @classmethod
    def kept(cls, record: Organisation) -> dict[str, Any]:
        """What the organisation says of itself."""
        return wanted_facts(record, cls._names())

    def told(self) -> dict[str, Any]:
        """What was typed; a box that is not ticked is no."""
        return {
            name: bool(self[name].data) if name.endswith("_is_public") else self[name].data
            for name in self._names()
        }

    @staticmethod
    def _names() -> tuple[str, ...]:
        ways = ("website", "phone", "email")
        return ("name", "description", *ways, *(f"{way}_is_public" for way in ways))
