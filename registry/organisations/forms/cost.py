"""What an activity costs, and what makes it cost less."""

from functools import lru_cache
from typing import Any

from wtforms.validators import ValidationError

from registry.lists.items import KeptItems
from registry.lists.standing import VERSIONS_AT_ONCE
from registry.organisations import categories as taxonomy
from registry.organisations.forms.marks import MarksForm, point_fields
from registry.organisations.gaps import PRICED
from registry.organisations.keeping import wanted_facts
from registry.organisations.models import Activity
from registry.web.fields import MoneyField, RadiosField, StringField
from registry.web.forms import Needed

FREE = ("free", "haf")
_FACTS = ("price_kind", "price_pence", "price_period", "price_note", "trial", "trial_pence")


class _CostForm(MarksForm):
    """What an activity costs."""

    groups_asked = (taxonomy.COST,)

    price_kind = RadiosField(
        "What does it cost?",
        [Needed("Choose what it costs")],
        choices=[
            ("free", "It is free"),
            ("session", "A price for each session"),
            ("term", "A price for a term"),
            ("course", "A price for a whole course"),
            ("membership", "Members pay", "By the month, the term or the year."),
            ("donation", "Families pay what they can"),
            ("haf", "Free with a code", "For holiday activities and food (HAF)."),
        ],
    )
    price = MoneyField(
        "How much?",
        hint="In pounds and pence, like 3.50. Leave this empty if it is free.",
        maximum=500_000,
    )
    price_period = RadiosField(
        "How often do members pay?",
        choices=[("month", "Each month"), ("term", "Each term"), ("year", "Each year")],
        inline=True,
    )
    trial = RadiosField(
        "Can a child try it first?",
        choices=[
            ("free", "Yes, for free"),
            ("paid", "Yes, for a price"),
            ("no", "No"),
            ("", "Not said"),
        ],
    )
    trial_price = MoneyField("How much is it to try?", hint="Only if you chose a price.")
    price_note = StringField(
        "Anything else about the cost?",
        hint="For example: Pay at the door.",
        subject="This",
        max_length=150,
    )

    def validate_price(self, field: Any) -> None:
        """A price where there is one to pay, and none where there is not."""
        if self.price_kind.data in PRICED and not field.data:
            raise ValidationError("Enter the price, or choose “It is free”")
        if self.price_kind.data in FREE and field.data:
            raise ValidationError("You chose free. Take the price away, or choose another answer")

    def validate_price_period(self, field: Any) -> None:
        """How often, where members pay."""
        if self.price_kind.data == "membership" and not field.data:
            raise ValidationError("Choose how often members pay")

    def validate_trial_price(self, field: Any) -> None:
        """A price to try, where there is one."""
        if self.trial.data == "paid" and not field.data:
            raise ValidationError("Enter the price to try it")

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """What it costs now."""
        kept = wanted_facts(record, _FACTS)
        return {
            **super().kept(record),
            "price_kind": kept["price_kind"],
            "price": kept["price_pence"] or None,
            "price_period": kept["price_period"],
            "price_note": kept["price_note"],
            "trial": kept["trial"] or "",
            "trial_price": kept["trial_pence"] or None,
        }

    def told(self) -> dict[str, Any]:
        """What was typed, in pence."""
        by_period = self.price_kind.data == "membership"
        return {
            "price_kind": self.price_kind.data,
            "price_pence": self.price.data or 0,
            "price_period": self.price_period.data if by_period else None,
            "price_note": self.price_note.data,
            "trial": self.trial.data or None,
            "trial_pence": (self.trial_price.data or 0) if self.trial.data == "paid" else 0,
            "marks": self.told_marks(),
        }


def cost_form() -> type[_CostForm]:
    """The form over the cost and every point of it that is asked about."""
    return _form_over(taxonomy.kept_marks())


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _form_over(kept: KeptItems) -> type[_CostForm]:
    return type("CostForm", (_CostForm,), point_fields((taxonomy.COST,)))
