"""What kinds of activity a club chooses from, and what it may say about support and access.

Lists that a council keeps (domain E.1 and E.5): codes stay, labels may be changed. The kinds
are the directory's, so that a club chooses from exactly what parents look through.
Second-level codes are written with a dot, `sport.football`.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from registry.directory.categories import Category, categories, category
from registry.lists.items import Item, KeptItems
from registry.lists.standing import VERSIONS_AT_ONCE, standing

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
MARKS, LANGUAGES = "marks", "languages"


@dataclass(frozen=True)
class Mark:
    """One kind of support or access, or of help with the cost, that a club answers yes, ask us
    or no."""

    code: str
    label: str
    group: str
    hint: str = ""


def marks() -> tuple[Mark, ...]:
    """Every mark of support and access that is asked about, support first, in the order shown."""
    return tuple(one for group in GROUPS for one in marks_in(group))


def marks_in(group: str) -> tuple[Mark, ...]:
    """The marks of one group that are asked about, in the order shown: `support`, `access` or
    `cost`."""
    kept = kept_marks()
    offered = {one.code for one in kept.offered}
    return tuple(one for one in _marks(kept) if one.group == group and one.code in offered)


def languages() -> tuple[str, ...]:
    """The languages that can be ticked."""
    return tuple(one.label for one in kept_languages().offered)


def kept_marks() -> KeptItems:
    """The list behind the marks: the `parent` of one is its group."""
    return standing(MARKS, shipped_marks)


def kept_languages() -> KeptItems:
    """The list behind the languages. A club keeps the name of one, so none is renamed."""
    return standing(LANGUAGES, shipped_languages)


def shipped_marks() -> Iterator[Item]:
    """The marks that an installation starts with."""
    content = _read("support.toml")
    for group in (*GROUPS, COST):
        for code, given in content[group].items():
            yield Item(code, given["label"], group, details={"hint": given.get("hint", "")})


def shipped_languages() -> Iterator[Item]:
    """The languages that an installation starts with."""
    return (Item(name, name) for name in _read("languages.toml")["languages"])


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


def mark(code: str) -> Mark | None:
    """The mark of this code; None for a code that there is not."""
    return _by_code(kept_marks()).get(code)


def mark_label(code: str) -> str:
    """What people call it. A code that has gone is shown as it stands."""
    found = mark(code)
    return found.label if found else code


def mark_group(code: str) -> str:
    """`support`, `access` or `cost`."""
    found = mark(code)
    return found.group if found else GROUPS[0]


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _marks(kept: KeptItems) -> tuple[Mark, ...]:
    return tuple(Mark(one.code, one.label, one.parent, one.details.get("hint", "")) for one in kept)


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _by_code(kept: KeptItems) -> dict[str, Mark]:
    return {one.code: one for one in _marks(kept)}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))
