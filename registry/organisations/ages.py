"""Ages: asked in years, kept in months. “5 to 11” is 60 to 143, to the day before the twelfth
birthday. Pure.
"""

from collections.abc import Iterable

OLDEST = 18
OLDEST_WITH_SEND = 25
# Kinds of activity where young people with special needs or a disability come up to 25.
SEND_CATEGORIES = ("send", "tuition.send", "sport.disability_sport")


def months_from(youngest: int, oldest: int) -> tuple[int, int]:
    """The months of an age range told in years, both ages included."""
    return youngest * 12, oldest * 12 + 11


def years_from(min_months: int, max_months: int) -> tuple[int, int]:
    """The years of an age range kept in months."""
    return min_months // 12, max_months // 12


def ages_label(min_months: int, max_months: int) -> str:
    """“5 to 11”, “under 1 to 4”, or “7” where one year only may come."""
    youngest, oldest = years_from(min_months, max_months)
    first = "Under 1" if youngest == 0 else str(youngest)
    return first if youngest == oldest else f"{first} to {oldest}"


def oldest_allowed(categories: Iterable[str]) -> int:
    """The oldest age an activity of these kinds may give: 18, or 25 for special needs."""
    for code in categories:
        if code in SEND_CATEGORIES or code.partition(".")[0] in SEND_CATEGORIES:
            return OLDEST_WITH_SEND
    return OLDEST
