"""What an activity does with children: the profile questions of the edition."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from registry.criteria.content import Part
from registry.criteria.loading import current_edition
from registry.organisations.forms.versioned import VersionedForm
from registry.organisations.keeping import keeping, wanted_about, wanted_facts
from registry.organisations.models import Activity
from registry.web.fields import (
    CheckboxesField,
    DateField,
    RadiosField,
)
from registry.web.forms import Needed, NotInPast


class _SafetyForm(VersionedForm):
    """The profile questions of an activity, as the edition asks them."""

    @classmethod
    def over(cls, record: Any, sent: Any) -> "_SafetyForm":
        """Asks about long stays only where children under 8 come; and from which day something is
        new, only where families can see the activity already."""
        form = cls(sent, data={"version": record.version, **cls.kept(record)})
        if wanted_facts(record, ("min_months",))["min_months"] >= 8 * 12:
            del form["p_ages__long_stay"]
        if not keeping().is_read(record):
            del form["begins_on"]
        form.about = wanted_about(record)
        return form

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """The profile answers of the activity, part by part."""
        return {
            f"{key}__{part}": value
            for key, parts in wanted_about(record).items()
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
        begins = {"begins_on": self["begins_on"].data} if "begins_on" in self else {}
        return {"about": about, **begins}

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
    fields["begins_on"] = DateField(
        "If any of this is new: from which day?",
        [NotInPast()],
        hint="Only if it has not begun yet. Leave it empty if it has.",
        subject="The day",
    )
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
