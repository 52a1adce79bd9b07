"""The terms of every taxonomy as they are told: worked out once, until one of them changes."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from registry.cards.facts import codes_of
from registry.opendata.identifiers import identifier_in
from registry.opendata.oruk.saying import told
from registry.taxonomies.queries import terms_of
from registry.taxonomies.terms import Taxonomy, Term

_NONE: frozenset[int] = frozenset()


class Vocabulary:
    """Every taxonomy of an installation. What it gives is never to be changed."""

    def __init__(self, authority_code: str, base: str, every: tuple[Taxonomy, ...]) -> None:
        self.authority_code, self.base, self.every = authority_code, base, every
        self.terms = [term for one in every for term in one.terms]
        self.ids = {term: _id(authority_code, term) for term in self.terms}
        self.by_id = {number: term for term, number in self.ids.items()}
        self.taxonomies = {identifier_in(authority_code, "taxonomy", one.key): one for one in every}
        self.taxonomy_ids = {one.key: number for number, one in self.taxonomies.items()}
        self.things = {
            term: self._thing(taxonomy, term) for taxonomy in every for term in taxonomy.terms
        }
        self._numbers = {term: number for number, term in enumerate(self.terms)}
        self._led_to = self._leading()
        self._of_ages: dict[tuple[int, int], frozenset[int]] = {}
        # How an attribute with a term goes out, after its own id: by the number of the term.
        self.as_sent: dict[int, tuple[int, bytes]] = {}

    def of(self, document: Mapping[str, Any]) -> list[Term]:
        """The terms that a card has."""
        return [self.terms[number] for number in self.numbers_of(document)]

    def numbers_of(self, document: Mapping[str, Any]) -> list[int]:
        """The numbers of the terms that a card has: what `terms_of` says, quick for many cards."""
        found: set[int] = set()
        for code in codes_of(document):
            found |= self._led_to.get(code, _NONE)
        if ages := document.get("ages"):
            found |= self._of_age(ages["min_months"], ages["max_months"])
        return sorted(found)

    def taxonomy_of(self, term: Term) -> Taxonomy:
        """The list that a term is in."""
        return self.taxonomies[self.taxonomy_ids[term.taxonomy]]

    def _of_age(self, youngest: int, oldest: int) -> frozenset[int]:
        if (youngest, oldest) not in self._of_ages:
            ages = {"min_months": youngest, "max_months": oldest}
            found = terms_of({"categories": (), "ages": ages})
            self._of_ages[youngest, oldest] = frozenset(self._numbers[one] for one in found)
        return self._of_ages[youngest, oldest]

    def _leading(self) -> dict[str, frozenset[int]]:
        found: dict[str, frozenset[int]] = {}
        for one in self.every:
            for code, terms in one.led_to.items():
                found[code] = found.get(code, _NONE) | {self._numbers[term] for term in terms}
        return found

    def _thing(self, taxonomy: Taxonomy, term: Term) -> dict[str, Any]:
        parent = taxonomy.find(term.parent) if term.parent else None
        return told(
            id=self.ids[term],
            name=term.name,
            description=term.told,
            parent_id=self.ids[parent] if parent else None,
            taxonomy=taxonomy.name,
            taxonomy_id=self.taxonomy_ids[taxonomy.key],
            term_uri=term.uri or f"{self.base}/taxonomy_terms/{self.ids[term]}",
            code=term.code,
        )


@lru_cache(maxsize=4)
def vocabulary(authority_code: str, base: str, every: tuple[Taxonomy, ...]) -> Vocabulary:
    """The vocabulary of these taxonomies, which are others as soon as one of them changes."""
    return Vocabulary(authority_code, base, every)


def _id(authority_code: str, term: Term) -> str:
    return identifier_in(authority_code, "taxonomy_term", term.taxonomy, term.code)
