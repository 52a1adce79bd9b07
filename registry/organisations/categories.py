"""What kinds of activity a club chooses from, and what it may say about support and access.

Both are content (domain E.1 and E.5): codes stay, labels may be changed by a council. The kinds
are the directory's, so that a club chooses from exactly what parents look through.
Second-level codes are written with a dot, `sport.football`.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from registry.directory.categories import Category, categories, category

__all__ = [
    "Category",
    "Mark",
    "categories",
    "category",
    "category_label",
    "first_level",
    "is_second_level",
    "languages",
    "mark",
    "mark_group",
    "mark_label",
    "marks",
    "marks_in",
]

CONTENT = Path(__file__).parent / "content"
GROUPS = ("support", "access")
COST = "cost"


@dataclass(frozen=True)
class Mark:
    """One kind of support or access, or of help with the cost, that a club answers yes, ask us
    or no."""

    code: str
    label: str
    group: str
    hint: str = ""


@cache
def marks() -> tuple[Mark, ...]:
    """Every mark of support and access, support first, in the order shown."""
    return tuple(one for group in GROUPS for one in marks_in(group))


@cache
def marks_in(group: str) -> tuple[Mark, ...]:
    """The marks of one group, in the order shown: `support`, `access` or `cost`."""
    return tuple(
        Mark(code, given["label"], group, given.get("hint", ""))
        for code, given in _read("support.toml")[group].items()
    )


@cache
def languages() -> tuple[str, ...]:
    """The languages that can be ticked."""
    return tuple(_read("languages.toml")["languages"])


def category_label(code: str) -> str:
    """What people call it. A code that has gone is shown as it stands."""
    found = category(code)
    return found.label if found else code


def first_level(code: str) -> Category | None:
    """The first-level category that a code belongs to: `sport` for `sport.football`."""
    return category(code.partition(".")[0])


def is_second_level(code: str) -> bool:
    """Whether a club may choose this code for an activity."""
    return "." in code and category(code) is not None


def mark(code: str) -> Mark | None:
    """The mark of this code; None for a code that there is not."""
    return next((one for one in (*marks(), *marks_in(COST)) if one.code == code), None)


def mark_label(code: str) -> str:
    """What people call it. A code that has gone is shown as it stands."""
    found = mark(code)
    return found.label if found else code


def mark_group(code: str) -> str:
    """`support`, `access` or `cost`."""
    found = mark(code)
    return found.group if found else GROUPS[0]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))
