"""Support and access: what an activity says of each point."""

from functools import cache
from typing import Any

from registry.organisations import categories as taxonomy
from registry.organisations.forms.versioned import VersionedForm
from registry.organisations.models import Activity
from registry.organisations.services.activities import marks_of
from registry.web.fields import (
    SelectField,
    StringField,
)


class _SupportForm(VersionedForm):
    """Support and access: each point yes, ask us, no, or not said."""

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """What was answered; the rest is not said."""
        answered = marks_of(record)
        answers = {f"mark_{code}": answer for code, (answer, _) in answered.items()}
        return answers | {f"note_{code}": note for code, (_, note) in answered.items()}

    def told(self) -> dict[str, Any]:
        """Only what was answered. A note about nothing is not kept."""
        return {
            "marks": {
                one.code: (self[f"mark_{one.code}"].data, self[f"note_{one.code}"].data)
                for one in taxonomy.marks()
                if self[f"mark_{one.code}"].data
            }
        }

    def groups(self) -> dict[str, list[tuple[Any, Any]]]:
        """The questions under their headings, each with its note."""
        found: dict[str, list[tuple[Any, Any]]] = {group: [] for group in taxonomy.GROUPS}
        for one in taxonomy.marks():
            found[one.group].append((self[f"mark_{one.code}"], self[f"note_{one.code}"]))
        return found


@cache
def support_form() -> type[_SupportForm]:
    """The form over every mark of the content."""
    fields: dict[str, Any] = {}
    for one in taxonomy.marks():
        fields[f"mark_{one.code}"] = SelectField(
            one.label,
            hint=one.hint,
            choices=[("yes", "Yes"), ("ask", "Ask us"), ("no", "No")],
            empty="Not said",
        )
        fields[f"note_{one.code}"] = StringField(
            f"A few words about: {one.label}", subject="This", max_length=150
        )
    return type("SupportForm", (_SupportForm,), fields)
