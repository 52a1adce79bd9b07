"""Which taxonomies there are, and which terms of them a card has."""

from collections.abc import Iterable, Mapping, Set
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from registry.cards.categories import both_levels, kept_categories, shipped_categories
from registry.cards.marks import kept_marks, shipped_marks
from registry.cards.search.values import AGE_BANDS
from registry.lists.items import Item, KeptItems
from registry.lists.standing import VERSIONS_AT_ONCE, standing, standing_keys
from registry.taxonomies import our_own
from registry.taxonomies.term_file import read_taxonomies
from registry.taxonomies.terms import Taxonomy, Term, as_items, from_items

KEPT = "taxonomy."
CONTENT = Path(__file__).parent / "content"
_MONTHS = 12


def taxonomies() -> tuple[Taxonomy, ...]:
    """Every one: ours first, then those of others by name."""
    others = (taxonomy_of_others(key) for key in sorted(_keys()))
    found = (one for one in others if one is not None)
    return (*our_own.our_own(), *sorted(found, key=lambda one: (one.name.casefold(), one.key)))


def taxonomy(key: str) -> Taxonomy | None:
    """The one of this key."""
    return next((one for one in taxonomies() if one.key == key), None)


def taxonomy_of_others(key: str) -> Taxonomy | None:
    """The one of this key that came along or was loaded; None where there is none, or no more."""
    return _read(kept_taxonomy(key))


def kept_taxonomy(key: str) -> KeptItems:
    """The list behind one of others."""
    return standing(f"{KEPT}{key}", shipped(key))


def terms_of(document: Mapping[str, Any]) -> tuple[Term, ...]:
    """The terms that a card has, of every taxonomy in turn: those that what it says leads to, and
    those that hold them. What the club answered with “ask us” or no leads nowhere."""
    codes = frozenset(
        both_levels(one["code"] for one in document["categories"]) | _said_yes(document)
    )
    bands = frozenset(_bands(document["ages"]))
    return tuple(term for one in taxonomies() for term in _terms(one, codes, bands))


def read_term() -> Term:
    """The term of our own that every organisation on the list has: its self-check was read."""
    (scheme,) = (one for one in our_own.our_own() if one.key == our_own.SCHEME)
    return scheme.terms[0]


def known_codes() -> frozenset[str]:
    """The codes of ours that may lead to a term."""
    return frozenset(one.code for kept in (kept_categories(), kept_marks()) for one in kept)


def labels_of_ours() -> dict[str, str]:
    """What each code of ours is called: “Sport: Football”."""
    kinds = kept_categories()
    above = {one.code: f"{one.label}: " for one in kinds}
    called = {one.code: above.get(one.parent, "") + one.label for one in kinds}
    return called | {one.code: one.label for one in kept_marks()}


def left_over(taxonomy: Taxonomy) -> tuple[str, ...]:
    """The kinds of ours that clubs choose and that lead to none of its terms."""
    led = taxonomy.led_to
    kinds = (one for one in kept_categories().offered if one.parent)
    return tuple(one.code for one in kinds if one.code not in led and one.parent not in led)


@lru_cache(maxsize=32)
def shipped(key: str) -> "partial[tuple[Item, ...]]":
    """What the registry brings along of a taxonomy: nothing, for one that it does not."""
    return partial(_shipped_items, key)


@lru_cache(maxsize=1)
def shipped_taxonomies() -> dict[str, Taxonomy]:
    """Those of others that come along, by key."""
    every = frozenset(one.code for one in (*shipped_categories(), *shipped_marks()))
    files = sorted(CONTENT.glob("*.csv"))
    return {one.key: one for file in files for one in read_taxonomies(file, every, frozenset())}


def _shipped_items(key: str) -> tuple[Item, ...]:
    known = shipped_taxonomies().get(key)
    return tuple(as_items(known)) if known else ()


def _keys() -> set[str]:
    return {*shipped_taxonomies(), *(key.removeprefix(KEPT) for key in standing_keys(KEPT))}


@lru_cache(maxsize=VERSIONS_AT_ONCE * 16)
def _read(kept: KeptItems) -> Taxonomy | None:
    return from_items(kept.key.removeprefix(KEPT), kept.number, kept.items) if kept.items else None


def _said_yes(document: Mapping[str, Any]) -> set[str]:
    points = (*(document.get("support") or ()), *(document.get("access") or ()),
              *((document.get("cost") or {}).get("points") or ()))  # fmt: skip
    return {one["code"] for one in points if one["answer"] == "yes"}


def _bands(ages: Mapping[str, Any]) -> Iterable[str]:
    youngest, oldest = ages["min_months"] // _MONTHS, ages["max_months"] // _MONTHS
    return (
        band for band, years in AGE_BANDS.items() if youngest <= years[-1] and years[0] <= oldest
    )


def _terms(one: Taxonomy, codes: Set[str], bands: Set[str]) -> Iterable[Term]:
    if one.key == our_own.AGES:
        return (term for term in one.terms if term.code in bands)
    had = {term for code in codes for term in one.led_to.get(code, ())}
    return (term for term in one.terms if term in had) if had else ()
