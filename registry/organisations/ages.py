"""Ages: told in years, in months for babies, or in school years, and kept in months. Pure.

“5 to 11” is 60 to 143, to the day before the twelfth birthday. “6 to 18 months” is 6 to 18. A
child of Reception is 4 or 5, one of Year 6 is 10 or 11: “Reception to Year 6” is 48 to 143.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

OLDEST = 18
OLDEST_WITH_SEND = 25
MOST_MONTHS = 35  # from three years on, nobody counts in months
LAST_SCHOOL_YEAR = 13
# Kinds of activity where young people with special needs or a disability come up to 25.
SEND_CATEGORIES = ("send", "tuition.send", "sport.disability_sport")

_MONTHS = re.compile(r"(\d{1,3})\s*(?:months?|mths?|m)(?:\s+old)?")
_SCHOOL = re.compile(r"(?:school\s+)?(?:year|yr|y)\s*(\d{1,2})")
_YEARS = re.compile(r"(\d{1,4})\s*(?:years?|yrs?)?(?:\s+old)?")


class Age(NamedTuple):
    """One end of an age range, as somebody says it: 5 in `years`, 18 in `months`, or a school
    year (`school`), where 0 is Reception."""

    number: int
    said_in: str = "years"

    @property
    def first_month(self) -> int:
        """The youngest that a child of this age is."""
        if self.said_in == "months":
            return self.number
        return (self.number + (4 if self.said_in == "school" else 0)) * 12

    @property
    def last_month(self) -> int:
        """The oldest that a child of this age is."""
        if self.said_in == "months":
            return self.number
        return (self.number + (5 if self.said_in == "school" else 0)) * 12 + 11

    def __str__(self) -> str:
        """As one types it: 5, 18 months, Reception, Year 4."""
        if self.said_in == "months":
            return f"{self.number} month{'' if self.number == 1 else 's'}"
        if self.said_in == "school":
            return f"Year {self.number}" if self.number else "Reception"
        return str(self.number)


def read_age(typed: str) -> Age | None:
    """The age in what somebody typed; None for what is none."""
    text = " ".join(typed.lower().split())
    if text in ("reception", "yr", "year r", "r"):
        return Age(0, "school")
    if not text.isascii():
        return None
    if found := _MONTHS.fullmatch(text):
        return Age(int(found[1]), "months")
    if found := _SCHOOL.fullmatch(text):
        return Age(int(found[1]), "school") if 1 <= int(found[1]) <= LAST_SCHOOL_YEAR else None
    found = _YEARS.fullmatch(text)
    return Age(int(found[1])) if found else None


def said_in(youngest: Age, oldest: Age) -> str:
    """How a range is said: by months where either end is."""
    both = {youngest.said_in, oldest.said_in}
    return next(word for word in ("school", "months", "years") if word in both)


def ends_of(min_months: int, max_months: int, said: str = "years") -> tuple[Age, Age]:
    """Both ends of an age range that is kept in months, as its club says them."""
    if said == "school":
        return Age(min_months // 12 - 4, "school"), Age(max_months // 12 - 5, "school")
    if said == "months":
        youngest = _by_months(min_months, min_months % 12 == 0)
        return youngest, _by_months(max_months, max_months % 12 == 11)
    return Age(min_months // 12), Age(max_months // 12)


def months_from(youngest: int, oldest: int) -> tuple[int, int]:
    """The months of an age range told in years, both ages included."""
    return youngest * 12, oldest * 12 + 11


def years_from(min_months: int, max_months: int) -> tuple[int, int]:
    """The years of an age range kept in months."""
    return min_months // 12, max_months // 12


def ages_label(min_months: int, max_months: int, said: str = "years") -> str:
    """“5 to 11”, “Birth to 4”, “7”, “Under 1”, “6 to 18 months”, “Reception to Year 6”."""
    youngest, oldest = ends_of(min_months, max_months, said)
    first = "Birth" if youngest.number == 0 and youngest.said_in != "school" else str(youngest)
    if youngest == oldest:
        return "Under 1" if youngest == Age(0) else first
    if youngest.said_in == oldest.said_in == "months" and youngest.number:
        first = str(youngest.number)
    return f"{first} to {oldest}"


def ages_in_a_line(min_months: int, max_months: int, said: str = "years") -> str:
    """“Ages 5 to 11”, “Age 7”, “Ages birth to 18 months”, “Reception to Year 6 (ages 4 to 11)”."""
    label = ages_label(min_months, max_months, said)
    if said == "school":
        return f"{label} (ages {ages_label(min_months, max_months)})"
    youngest, oldest = ends_of(min_months, max_months, said)
    return f"{'Age' if youngest == oldest else 'Ages'} {label[0].lower()}{label[1:]}"


def oldest_allowed(categories: Iterable[str]) -> int:
    """The oldest age an activity of these kinds may give: 18, or 25 for special needs."""
    for code in categories:
        if code in SEND_CATEGORIES or code.partition(".")[0] in SEND_CATEGORIES:
            return OLDEST_WITH_SEND
    return OLDEST


def _by_months(months: int, whole_years: bool) -> Age:
    """In years from two years on, where it comes to whole ones."""
    return Age(months // 12) if whole_years and months >= 24 else Age(months, "months")
