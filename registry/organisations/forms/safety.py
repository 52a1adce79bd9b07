"""What an activity does with children: the profile questions of the edition."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from registry.criteria.content import Part
from registry.criteria.loading import current_edition
from registry.organisations.forms.versioned import VersionedForm
from registry.organisations.models import Activity
from registry.web.fields import (
    CheckboxesField,
    RadiosField,
)
from registry.web.forms import Needed


class _SafetyForm(VersionedForm):
    """The profile questions of an activity, as the edition asks them."""

    @classmethod
    def over(cls, record: Any, sent: Any) -> "_SafetyForm":
        """Asks about long stays only where children under 8 come."""
        form = cls(sent, data={"version": record.version, **cls.kept(record)})
        if record.min_months >= 8 * 12:
            del form["p_ages__long_stay"]
        form.about = dict(record.about)
        return form

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """The profile answers of the activity, part by part."""
        return {
            f"{key}__{part}": value
            for key, parts in record.about.items()
            if isinstance(parts, Mapping)
            for part, value in parts.items()
        }

    def told(self) -> dict[str, Any]:
        """The profile answers, those that this form does not ask left as they were."""
        about = {key: dict(parts) for key, parts in self.about.items()}
        for name, field in self._fields.items():
            key, _, part = name.partition("__")
            if part:
                about.setdefault(key, {})[part] = field.data
        return {"about": about}

    def questions(self) -> list[Any]:
        """The questions, in the order of the edition."""
        return [field for name, field in self._fields.items() if "__" in name]


@cache
def safety_form() -> type[_SafetyForm]:
    """The form over the activity's profile questions of the newest edition."""
    fields: dict[str, Any] = {}
    for question in current_edition().profile_of("activity"):
        for part in question.parts:
            if part.type in ("yn", "multi"):
                text = part.label or question.text
                fields[f"{question.key}__{part.name}"] = _asked(part, text, question.help)
    return type("SafetyForm", (_SafetyForm,), fields)


def _asked(part: Part, text: str, hint: str) -> Any:
    if part.type == "yn":
        return RadiosField(
            text,
            [Needed(f"Choose yes or no: {text}")],
            hint=hint,
            choices=[("yes", "Yes"), ("no", "No")],
            inline=True,
        )
    alone = next(((c.value, c.label) for c in part.choices if c.alone), None)
    return CheckboxesField(
        text,
        [Needed(part.missing or "Tick at least one")],
        hint=hint,
        choices=[(c.value, c.label, c.hint) for c in part.choices if not c.alone],
        none=alone,
    )
