"""Which activities of the OpenActive Activity List a card stands for. Pure.

Our own kinds are broader than that list here and finer there: the content says what each stands
for, and which words in a name say it more exactly.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LIST = "https://openactive.io/activity-list"
_CONTENT = Path(__file__).parent / "content" / "activities.toml"


@dataclass(frozen=True)
class Concept:
    """One activity of the list."""

    number: str
    label: str

    def as_thing(self) -> dict[str, str]:
        """It as feeds have it."""
        return {
            "@type": "Concept",
            "@id": f"{LIST}#{self.number}",
            "prefLabel": self.label,
            "inScheme": LIST,
        }


@dataclass(frozen=True)
class Kind:
    """What one of our kinds stands for: the whole of it, and words in a name, longest first."""

    whole: Concept | None
    words: tuple[tuple[str, Concept], ...]

    def concept_in(self, name: str) -> Concept | None:
        """What an activity of this kind and of that name is."""
        said = f" {_plain(name)} "
        return next((one for words, one in self.words if f" {words} " in said), self.whole)


def concepts_of(document: Mapping[str, Any]) -> list[Concept]:
    """The activities of the list that a card stands for, its main kind first; perhaps none."""
    return list(dict.fromkeys(_concepts(document)))


def _concepts(document: Mapping[str, Any]) -> Iterator[Concept]:
    known = kinds()
    for category in document.get("categories") or ():
        kind = known.get(category["code"])
        if kind and (concept := kind.concept_in(document["name"])):
            yield concept


@cache
def kinds() -> dict[str, Kind]:
    """Our kinds that the list has a word for, by their codes."""
    content = tomllib.loads(_CONTENT.read_text(encoding="utf-8"))
    concepts = {label: Concept(number, label) for label, number in content["concepts"].items()}
    return {code: _kind(given, concepts) for code, given in content["kinds"].items()}


def _kind(given: Mapping[str, Any], concepts: Mapping[str, Concept]) -> Kind:
    words = sorted((given.get("words") or {}).items(), key=lambda pair: (-len(pair[0]), pair[0]))
    whole = concepts[given["is"]] if "is" in given else None
    return Kind(whole, tuple((_plain(said), concepts[label]) for said, label in words))


def _plain(text: str) -> str:
    """Words with single spaces between them: “Ju-Jitsu (juniors)” is “ju jitsu juniors”."""
    return " ".join(re.findall(r"\w+", text.casefold()))
