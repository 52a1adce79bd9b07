"""What kinds of activity there are, and what a club may say about support and access.

Both are content (domain E.1 and E.5): codes stay, labels may be changed by a council.
Second-level codes are written with a dot, `sport.football`.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"
GROUPS = ("support", "access")


@dataclass(frozen=True)
class Category:
    """A kind of activity. `subs` are empty for one of the second level."""

    code: str
    label: str
    icon: str
    subs: tuple["Category", ...] = ()


@dataclass(frozen=True)
class Mark:
    """One kind of support or access that a club answers yes, ask us or no."""

    code: str
    label: str
    group: str
    hint: str = ""


@cache
def categories() -> tuple[Category, ...]:
    """Every first-level category with its subs, in the order shown."""
    return tuple(_category(code, given) for code, given in _read("categories.toml").items())


@cache
def marks() -> tuple[Mark, ...]:
    """Every mark, support first, in the order shown."""
    content = _read("support.toml")
    return tuple(
        Mark(code, given["label"], group, given.get("hint", ""))
        for group in GROUPS
        for code, given in content[group].items()
    )


def category(code: str) -> Category | None:
    """The category of this code, first or second level; None for a code that there is not."""
    return _by_code().get(code)


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
    return next((one for one in marks() if one.code == code), None)


def mark_label(code: str) -> str:
    """What people call it. A code that has gone is shown as it stands."""
    found = mark(code)
    return found.label if found else code


def mark_group(code: str) -> str:
    """`support` or `access`."""
    found = mark(code)
    return found.group if found else GROUPS[0]


@cache
def _by_code() -> dict[str, Category]:
    return {one.code: one for first in categories() for one in (first, *first.subs)}


def _category(code: str, given: dict[str, Any]) -> Category:
    subs = tuple(
        Category(f"{code}.{sub}", label, given["icon"]) for sub, label in given["subs"].items()
    )
    return Category(code, given["label"], given["icon"], subs)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))
