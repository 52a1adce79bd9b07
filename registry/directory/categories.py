"""What can be looked for: kinds of activity at two levels, with their words and pictures.

Content, read once. A code is `sport` or `sport.football`; whoever has the second is also found
under the first.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_CONTENT = Path(__file__).parent / "content" / "categories.toml"


@dataclass(frozen=True)
class Category:
    """A kind of activity, with the icon and the tint it is drawn in.

    `subs` are its finer kinds; one of the second level has none.
    """

    code: str
    label: str
    icon: str
    tint: str
    subs: tuple["Category", ...] = ()


# What is drawn for a code that has gone.
UNKNOWN = Category(code="", label="", icon="people", tint="canal")


@cache
def categories() -> tuple[Category, ...]:
    """Every first-level category with its subs, in the order shown."""
    content = tomllib.loads(_CONTENT.read_text(encoding="utf-8"))
    return tuple(_category(code, given) for code, given in content.items())


def category(code: str) -> Category | None:
    """The category of this code, first or second level; None for a code that there is not."""
    return _by_code().get(code)


def first_level(code: str) -> Category:
    """The first-level category that a code belongs to: `sport` for `sport.football`."""
    return category(code.partition(".")[0]) or UNKNOWN


def both_levels(codes: Iterable[str]) -> set[str]:
    """These codes and the ones they belong to: `sport.football` is also `sport`."""
    given = set(codes)
    return given | {code.partition(".")[0] for code in given}


@cache
def _by_code() -> dict[str, Category]:
    return {one.code: one for first in categories() for one in (first, *first.subs)}


def _category(code: str, given: dict[str, Any]) -> Category:
    drawn = {"icon": given["icon"], "tint": given["tint"]}
    subs = tuple(Category(f"{code}.{sub}", label, **drawn) for sub, label in given["subs"].items())
    return Category(code, given["label"], **drawn, subs=subs)
