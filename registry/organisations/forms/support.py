"""Support and access: what an activity says of each point."""

from functools import lru_cache
from typing import Any

from registry.lists.items import KeptItems
from registry.lists.standing import VERSIONS_AT_ONCE
from registry.organisations import categories as taxonomy
from registry.organisations.forms.marks import MarksForm, point_fields


class _SupportForm(MarksForm):
    """Support and access."""

    groups_asked = taxonomy.GROUPS

    def told(self) -> dict[str, Any]:
        """Only what was answered."""
        return {"marks": self.told_marks()}


def support_form() -> type[_SupportForm]:
    """The form over every point that is asked about."""
    return _form_over(taxonomy.kept_marks())


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _form_over(kept: KeptItems) -> type[_SupportForm]:
    return type("SupportForm", (_SupportForm,), point_fields(taxonomy.GROUPS))
