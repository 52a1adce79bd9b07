"""When an activity happens."""

from typing import Any

from wtforms.validators import ValidationError

from registry.web.fields import (
    RadiosField,
    SelectField,
    TimeField,
)
from registry.web.formats import DAY_NAMES
from registry.web.forms import Form, Needed


class SessionForm(Form):
    """When an activity happens each week."""

    day = SelectField(
        "Day",
        [Needed("Choose the day")],
        choices=[(str(number), name) for number, name in enumerate(DAY_NAMES)],
        coerce=int,
        empty="Choose a day",
    )
    starts = TimeField(
        "Starts at",
        [Needed("Enter when it starts")],
        hint="For example, 4.30pm",
        subject="The start",
    )
    ends = TimeField(
        "Ends at", [Needed("Enter when it ends")], hint="For example, 5.30pm", subject="The end"
    )
    season = RadiosField(
        "Which part of the year?",
        [Needed("Choose which part of the year")],
        choices=[
            ("term", "In term time"),
            ("holidays", "In school holidays"),
            ("all_year", "All year"),
        ],
    )

    def validate_ends(self, field: Any) -> None:
        """A session ends on the day on which it starts."""
        if field.data and self.starts.data and field.data <= self.starts.data:
            raise ValidationError(
                f"The end must be later than the start, on the same day. "
                f"You put {self.starts.typed} to {field.typed}"
            )

    def told(self) -> dict[str, Any]:
        """What was typed."""
        return {n: self[n].data for n in ("day", "starts", "ends", "season")}
