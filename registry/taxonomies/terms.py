"""What a taxonomy is made of. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from registry.lists.items import Item

LONGEST_KEY = 30


@dataclass(frozen=True)
class Term:
    """One term of a taxonomy.

    `code` is its own within the taxonomy, `parent` the code of the wider term. `uri` is its
    address where its keepers gave it one. `ours` are the codes of ours that lead to it: kinds of
    activity and points of support, access and cost.
    """

    taxonomy: str
    code: str
    name: str
    description: str = ""
    parent: str = ""
    uri: str = ""
    ours: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """What it is, for those who must be told something (Open Referral wants a description)."""
        return self.description or self.name


@dataclass(frozen=True, eq=False)
class Taxonomy:
    """A list of terms, wider ones before what they hold. `number` counts its versions; 0 is as it
    came along. `is_ours` is made of what clubs choose from, and no file changes it."""

    key: str
    name: str
    description: str
    terms: tuple[Term, ...]
    uri: str = ""
    number: int = 0
    is_ours: bool = False

    @property
    def told(self) -> str:
        """What it is, in words."""
        return self.description or self.name

    def find(self, code: str) -> Term | None:
        """The term of this code."""
        return self._by_code.get(code)

    @cached_property
    def led_to(self) -> Mapping[str, frozenset[Term]]:
        """For each code of ours, the terms that it leads to and those that hold them."""
        found: dict[str, set[Term]] = {}
        for term in self.terms:
            for code in term.ours:
                found.setdefault(code, set()).update((term, *self.above(term)))
        return {code: frozenset(terms) for code, terms in found.items()}

    @cached_property
    def _by_code(self) -> Mapping[str, Term]:
        return {one.code: one for one in self.terms}

    def above(self, term: Term) -> Iterator[Term]:
        """The terms that hold it, the nearest first."""
        while term.parent and (wider := self.find(term.parent)):
            yield wider
            term = wider

    def depth(self, term: Term) -> int:
        """How many terms are above it."""
        return sum(1 for _ in self.above(term))


def key_of(name: str) -> str:
    """The key of a taxonomy that is called so: “LGA services” is `lga-services`."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_KEY].strip("-")


def in_order(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Each term behind the one that holds it, otherwise as they were given."""
    below: dict[str, list[Term]] = {}
    for one in terms:
        below.setdefault(one.parent, []).append(one)
    found: list[Term] = []
    waiting = list(reversed(below.get("", [])))
    while waiting:
        found.append(one := waiting.pop())
        waiting += reversed(below.get(one.code, []))
    return tuple(found)


def as_items(taxonomy: Taxonomy) -> list[Item]:
    """As the council's lists keep it: the first line is the taxonomy itself, and has no code."""
    head = {"description": taxonomy.description, "uri": taxonomy.uri}
    return [Item("", taxonomy.name, details=head), *map(_as_item, taxonomy.terms)]


def from_items(key: str, number: int, items: Sequence[Item]) -> Taxonomy:
    """The taxonomy that was kept so."""
    head, *terms = items
    return Taxonomy(
        key,
        head.label,
        head.details["description"],
        tuple(_from_item(key, one) for one in terms),
        head.details["uri"],
        number,
    )


def _as_item(term: Term) -> Item:
    details = {"description": term.description, "uri": term.uri, "ours": list(term.ours)}
    return Item(term.code, term.name, term.parent, details=details)


def _from_item(key: str, item: Item) -> Term:
    known = item.details
    ours = tuple(known["ours"])
    return Term(key, item.code, item.label, known["description"], item.parent, known["uri"], ours)
