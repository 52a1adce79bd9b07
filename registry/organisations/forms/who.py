"""Who can come to an activity."""

from collections.abc import Iterable
from typing import Any

from wtforms.validators import ValidationError

from registry.organisations.ages import OLDEST_WITH_SEND, months_from, oldest_allowed, years_from
from registry.organisations.forms.versioned import VersionedForm
from registry.organisations.models import Activity
from registry.organisations.services.activities import codes_of
from registry.web.fields import (
    IntegerField,
    RadiosField,
    StringField,
)
from registry.web.forms import Needed

TOO_OLD = (
    "The oldest age must be 18 or less. It can be up to 25 only where the kind of activity is "
    "for young people with special needs (SEND)"
)


class WhoForm(VersionedForm):
    """Who can come."""

    youngest = IntegerField(
        "Youngest age",
        [Needed("Enter the youngest age")],
        hint="In years. Put 0 for babies.",
        subject="The youngest age",
        maximum=OLDEST_WITH_SEND,
        width="2",
    )
    oldest = IntegerField(
        "Oldest age",
        [Needed("Enter the oldest age")],
        hint="Children of this age can still come.",
        subject="The oldest age",
        maximum=OLDEST_WITH_SEND,
        width="2",
    )
    parent_stays = RadiosField(
        "Does a parent or carer stay?",
        [Needed("Say if a parent or carer stays")],
        choices=[
            ("no", "No", "You look after the children."),
            ("optional", "They may", "Some stay and some do not."),
            ("yes", "Yes, always", "Each child comes with a grown-up."),
        ],
    )
    languages = StringField(
        "Which languages do you speak with families?",
        hint="With commas between them. For example: English, Panjabi, Polish.",
        subject="The languages",
    )
    codes: tuple[str, ...] = ()

    @classmethod
    def over(cls, record: Any, sent: Any) -> "WhoForm":
        """Knows what kind of activity it is."""
        form = cls(sent, data={"version": record.version, **cls.kept(record)})
        form.codes = tuple(codes_of(record))
        return form

    def validate_oldest(self, field: Any) -> None:
        """In order, and not above what this kind of activity goes up to."""
        check_ages(self.youngest.data, field.data, self.codes)

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """Who can come, in years."""
        youngest, oldest = years_from(record.min_months, record.max_months)
        return {
            "youngest": youngest,
            "oldest": oldest,
            "parent_stays": record.parent_stays,
            "languages": record.languages,
        }

    def told(self) -> dict[str, Any]:
        """What was typed, ages in months."""
        min_months, max_months = months_from(self.youngest.data, self.oldest.data)
        words = [word.strip() for word in self.languages.data.split(",")]
        return {
            "min_months": min_months,
            "max_months": max_months,
            "parent_stays": self.parent_stays.data,
            "languages": ", ".join(filter(None, words)),
        }


def check_ages(youngest: int | None, oldest: int | None, codes: Iterable[str]) -> None:
    """Say what is wrong with two ages, if both can be read."""
    if youngest is None or oldest is None:
        return
    if oldest < youngest:
        raise ValidationError(
            f"The oldest age must be {youngest} or more, because the youngest is {youngest}"
        )
    if oldest > oldest_allowed(codes):
        raise ValidationError(TOO_OLD)
