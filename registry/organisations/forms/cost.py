"""What an activity costs."""

from typing import Any

from wtforms.validators import ValidationError

from registry.organisations.forms.versioned import VersionedForm
from registry.organisations.gaps import PRICED
from registry.organisations.models import Activity
from registry.web.fields import (
    MoneyField,
    RadiosField,
    StringField,
)
from registry.web.forms import Needed


class CostForm(VersionedForm):
    """What an activity costs."""

    price_kind = RadiosField(
        "What does it cost?",
        [Needed("Choose what it costs")],
        choices=[
            ("free", "It is free"),
            ("session", "A price for each session"),
            ("term", "A price for a term or a course"),
            ("donation", "Families pay what they can"),
            ("haf", "Free with a code", "For holiday activities and food (HAF)."),
        ],
    )
    price = MoneyField(
        "How much?",
        hint="In pounds and pence, like 3.50. Leave this empty if it is free.",
        maximum=500_000,
    )
    price_note = StringField(
        "Anything else about the cost?",
        hint="For example: brothers and sisters £2.50. Ask us if money is tight.",
        subject="This",
        max_length=150,
    )

    def validate_price(self, field: Any) -> None:
        """A price where there is one to pay, and none where there is not."""
        if self.price_kind.data in PRICED and not field.data:
            raise ValidationError("Enter the price, or choose “It is free”")
        if self.price_kind.data in ("free", "haf") and field.data:
            raise ValidationError("You chose free. Take the price away, or choose another answer")

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """What it costs now."""
        return {
            "price_kind": record.price_kind,
            "price": record.price_pence or None,
            "price_note": record.price_note,
        }

    def told(self) -> dict[str, Any]:
        """What was typed, in pence."""
        return {
            "price_kind": self.price_kind.data,
            "price_pence": self.price.data or 0,
            "price_note": self.price_note.data,
        }
