"""What is not on the register yet, held against what is (domain B.7).

Nothing is written by it: whoever takes records in reads first which of them may be here already.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select, tuple_

from registry.database import db
from registry.matching.models import Trait
from registry.matching.scoring import FILE, KINDS, NAME, alike_among, strength_of
from registry.matching.services import sketch

__all__ = ["Lookalike", "Names", "lookalikes"]

_AT_ONCE = 300

Known = Collection[tuple[str, str]]


@dataclass(frozen=True)
class Lookalike:
    """A record here that may be the same, with why."""

    organisation_id: int
    hits: tuple[str, ...]
    strength: str


@dataclass
class Names:
    """The names of every record, read once for a long list of others."""

    by_length: dict[int, dict[int, str]] = field(default_factory=dict)
    whose: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of_today(cls) -> "Names":
        """As they stand."""
        names = cls()
        rows = db.session.execute(
            select(Trait.id, Trait.organisation_id, Trait.value).where(Trait.kind == NAME)
        )
        for number, organisation_id, value in rows:
            names.by_length.setdefault(len(value), {})[number] = value
            names.whose[number] = organisation_id
        return names

    def alike(self, name: str) -> set[int]:
        """Whose names are like this one. Much longer and much shorter ones cannot be."""
        found: set[int] = set()
        for length in range(int(len(name) * 0.8), int(len(name) * 1.25) + 2):
            if there := self.by_length.get(length):
                found.update(self.whose[number] for number in alike_among(name, there))
        return found


def lookalikes(told: Mapping[str, Known], names: Names) -> dict[str, list[Lookalike]]:
    """For each of some that came from elsewhere, under its own key, the records here that have
    something in common with it: the strongest first. One with nothing in common is left out."""
    hits: dict[str, dict[int, set[str]]] = {key: defaultdict(set) for key in told}
    wanted: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, known in told.items():
        for kind, value in sketch(known):
            if kind == NAME:
                for organisation_id in names.alike(value):
                    hits[key][organisation_id].add(NAME)
            elif kind != FILE:
                wanted[kind, value].append(key)
    traits = sorted(wanted)
    for start in range(0, len(traits), _AT_ONCE):
        rows = db.session.execute(
            select(Trait.kind, Trait.value, Trait.organisation_id).where(
                tuple_(Trait.kind, Trait.value).in_(traits[start : start + _AT_ONCE])
            )
        )
        for kind, value, organisation_id in rows:
            for key in wanted[kind, value]:
                hits[key][organisation_id].add(kind)
    return {key: _in_order(found) for key, found in hits.items() if found}


def _in_order(found: Mapping[int, set[str]]) -> list[Lookalike]:
    said = [
        Lookalike(number, tuple(kind for kind in KINDS if kind in why), str(strength_of(why)))
        for number, why in found.items()
    ]
    return sorted(
        said,
        key=lambda one: (
            one.strength != "strong",
            -len(one.hits),
            KINDS.index(one.hits[0]),
            one.organisation_id,
        ),
    )
