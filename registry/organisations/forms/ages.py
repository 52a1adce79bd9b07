"""One end of an age range, typed in one box: 5, 18 months, Reception or Year 4."""

from collections.abc import Iterable
from typing import Any

from wtforms.validators import ValidationError

from registry.organisations.ages import (
    MOST_MONTHS,
    OLDEST_WITH_SEND,
    Age,
    oldest_allowed,
    read_age,
    said_in,
)
from registry.web.fields import StringField
from registry.web.forms import Needed
from registry.web.readings import UnreadableError, clean_text, shown

TOO_OLD = (
    "The oldest age must be 18 or less. It can be up to 25 only where the kind of activity is "
    "for young people with special needs (SEND)"
)


class AgeField(StringField):
    """An age, as people say it."""

    default_subject = "The age"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A short box, with room for “18 months”."""
        super().__init__(*args, **{"width": "10", "spellcheck": False, **kwargs})

    def read(self, typed: str) -> Any:
        """The age, or None where nothing was typed."""
        text = clean_text(typed, 60, self.subject)
        if not text:
            return None
        age = read_age(text)
        if age is None and read_age(text.removeprefix("-")):
            raise UnreadableError(f"{self.subject} must be 0 or more. You put {shown(text)}")
        if age is None:
            raise UnreadableError(
                f"{self.subject} must be a whole number in digits, like 7. It can also be "
                f"18 months, Reception or Year 4. You put “{shown(text)}”"
            )
        if age.said_in == "years" and age.number > OLDEST_WITH_SEND:
            raise UnreadableError(
                f"{self.subject} must be {OLDEST_WITH_SEND} or less. You put {shown(text)}"
            )
        if age.said_in == "months" and age.number > MOST_MONTHS:
            raise UnreadableError(
                f"{self.subject} must be in years from 3 years on. You put “{shown(text)}”"
            )
        return age


def youngest_field() -> AgeField:
    """The youngest age."""
    return AgeField(
        "Youngest age",
        [Needed("Enter the youngest age")],
        hint="For example 5, 6 months or Reception.",
        subject="The youngest age",
    )


def oldest_field() -> AgeField:
    """The oldest age."""
    return AgeField(
        "Oldest age",
        [Needed("Enter the oldest age")],
        hint="Children of this age can still come. For example 11, 18 months or Year 6.",
        subject="The oldest age",
    )


def check_ages(youngest: Age | None, oldest: Age | None, codes: Iterable[str]) -> None:
    """Say what is wrong with two ages, if both can be read."""
    if youngest is None or oldest is None:
        return
    if ("school" in (youngest.said_in, oldest.said_in)) and youngest.said_in != oldest.said_in:
        raise ValidationError("Give both ages as school years, or neither. You can type Year 6")
    if oldest.last_month < youngest.first_month or (
        oldest.said_in == youngest.said_in and oldest.number < youngest.number
    ):
        raise ValidationError(
            f"The oldest age must be {youngest} or more, because the youngest is {youngest}"
        )
    if oldest.last_month // 12 > oldest_allowed(codes):
        raise ValidationError(TOO_OLD)


def ages_told(youngest: Age, oldest: Age) -> dict[str, Any]:
    """Two ages as they are kept."""
    return {
        "min_months": youngest.first_month,
        "max_months": oldest.last_month,
        "ages_said": said_in(youngest, oldest),
    }
