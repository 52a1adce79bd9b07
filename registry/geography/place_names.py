"""Suburbs and landmarks by the names that people give them, each with a postcode in the middle.

A list that a council keeps; it begins with our content.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from registry.lists.items import Item, KeptItems
from registry.lists.standing import VERSIONS_AT_ONCE, standing

KEY = "place_names"
_CONTENT = Path(__file__).parent / "content" / "places.toml"


@dataclass(frozen=True)
class PlaceName:
    """A place that has a name, and the postcode that stands for it."""

    name: str
    postcode: str


def place_names() -> tuple[PlaceName, ...]:
    """Each of them, by name."""
    return _place_names(kept_place_names())


def place_named(text: str) -> PlaceName | None:
    """The place that somebody typed, whatever the capitals, spaces and apostrophes."""
    return _by_name(kept_place_names()).get(_plain(text))


def kept_place_names() -> KeptItems:
    """The list behind them."""
    return standing(KEY, shipped_place_names)


def shipped_place_names() -> Iterator[Item]:
    """The places that an installation starts with."""
    content: dict[str, str] = tomllib.loads(_CONTENT.read_text(encoding="utf-8"))["places"]
    for name, postcode in content.items():
        yield Item(code_of(name), name, details={"postcode": postcode})


def code_of(name: str) -> str:
    """The code of a new place: “Low Hill” is `low_hill`."""
    return "_".join(re.findall(r"[a-z0-9]+", name.casefold().replace("’", "").replace("'", "")))


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _place_names(kept: KeptItems) -> tuple[PlaceName, ...]:
    places = (PlaceName(one.label, one.details["postcode"]) for one in kept.offered)
    return tuple(sorted(places, key=lambda place: place.name))


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _by_name(kept: KeptItems) -> dict[str, PlaceName]:
    return {_plain(place.name): place for place in _place_names(kept)}


def _plain(text: str) -> str:
    return code_of(text[:200])
