"""Loading taxonomies from a file, and letting one go. The caller commits."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registry.audit import services as history
from registry.cards.services import raise_version
from registry.errors import NotFound
from registry.lists.services import keep_version
from registry.taxonomies.our_own import KEYS
from registry.taxonomies.queries import (
    KEPT,
    kept_taxonomy,
    known_codes,
    taxonomy_of_others,
)
from registry.taxonomies.term_file import read_taxonomies
from registry.taxonomies.terms import Taxonomy, as_items


@dataclass(frozen=True)
class Loaded:
    """What a file did to one taxonomy: how many terms are new, say something else, or are gone;
    and how many codes of ours lead to it."""

    key: str
    name: str
    terms: int
    new: int
    changed: int
    gone: int
    led_from: int
    is_kept: bool


def load_taxonomies(path: Path, actor: Any = None) -> tuple[Loaded, ...]:
    """Make each taxonomy of a file what the file says it is; those it does not name stay.

    A version is kept for each that is different from what stood before. All or nothing: raises
    BadTaxonomyFile with all that is wrong, and then nothing has changed.
    """
    read = read_taxonomies(path, known_codes(), frozenset(KEYS))
    done = tuple(_compared(one) for one in read)
    for taxonomy, loaded in zip(read, done, strict=True):
        if loaded.is_kept:
            _keep(taxonomy.key, taxonomy, "load_taxonomy", actor)
    if any(one.is_kept for one in done):
        raise_version()
    return done


def remove_taxonomy(key: str, actor: Any = None) -> Taxonomy:
    """Offer a taxonomy no more. Its versions stay, and a file can bring it back. Raises NotFound
    for one that is not there, and for one of our own."""
    taxonomy = taxonomy_of_others(key)
    if taxonomy is None:
        raise NotFound(f"There is no taxonomy {key} that can be removed.")
    _keep(key, None, "remove_taxonomy", actor)
    raise_version()
    return taxonomy


def _compared(taxonomy: Taxonomy) -> Loaded:
    before = taxonomy_of_others(taxonomy.key)
    known = {one.code: one for one in before.terms} if before else {}
    given = {one.code: one for one in taxonomy.terms}
    return Loaded(
        taxonomy.key,
        taxonomy.name,
        terms=len(given),
        new=len(given.keys() - known.keys()),
        changed=sum(1 for code in given.keys() & known.keys() if given[code] != known[code]),
        gone=len(known.keys() - given.keys()),
        led_from=len({code for term in taxonomy.terms for code in term.ours}),
        is_kept=before is None or as_items(before) != as_items(taxonomy),
    )


def _keep(key: str, taxonomy: Taxonomy | None, action: str, actor: Any) -> None:
    number = keep_version(
        f"{KEPT}{key}", kept_taxonomy(key).number, as_items(taxonomy) if taxonomy else (), actor
    )
    history.record(
        action, ("kept_list", f"{KEPT}{key}"), actor, details={"code": key, "version": number}
    )
