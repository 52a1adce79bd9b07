"""Support and access: what an activity says of each point."""

from functools import cache
from typing import Any

from registry.organisations import categories as taxonomy
from registry.organisations.forms.marks import MarksForm, point_fields


class _SupportForm(MarksForm):
    """Support and access."""

    groups_asked = taxonomy.GROUPS

    def told(self) -> dict[str, Any]:
        """Only what was answered."""
        return {"marks": self.told_marks()}


@cache
def support_form() -> type[_SupportForm]:
    """The form over every point of the content."""
    return type("SupportForm", (_SupportForm,), point_fields(taxonomy.GROUPS))
