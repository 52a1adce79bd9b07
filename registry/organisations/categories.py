"""What kinds of activity a club chooses from, and what it may say about support and access.

Lists that a council keeps (domain E.1 and E.5): codes stay, labels may be changed. They are the
directory's, so that a club chooses from exactly what parents look through.
Second-level codes are written with a dot, `sport.football`.
"""

from registry.cards.categories import Category, categories, category
from registry.cards.marks import (
    COST,
    GROUPS,
    LANGUAGES,
    MARKS,
    Mark,
    kept_languages,
    kept_marks,
    languages,
    mark,
    marks,
    marks_in,
    shipped_languages,
    shipped_marks,
)

__all__ = [
    "COST",
    "GROUPS",
    "LANGUAGES",
    "MARKS",
    "Category",
    "Mark",
    "categories",
    "category",
    "category_label",
    "first_level",
    "is_second_level",
    "kept_languages",
    "kept_marks",
    "languages",
    "mark",
    "mark_group",
    "mark_label",
    "marks",
    "marks_in",
    "shipped_languages",
    "shipped_marks",
]


def category_label(code: str) -> str:
    """What people call it. A code that has gone is shown as it stands."""
    found = category(code)
    return found.label if found else code


def first_level(code: str) -> Category | None:
    """The first-level category that a code belongs to: `sport` for `sport.football`."""
    return category(code.partition(".")[0])


def is_second_level(code: str) -> bool:
    """Whether an activity may be of this kind. One that is retired stays where it was chosen."""
    return "." in code and category(code) is not None


def mark_label(code: str) -> str:
    """What people call it. A code that has gone is shown as it stands."""
    found = mark(code)
    return found.label if found else code


def mark_group(code: str) -> str:
    """`support`, `access` or `cost`."""
    found = mark(code)
    return found.group if found else GROUPS[0]
