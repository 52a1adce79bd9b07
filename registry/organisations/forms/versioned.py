"""Forms over a record that somebody else may be changing, and a form that only asks."""

from typing import Any

from registry.web.fields import (
    ConfirmField,
)
from registry.web.forms import Form, VersionForm


class VersionedForm(VersionForm):
    """A form over a record that somebody else may be changing at the same time."""

    @classmethod
    def over(cls, record: Any, sent: Any) -> "VersionedForm":
        """The form filled with what was sent, else with what is kept."""
        return cls(sent, data={"version": record.version, **cls.kept(record)})

    @classmethod
    def kept(cls, record: Any) -> dict[str, Any]:
        """What the record says, by the name of each field."""
        raise NotImplementedError

    def told(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        raise NotImplementedError

    def others(self, now: "VersionedForm") -> list[dict[str, str]]:
        """Each answer that differs from what the record says now: its label and both values."""
        return [
            {"label": field.label.text, "now": said(now[field.name]), "yours": said(field)}
            for field in self
            if field.name not in ("version", self.meta.csrf_field_name)
            and field.name in now
            and (field.data or None) != (now[field.name].data or None)
        ]


def said(field: Any) -> str:
    """An answer in words, for a page that shows two of them side by side."""
    if isinstance(field, ConfirmField):
        return "Yes" if field.data else "No"
    if hasattr(field, "choices"):
        labels = {choice.value: choice.label for choice in field.choices}
        return ", ".join(labels.get(value, "") for value in field.chosen) or "Nothing"
    return field.typed or "Nothing"


class PlainForm(Form):
    """Nothing to fill in: one button that asks to be sure."""
