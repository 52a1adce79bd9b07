"""How alike two organisations are (domain B.7): none, look or strong, with the reason for each.

Pure. Never more than a reason to look: nobody is refused by it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

NAMES_ALIKE = 90
# A file that so many hold says nothing: a scout association's policy, a national form.
HELD_BY_MANY = 3


class Strength(StrEnum):
    """What a pair of records amounts to."""

    NONE = "none"
    LOOK = "look"
    STRONG = "strong"


NUMBERS = ("charity", "company", "ofsted")
REACHED_BY = ("email", "phone")
FILE, NAME = "file", "name"
# In the order in which reasons are read: the weightiest first.
KINDS = (*NUMBERS, FILE, *REACHED_BY, NAME, "website", "postcode")

Traits = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Likeness:
    """What two organisations have in common, and what that amounts to."""

    hits: tuple[str, ...]
    strength: Strength


def likeness(one: Traits, other: Traits, held_by: Mapping[str, int]) -> Likeness:
    """Compare two organisations. `held_by` says how many hold each file that both have.

    The same whichever comes first; one more thing in common never makes it less.
    """
    hits = tuple(kind for kind in KINDS if _hits(kind, one, other, held_by))
    return Likeness(hits, strength_of(hits))


def strength_of(hits: Iterable[str]) -> Strength:
    """What these reasons amount to together."""
    found = frozenset(hits)
    if found.intersection(NUMBERS):
        return Strength.STRONG
    if NAME in found and found.intersection(REACHED_BY):
        return Strength.STRONG
    if FILE in found and len(found) > 1:
        return Strength.STRONG
    return Strength.LOOK if found else Strength.NONE


def are_alike(one: str, other: str) -> bool:
    """Whether two names, as `names.plain_name` leaves them, are 90 in 100 alike."""
    return _alike(one, other) >= NAMES_ALIKE


def alike_among(name: str, others: Mapping[int, str]) -> list[int]:
    """Which of many names are alike to this one: the keys, in order. Quick for thousands."""
    found = {
        key
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio)
        for _, _, key in process.extract_iter(
            name, others, scorer=scorer, processor=None, score_cutoff=NAMES_ALIKE
        )
    }
    return sorted(found)


def _hits(kind: str, one: Traits, other: Traits, held_by: Mapping[str, int]) -> bool:
    mine, theirs = one.get(kind, frozenset()), other.get(kind, frozenset())
    if kind == NAME:
        return any(are_alike(a, b) for a in mine for b in theirs)
    shared = mine & theirs
    if kind == FILE:
        return any(held_by.get(digest, 0) < HELD_BY_MANY for digest in shared)
    return bool(shared)


def _alike(one: str, other: str) -> float:
    """The better of both orders of words. The same whichever name comes first."""
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))
