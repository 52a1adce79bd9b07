"""The ways to reach somebody, as people type them."""

from typing import Any

from registry.organisations.reach import phone_number, web_address
from registry.web.fields import (
    StringField,
)
from registry.web.readings import UnreadableError, shown


class LinkField(StringField):
    """A web address."""

    default_subject = "The web address"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Long enough for a booking page."""
        given = {"max_length": 300, "inputmode": "url", "spellcheck": False}
        super().__init__(*args, **{**given, "autocapitalize": "none", **kwargs})

    def read(self, typed: str) -> Any:
        """The whole address, with its https."""
        text = super().read(typed)
        try:
            return web_address(text)
        except ValueError:
            raise UnreadableError(
                f"{self.subject} must look like www.example.org. You put “{shown(text)}”"
            ) from None


class PhoneField(StringField):
    """A telephone number."""

    default_subject = "The phone number"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Asks a phone for its number keys."""
        given = {"max_length": 40, "inputmode": "tel", "autocomplete": "tel", "width": "20"}
        super().__init__(*args, **{**given, **kwargs})

    def read(self, typed: str) -> Any:
        """The number as people here write it."""
        text = super().read(typed)
        try:
            return phone_number(text)
        except ValueError:
            raise UnreadableError(
                f"{self.subject} must be a whole number, like 01632 960 123. "
                f"You put “{shown(text)}”"
            ) from None
