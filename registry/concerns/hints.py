"""Words that hint at harm, however they are spelt. Pure.

Forgiving on purpose: a hint too many shows the numbers once more, one too few may cost a child.
"""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import OSA

from registry.cards.words.plain import fold, split, stem

__all__ = ["hints_at_harm"]

CONTENT = Path(__file__).parent / "content" / "harm_words.toml"
LONG_ENOUGH = 5  # a shorter word is too near to others for a slip of the pen to be told


class _Hints(NamedTuple):
    words: frozenset[str]
    roots: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    not_these: frozenset[str]
    not_phrases: tuple[tuple[str, ...], ...]


def hints_at_harm(text: str) -> bool:
    """Whether a text holds a word or a few words in a row that hint at harm."""
    hints = _content()
    told = [(word, stem(word)) for word in split(fold(text))]
    for phrase in hints.not_phrases:
        told = _without(phrase, told)
    if any(_places(phrase, told) for phrase in hints.phrases):
        return True
    return any(root in hints.roots or _is_nearly(word, root, hints) for word, root in told)


def _is_nearly(word: str, root: str, hints: _Hints) -> bool:
    """Whether it is one of the words with one slip of the pen: a letter more, less or swapped."""
    if word in hints.not_these or root in hints.not_these:
        return False
    return _is_one_slip_from(word, hints.words) or _is_one_slip_from(root, hints.roots)


def _is_one_slip_from(typed: str, words: frozenset[str]) -> bool:
    return len(typed) >= LONG_ENOUGH and any(
        len(one) >= LONG_ENOUGH and one[0] == typed[0] and OSA.distance(one, typed) <= 1
        for one in words
    )


def _places(phrase: Sequence[str], told: Sequence[tuple[str, str]]) -> list[int]:
    """Where the words of a phrase stand in a row, whatever their endings."""
    roots, size = [root for _, root in told], len(phrase)
    starts = range(len(roots) - size + 1)
    return [start for start in starts if tuple(roots[start : start + size]) == phrase]


def _without(phrase: Sequence[str], told: list[tuple[str, str]]) -> list[tuple[str, str]]:
    for start in reversed(_places(phrase, told)):
        del told[start : start + len(phrase)]
    return told


@cache
def _content() -> _Hints:
    read = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    words, phrases = _words_and_phrases(read["hints"])
    others, not_phrases = _words_and_phrases(read["not_these"])
    return _Hints(
        words=frozenset(words),
        roots=frozenset(map(stem, words)),
        phrases=phrases,
        not_these=frozenset(others | set(map(stem, others))),
        not_phrases=not_phrases,
    )


def _words_and_phrases(lines: Sequence[str]) -> tuple[set[str], tuple[tuple[str, ...], ...]]:
    told = [split(fold(line)) for line in lines]
    words = {line[0] for line in told if len(line) == 1}
    return words, tuple(tuple(map(stem, line)) for line in told if len(line) > 1)
