"""What somebody means by their words: mistakes forgiven, everyday words understood. Pure.

What a card says in the typed words always comes first. A word that some card has, or that people
use for something, is never changed. The answer says which words were taken for others, so that the
page can say so and offer to search for what was typed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from registry.cards.words.plain import (
    FILLERS,
    IT,
    MOST_QUERY_WORDS,
    SHORTEST_BEGINNING,
    QueryWord,
    fold,
    forms,
    split,
    stem,
)
from registry.cards.words.spelling import Vocabulary

__all__ = ["LONGEST_PHRASE", "Everyday", "Phrase", "Understood", "understand"]

Phrase = tuple[str, ...]

LONGEST_PHRASE = 5

_MOST_TYPED = 40
_MOST_WAYS = 6
_MOST_OF_ONE_PHRASE = 4

# An age has a box of its own: no card says “5 year old”.
_AGES = re.compile(
    r"\b(?:(?:age[sd]?|under)\s*)?\d{1,2}(?:\s*(?:to|-|–|and)\s*\d{1,2})?\s*(?:years?|yrs?|yo)\b"
    r"(?:[\s-]*olds?)?|\b(?:age[sd]?|under)\s*\d{1,2}s?\b"
)


@dataclass(frozen=True)
class Everyday:
    """What is known of words beside the register's own, ready to be asked. Pure.

    `means` is keyed by stems. A `phrase` is said as one thing, so that “music lessons” keeps its
    lessons. `said` are words that others may be taken for, and `known` those with some more that
    are right as they are. Equal to another of the same stamp.
    """

    stamp: str
    means: dict[Phrase, tuple[Phrase, ...]]
    phrases: frozenset[Phrase]
    said: frozenset[str]
    known: frozenset[str]
    stems: frozenset[str]
    every: frozenset[str]
    soft: frozenset[str]

    def __hash__(self) -> int:
        return hash(self.stamp)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Everyday) and other.stamp == self.stamp

    def knows(self, word: str) -> bool:
        """Whether this is a word that people use for something, spelt as it should be."""
        return word in self.known or stem(word) in self.stems


@dataclass(frozen=True)
class Understood:
    """What is looked for: every word of `words` must be met.

    `corrected` pairs what was typed with what it was taken for. `unknown` are words that no card
    has and that were taken for nothing else.
    """

    words: tuple[QueryWord, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Part:
    """One word, or words that are said as one thing, and the other ways to say it."""

    words: Phrase
    ways: tuple[Phrase, ...] = ()
    is_half: bool = False


def understand(
    text: str, everyday: Everyday, vocabulary: Vocabulary, *, as_typed: bool = False
) -> Understood:
    """What is meant by a text. `as_typed` takes no word for another."""
    folded = fold(text)
    typed = (split(_AGES.sub(" ", folded)) or split(folded))[:_MOST_TYPED]
    corrected = {} if as_typed else _corrections(typed, everyday, vocabulary)
    words = _with(corrected, typed)
    is_half = bool(words) and words[-1] == typed[-1]
    if "it" in words and not any(_says_something(word, everyday) for word in words):
        words = [IT if word == "it" else word for word in words]  # “it club” means computers
    parts = list(_parts(words, everyday, vocabulary, is_half))
    clauses = [clause for part in _that_say_most(parts, everyday) for clause in _clauses(part)]
    return Understood(
        words=tuple(dict.fromkeys(clauses))[:MOST_QUERY_WORDS],
        corrected=tuple(corrected.items()),
        unknown=tuple(_unknown(parts, everyday, vocabulary)),
    )


def _corrections(typed: list[str], everyday: Everyday, vocabulary: Vocabulary) -> dict[str, str]:
    """What was typed, word by word or as two words that are one, and what it was meant as."""
    found: dict[str, str] = {}
    place = 0
    while place < len(typed):
        word, pair = typed[place], typed[place : place + 2]
        is_last = place == len(typed) - 1
        if len(pair) == 2 and (joined := _in_one(pair, everyday, vocabulary)):
            found[" ".join(pair)] = joined
            place += 1
        elif better := _better(word, everyday, vocabulary, is_last):
            found[word] = " ".join(better)
        place += 1
    return found


def _with(corrected: dict[str, str], typed: list[str]) -> list[str]:
    words: list[str] = []
    place = 0
    while place < len(typed):
        pair = " ".join(typed[place : place + 2])
        if pair in corrected and " " in pair:
            words.append(corrected[pair])
            place += 1
        else:
            words += corrected.get(typed[place], typed[place]).split()
        place += 1
    return words


def _in_one(pair: list[str], everyday: Everyday, vocabulary: Vocabulary) -> str:
    """“Foot ball” is “football”: of the two at least one is on no card."""
    joined = "".join(pair)
    strange = (not vocabulary.has(one) for one in pair)
    is_ours = joined in everyday.known or vocabulary.has(joined)
    return joined if is_ours and any(strange) and tuple(pair) not in everyday.phrases else ""


def _says_something(word: str, everyday: Everyday) -> bool:
    return not (word in FILLERS or word in everyday.every or word in everyday.soft)


def _better(word: str, everyday: Everyday, vocabulary: Vocabulary, is_last: bool) -> Phrase:
    """What a word was meant as; nothing where it may stay as it is."""
    if not _says_something(word, everyday):
        return ()
    if whole := vocabulary.whole(word):
        return (whole,)
    if vocabulary.has(word) or everyday.knows(word):
        return ()
    if is_last and len(word) >= SHORTEST_BEGINNING and vocabulary.begins(word):
        # It may be half a word, or a whole one with a letter left out.
        nearest = vocabulary.nearest(word)
        return (nearest,) if nearest and abs(len(nearest) - len(word)) <= 1 else ()
    if nearest := vocabulary.nearest(word):
        return (nearest,)
    return vocabulary.in_two(word) or ()


def _parts(
    words: list[str], everyday: Everyday, vocabulary: Vocabulary, is_half: bool
) -> Iterable[_Part]:
    """The words in order, the longest phrase that is said as one thing first."""
    stems = [stem(word) for word in words]
    place = 0
    while place < len(words):
        length = _phrase_at(place, stems, everyday)
        if length == 1 and _as_one(tuple(words[place : place + 2]), vocabulary):
            length = 2
        said = tuple(words[place : place + length])
        told = tuple(word for word in said if word not in FILLERS)
        place += length
        if told:
            ways = everyday.means.get(tuple(stems[place - length : place]), ())
            ends = is_half and place == len(words) and not ways  # what is known is whole
            yield _Part(told, (*_as_one(said, vocabulary), *ways), ends)
        elif not any(word not in FILLERS for word in words):
            yield _Part(said)


def _phrase_at(place: int, stems: list[str], everyday: Everyday) -> int:
    """How many words from here are said as one thing."""
    for length in range(min(LONGEST_PHRASE, len(stems) - place), 1, -1):
        if tuple(stems[place : place + length]) in everyday.phrases:
            return length
    return 1


def _as_one(words: Phrase, vocabulary: Vocabulary) -> tuple[Phrase, ...]:
    """“Drop in” is also “dropin”, where a card says so."""
    joined = "".join(words)
    return ((joined,),) if len(words) == 2 and joined in vocabulary.cards else ()


def _that_say_most(parts: list[_Part], everyday: Everyday) -> list[_Part]:
    """Without words like “club” and “lessons” beside others; without “club” even alone."""
    weak = everyday.every | everyday.soft
    strong = [part for part in parts if len(part.words) > 1 or part.words[0] not in weak]
    if strong or not parts:
        return strong
    return [part for part in parts if part.words[0] not in everyday.every]


def _clauses(part: _Part) -> list[QueryWord]:
    """This part or any of its other ways, as words that must each be met.

    “Kung fu” or “martial arts”: each of the four pairs of one word of either is met.
    """
    ways = [part.words]
    for way in part.ways[:_MOST_WAYS]:
        told = tuple(word for word in way if word not in FILLERS) or way
        if _times([*ways, told]) <= _MOST_OF_ONE_PHRASE:
            ways.append(told)
    half = part.words[-1] if part.is_half and len(part.words[-1]) >= SHORTEST_BEGINNING else ""
    clauses = [_clause(choice, half) for choice in product(*ways)]
    return [one for one in clauses if not any(_is_wider(one, other) for other in clauses)]


def _clause(choice: Phrase, half: str) -> QueryWord:
    exact = forms(choice[0])
    also = (form for word in choice[1:] for form in forms(word) if form not in exact)
    return QueryWord(exact, half if half == choice[0] else "", tuple(dict.fromkeys(also)))


def _is_wider(one: QueryWord, other: QueryWord) -> bool:
    """Whether a clause asks nothing that the other does not ask already."""
    every, others = {*one.exact, *one.also}, {*other.exact, *other.also}
    return others < every and bool(one.beginning or not other.beginning)


def _times(ways: list[Phrase]) -> int:
    times = 1
    for way in ways:
        times *= len(way)
    return times


def _unknown(parts: list[_Part], everyday: Everyday, vocabulary: Vocabulary) -> Iterable[str]:
    weak = everyday.every | everyday.soft | FILLERS | {IT}
    for part in parts:
        for word in part.words:
            if word not in weak and not vocabulary.has(word) and not vocabulary.begins(word):
                yield word
