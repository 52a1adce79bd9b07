"""What can be looked for: kinds of activity at two levels, with their words and pictures.

A list that a council keeps; it begins with our content. A code is `sport` or `sport.football`;
whoever has the second is also found under the first.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from registry.lists.items import Item, KeptItems
from registry.lists.standing import VERSIONS_AT_ONCE, standing

KEY = "categories"
_CONTENT = Path(__file__).parent / "content" / "categories.toml"


@dataclass(frozen=True)
class Category:
    """A kind of activity, with the icon and the tint it is drawn in.

    `subs` are its finer kinds; one of the second level has none. One that is retired is chosen for
    no activity any more, and keeps its words where it stands.
    """

    code: str
    label: str
    icon: str
    tint: str
    subs: tuple["Category", ...] = ()
    retired: bool = False


_WORDS_OF_A_NAME = 3

# What is drawn for a code that has gone.
UNKNOWN = Category(code="", label="", icon="people", tint="canal")


def categories() -> tuple[Category, ...]:
    """Every first-level category with its subs, in the order shown."""
    return _categories(kept_categories())


def category(code: str) -> Category | None:
    """The category of this code, first or second level; None for a code that there is not."""
    return _by_code(kept_categories()).get(code)


def first_level(code: str) -> Category:
    """The first-level category that a code belongs to: `sport` for `sport.football`."""
    return category(code.partition(".")[0]) or UNKNOWN


def broad_words(code: str) -> str:
    """What search takes from the first-level kind of a code: its words, but none that names only
    one of several kinds in it. Ballet is “Dance, drama and art”, and no art."""
    return _broad_words(kept_categories(), code.partition(".")[0])


def both_levels(codes: Iterable[str]) -> set[str]:
    """These codes and the ones they belong to: `sport.football` is also `sport`."""
    given = set(codes)
    return given | {code.partition(".")[0] for code in given}


def kept_categories() -> KeptItems:
    """The list behind them. A finer kind's `parent` is the code of the kind it belongs to."""
    return standing(KEY, shipped_categories)


def shipped_categories() -> Iterator[Item]:
    """The kinds that an installation starts with."""
    content: dict[str, dict[str, Any]] = tomllib.loads(_CONTENT.read_text(encoding="utf-8"))
    for code, given in content.items():
        drawn = {"icon": given["icon"], "tint": given["tint"]}
        yield Item(code, given["label"], details=drawn)
        yield from (Item(f"{code}.{sub}", label, code) for sub, label in given["subs"].items())


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _categories(kept: KeptItems) -> tuple[Category, ...]:
    firsts = [one for one in kept if not one.parent]
    return tuple(_with_its_subs(first, kept) for first in firsts)


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _by_code(kept: KeptItems) -> dict[str, Category]:
    return {one.code: one for first in _categories(kept) for one in (first, *first.subs)}


@lru_cache(maxsize=VERSIONS_AT_ONCE * 50)
def _broad_words(kept: KeptItems, code: str) -> str:
    first = _by_code(kept).get(code)
    if first is None:
        return ""
    if not re.search(r",| and ", first.label):
        return first.label
    finer = {
        word
        for sub in first.subs
        if len(names := re.findall(r"\w+", sub.label.casefold())) <= _WORDS_OF_A_NAME
        for word in names
    }
    return " ".join(one for one in re.findall(r"\w+", first.label) if one.casefold() not in finer)


def _with_its_subs(item: Item, kept: KeptItems) -> Category:
    first = Category(
        item.code, item.label, item.details["icon"], item.details["tint"], retired=item.retired
    )
    subs = (
        replace(first, code=one.code, label=one.label, retired=one.retired or item.retired)
        for one in kept
        if one.parent == item.code
    )
    return replace(first, subs=tuple(subs))
