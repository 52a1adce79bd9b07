"""What an activity is: its name, its kinds, and the first page about a new one."""

from collections.abc import Iterable
from typing import Any

from registry.organisations import categories as taxonomy
from registry.organisations.ages import oldest_allowed, years_from
from registry.organisations.forms.ages import ages_told, check_ages, oldest_field, youngest_field
from registry.organisations.forms.versioned import VersionedForm
from registry.organisations.keeping import wanted_facts
from registry.organisations.models import Activity
from registry.web.fields import (
    SelectField,
    StringField,
    TextAreaField,
)
from registry.web.forms import Needed


def category_choices(chosen: Iterable[str] = ()) -> dict[str, list[tuple[str, str]]]:
    """The kinds that may be chosen, and those that were chosen before one was retired."""
    there = set(chosen)
    offered = {
        first.label: [
            (sub.code, sub.label) for sub in first.subs if not sub.retired or sub.code in there
        ]
        for first in taxonomy.categories()
    }
    return {label: subs for label, subs in offered.items() if subs}


class _Kinds(VersionedForm):
    """The name of an activity and what kind it is."""

    name = StringField(
        "What is the activity called?",
        [Needed("Enter the name of the activity")],
        hint="For example, Street Dance Juniors.",
        subject="The name",
        max_length=120,
    )
    summary = TextAreaField(
        "Say what it is in a sentence or two",
        [Needed("Say what it is in a sentence or two")],
        hint="Families see this in a list. For example: Learn street dance with friends.",
        subject="This",
        max_length=200,
        rows=2,
        count=True,
    )
    category = SelectField(
        "What kind of activity is it?",
        [Needed("Choose what kind of activity it is")],
        hint="Choose the one that fits best.",
        choices=category_choices,
    )


class NewActivityForm(_Kinds):
    """The first page about an activity: enough to know it by."""

    youngest = youngest_field()
    oldest = oldest_field()

    def validate_oldest(self, field: Any) -> None:
        """In order, and not above what this kind of activity goes up to."""
        check_ages(self.youngest.data, field.data, [self.category.data or ""])

    def told(self) -> dict[str, Any]:
        """What was typed, ages in months."""
        return {
            "name": self.name.data,
            "summary": self.summary.data,
            "categories": [self.category.data],
            **ages_told(self.youngest.data, self.oldest.data),
        }


class WhatForm(_Kinds):
    """What an activity is."""

    description = TextAreaField(
        "Tell families more",
        hint="What do children do? What is it like the first time?",
        subject="This",
        rows=6,
    )
    second = SelectField(
        "Another kind (if it fits)", choices=category_choices, empty="No other kind"
    )
    third = SelectField(
        "A third kind (if it fits)", choices=category_choices, empty="No other kind"
    )
    fourth = SelectField(
        "A fourth kind (if it fits)", choices=category_choices, empty="No other kind"
    )
    max_months: int = 0

    @classmethod
    def over(cls, record: Any, sent: Any) -> "WhatForm":
        """Knows how old the children of this activity are."""
        form = cls(sent, data={"version": record.version, **cls.kept(record)})
        kept = wanted_facts(record, ("max_months", "categories"))
        form.max_months = kept["max_months"]
        for field in (form.category, form.second, form.third, form.fourth):
            field.choices = category_choices(kept["categories"])
        # Read anew, now that it is known what may be chosen.
        form.process(sent, data={"version": record.version, **cls.kept(record)})
        return form

    def codes(self) -> list[str]:
        """The kinds chosen, the main one first."""
        chosen = (self.category, self.second, self.third, self.fourth)
        return [field.data for field in chosen if field.data]

    def validate(self, extra_validators: Any = None) -> bool:
        """Each kind once, and no kind that the ages do not fit."""
        good = bool(super().validate(extra_validators))
        codes = self.codes()
        for name in ("second", "third", "fourth"):
            if self[name].data and codes.count(self[name].data) > 1 and good:
                self.add_error(name, "You have chosen this kind already. Choose another, or none")
                good = False
        oldest = years_from(0, self.max_months)[1]
        if good and oldest > oldest_allowed(codes):
            self.add_error(
                "category",
                f"These kinds go up to age {oldest_allowed(codes)}, and your activity goes up to "
                f"age {oldest}. Change the ages first",
            )
            good = False
        return good

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """What the activity says it is."""
        kept = wanted_facts(record, ("name", "summary", "description", "categories"))
        codes = [*kept["categories"], "", "", "", ""]
        return {
            "name": kept["name"],
            "summary": kept["summary"],
            "description": kept["description"],
            "category": codes[0],
            "second": codes[1],
            "third": codes[2],
            "fourth": codes[3],
        }

    def told(self) -> dict[str, Any]:
        """What was typed."""
        return {
            "name": self.name.data,
            "summary": self.summary.data,
            "description": self.description.data,
            "categories": self.codes(),
        }
