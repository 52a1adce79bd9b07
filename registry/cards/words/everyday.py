"""Everyday words: what people type, and which words of the register they mean by it.

A list that a council keeps; it begins with our content. It counts when somebody asks and not when
a card is made, so a new line is in force at once and no card has to be looked at again.
"""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from registry.cards.categories import kept_categories
from registry.cards.words.meaning import LONGEST_PHRASE, Everyday, Phrase
from registry.cards.words.plain import FILLERS, fold, split, stem
from registry.lists.items import Item, KeptItems
from registry.lists.standing import VERSIONS_AT_ONCE, standing

__all__ = ["KEY", "everyday", "kept_everyday_words", "phrases", "shipped_everyday_words"]

KEY = "everyday-words"
_CONTENT = Path(__file__).parents[1] / "content" / "everyday_words.toml"


def everyday() -> Everyday:
    """All of it as it stands: the council's words and the kinds of activity."""
    return _everyday(kept_everyday_words(), kept_categories())


def kept_everyday_words() -> KeptItems:
    """The list behind it: a line's label has the words, `means` what they mean."""
    return standing(KEY, shipped_everyday_words)


def shipped_everyday_words() -> Iterator[Item]:
    """The words that an installation starts with."""
    for words, means in _content().means.items():
        yield Item(_code_of(words), words, details={"means": means})


def phrases(text: str) -> list[Phrase]:
    """The words of each part of “drop in, dropin”. A hyphen makes one word of two."""
    parts = (_plain(part) for part in text.split(","))
    return [part for part in parts if part]


def _plain(text: str) -> Phrase:
    told = split(fold(text.replace("-", "").replace("‑", "")))
    return tuple(told)


def _code_of(words: str) -> str:
    """A code that stays with the line, whatever becomes of its words."""
    return hashlib.sha256(words.encode()).hexdigest()[:10]


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _everyday(kept: KeptItems, kinds: KeptItems) -> Everyday:
    means: dict[Phrase, dict[Phrase, None]] = {}
    said: set[str] = set()
    for line in kept.offered:
        meanings = phrases(line.details["means"])
        for typed in (*phrases(line.label), *_as_typed(line.label)):
            others = {one: None for one in meanings if one != typed}
            means.setdefault(_stems(typed), {}).update(others)
            said.update(typed)
        said.update(word for phrase in meanings for word in phrase)
    labels = [tuple(split(fold(kind.label))) for kind in kinds]
    said.update(word for label in labels for word in label)
    known = said | _content().known
    as_one = {*means, *(_stems(label) for label in labels)}
    return Everyday(
        stamp=f"{kept.number} {kept.stamp} {kinds.number} {kinds.stamp}",
        means={typed: tuple(others) for typed, others in means.items()},
        phrases=frozenset(one for one in as_one if 1 < len(one) <= LONGEST_PHRASE),
        said=frozenset(said),
        known=frozenset(known),
        stems=frozenset(stem(word) for word in known),
        every=_content().every,
        soft=_content().soft,
    )


def _as_typed(words: str) -> Iterable[Phrase]:
    """The parts with a hyphen as two words, as well: people type “drop in” and “drop-in”."""
    return [tuple(split(fold(part))) for part in words.split(",") if "-" in part]


def _stems(words: Phrase) -> Phrase:
    return tuple(stem(word) for word in words)


class _Content(NamedTuple):
    means: dict[str, str]
    every: frozenset[str]
    soft: frozenset[str]
    known: frozenset[str]


@cache
def _content() -> _Content:
    told = tomllib.loads(_CONTENT.read_text(encoding="utf-8"))
    words = told["words"]
    every, soft, known = (frozenset(words[name]) for name in ("every", "soft", "known"))
    return _Content(told["means"], every - FILLERS, soft, known)
