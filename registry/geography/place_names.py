"""Suburbs and landmarks by the names that people give them, each with a postcode in the middle.

A list that a council keeps; it begins with our content.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from registry.lists.items import Item, KeptItems
from registry.lists.standing import VERSIONS_AT_ONCE, standing

KEY = "place_names"
MOST_LIKELY = 3
# Of 100: “whitmor reens” is 88 like “whitmore reans”; “nowhere” is 57 like “Horseley Fields”.
_LIKE_ENOUGH = 72
_ONE_HOLDS_THE_OTHER = 80
_SHORTEST_TO_GUESS = 3
_LONGEST_TYPED = 200
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
    """The place that somebody typed, whatever the capitals, spaces and apostrophes; and whatever
    stands behind a comma, as in “Heath Town, Wolverhampton”."""
    known = _by_name(kept_place_names())
    return known.get(_plain(text)) or known.get(_plain(text.partition(",")[0]))


def likely_places(text: str) -> tuple[PlaceName, ...]:
    """The places that somebody may have meant, the likeliest first; none for what is like none."""
    typed = _words(text)
    if len(typed) < _SHORTEST_TO_GUESS:
        return ()
    known = {place: _words(place.name) for place in place_names()}
    found = process.extract(
        typed, known, scorer=_likeness, limit=MOST_LIKELY, score_cutoff=_LIKE_ENOUGH
    )
    return tuple(place for _, _, place in found)


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


def _likeness(typed: str, name: str, *, score_cutoff: float | None = None) -> float:
    """How like a name it is: as a whole, as its beginning, which somebody did not finish, or
    because all the words of one are in the other."""
    beginning = fuzz.ratio(typed, name[: len(typed)]) - (4 if len(name) > len(typed) else 0)
    words, words_of_name = set(typed.split()), set(name.split())
    holds = words <= words_of_name or words >= words_of_name
    whole = max(fuzz.ratio(typed, name), fuzz.token_sort_ratio(typed, name))
    return max(whole, beginning, _ONE_HOLDS_THE_OTHER if holds else 0)


def _words(text: str) -> str:
    return code_of(text[:_LONGEST_TYPED]).replace("_", " ")


def _plain(text: str) -> str:
    return code_of(text[:_LONGEST_TYPED]).replace("_", "")
