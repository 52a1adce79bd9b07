"""Which word of the register somebody meant who typed one that is not in it. Pure.

Careful before clever: the first sound must be the same, a short word is hardly ever taken for
another, and a word that is found as it was typed is never asked about.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract_iter

from registry.cards.words.plain import stem

__all__ = ["Vocabulary", "how_far", "sound"]

SHORTEST, LONGEST = 4, 24
_SHORTEST_PART = 3
_MOST_LIKELY = 5_000
_START = 3  # letters that all words of one stem have

# What a stem lacks that is no ending of its own: “footbal” and “danc”, but not “skate” or “camp”.
_ENDS_OF_WORDS = ("l", "e", "y", "ic", "ics")

_VOWELS = frozenset("aeiouy")
# Letters that are taken for each other by the ear.
_ALIKE = ("ckq", "scz", "gj", "fv", "mn", "dt", "bp", "wv")
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# How much each kind of mistake weighs.
_TWICE, _VOWEL, _LIKE, _SWAPPED, _SILENT, _LETTER, _NEIGHBOUR, _OTHER = (
    0.4, 0.6, 0.7, 0.7, 0.7, 1.0, 1.0, 1.5,
)  # fmt: skip
_VOWEL_LEFT_OUT = 0.8
_SAME_SOUND = 0.8
# How much may be wrong, by the letters of the shorter of the two words.
_MOST = {4: 0.8, 5: 1.0, 6: 1.6, 7: 1.6, 8: 2.0, 9: 2.0}
_MOST_OF_LONG = 2.4

_SOUNDS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("ph", "f"), ("^kn|^gn", "n"), ("^wr", "r"), ("^wh", "w"), ("^x", "s"), ("gh(?=t)", ""),
        ("sch(?=o)", "sk"), ("tch", "ch"), ("ck|q", "k"), ("c(?=[eiy])", "s"), ("c(?!h)", "k"),
        ("x", "ks"), ("g(?=[eiy])", "j"), ("z", "s"), ("v", "f"),
        ("[ae]y|ai|ay|ei", "e"), ("ee|ea|ie|y", "i"), ("oo|ou|ew|ue", "u"), ("au|aw", "o"),
        (r"(.)\1+", r"\1"), ("(?<=.)[ei]$", ""),
    )
)  # fmt: skip


class Vocabulary:
    """The words that cards are found by, with how many cards each finds, and words that people
    use for something (`known`), which are right even where no card has them."""

    def __init__(self, cards: Mapping[str, int], known: frozenset[str]) -> None:
        self.cards = cards
        self.known = known
        self._asked: dict[str, str | None] = {}

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(self.cards)

    @cached_property
    def _whole(self) -> dict[str, str]:
        return {stem(word): word for word in sorted(self.known, reverse=True)}

    @cached_property
    def _likely(self) -> list[str]:
        """The words that others are taken for: those that many cards have."""
        common = sorted(self.cards, key=lambda word: (-self.cards[word], word))[:_MOST_LIKELY]
        return [
            word
            for word in sorted({*common, *self.known})
            if SHORTEST <= len(word) <= LONGEST and word.isalpha() and word.isascii()
        ]

    @cached_property
    def _by_start(self) -> dict[str, list[str]]:
        return _grouped(self._likely, lambda word: word[:_START])

    @cached_property
    def _by_first(self) -> dict[str, list[str]]:
        return _grouped(self._likely, _first)

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        return _grouped(self._likely, sound)

    def has(self, word: str) -> bool:
        """Whether some card is found by this word."""
        return word in self.cards or stem(word) in self.cards

    def begins(self, beginning: str) -> bool:
        """Whether some word of a card begins so."""
        place = bisect_left(self._in_order, beginning)
        return place < len(self._in_order) and self._in_order[place].startswith(beginning)

    def whole(self, typed: str) -> str:
        """The word that people use where the typed one is only what is left of it without an
        ending, as “footbal” is of “football”; nothing for a word that is right as it is."""
        word = self._whole.get(typed, "")
        is_short = word.startswith(typed) and word[len(typed) :] in _ENDS_OF_WORDS
        return word if is_short and typed not in self.known else ""

    def nearest(self, typed: str) -> str | None:
        """The word that was most likely meant; None where none is near enough."""
        if typed not in self._asked:
            if len(self._asked) > 5_000:
                self._asked.clear()
            self._asked[typed] = self._find(typed)
        return self._asked[typed]

    def in_two(self, typed: str) -> tuple[str, str] | None:
        """Two words of cards that were typed as one: “dropin” is “drop in”."""
        if not 2 * _SHORTEST_PART - 1 <= len(typed) <= LONGEST:
            return None
        parts = ((typed[:n], typed[n:]) for n in range(_SHORTEST_PART, len(typed) - 1))
        whole = [pair for pair in parts if all(part in self.cards for part in pair)]
        return min(whole, key=lambda pair: (abs(len(pair[0]) - len(pair[1])), pair), default=None)

    def _find(self, typed: str) -> str | None:
        if not (SHORTEST <= len(typed) <= LONGEST and typed.isalpha() and typed.isascii()):
            return None
        best: tuple[float, bool, int, str] | None = None
        for word in self._near(typed):
            far = how_far(typed, word)
            if far > _allowed(typed, word, word in self.known):
                continue
            rank = (far, word not in self.known, -self.cards.get(word, 0), word)
            best = min(best, rank) if best else rank
        return self._said(best[3], typed) if best else None

    def _near(self, typed: str) -> Iterable[str]:
        """Words with the same first sound, or the first two letters the other way round, that a
        quick look does not rule out."""
        most = 2 if len(typed) < 9 else 3
        alike = dict.fromkeys(self._by_sound.get(sound(typed), ()))
        swapped = typed[1] + typed[0] + typed[2:]
        for start in dict.fromkeys((typed, swapped)):
            near = extract_iter(
                typed,
                self._by_first.get(_first(start), ()),
                scorer=DamerauLevenshtein.distance,
                score_cutoff=most,
            )
            for word, _, _ in near:
                if start is typed or word.startswith(swapped[:2]):
                    alike[word] = None
        return alike

    def _said(self, word: str, typed: str) -> str:
        """A word that can be shown: of those with one stem, not the bare stem itself, which may be
        no word at all (“danc”)."""
        alike = self._by_start[word[:_START]]
        family = [one for one in alike if stem(one) == stem(word)]
        whole = [one for one in family if one != stem(one) or one in self.known] or family
        return word if word in whole else min(whole, key=lambda one: (how_far(typed, one), one))


def _grouped(words: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for word in words:
        groups[key(word)].append(word)
    return groups


def how_far(typed: str, word: str) -> float:
    """How wrong the typed word is: less for what fingers and ears often mix up."""
    far = _weighed(typed, word)
    return min(far, _SAME_SOUND) if sound(typed) == sound(word) else far


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """Roughly how a word sounds: “gimnastics” is “gymnastics”, “foto” is “photo”."""
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return word


def _allowed(typed: str, word: str, is_known: bool) -> float:
    letters = min(len(typed), len(word))
    if letters < SHORTEST or (letters == SHORTEST and not is_known):
        return -1.0
    return _MOST.get(letters, _MOST_OF_LONG)


def _first(word: str) -> str:
    """What a word begins with, for the ear: one letter for each group of sounds."""
    start = sound(word)[:1] or word[:1]
    if start in _VOWELS:
        return "a"
    return {"c": "k", "s": "k", "j": "g", "v": "f"}.get(start, start)


def _weighed(typed: str, word: str) -> float:
    """Edit distance with swapped neighbours, each mistake by its weight."""
    before: list[float] = []
    row = [0.0]
    for place in range(len(word)):
        row.append(row[-1] + _one_more(word, place))
    for place, letter in enumerate(typed):
        now = [row[0] + _one_more(typed, place)]
        for other, wanted in enumerate(word):
            costs = [
                row[other] + _taken_for(letter, wanted),
                row[other + 1] + _one_more(typed, place),
                now[other] + _one_more(word, other),
            ]
            if place and other and letter == word[other - 1] and typed[place - 1] == wanted:
                costs.append(before[other - 1] + _SWAPPED)
            now.append(min(costs))
        before, row = row, now
    return row[-1]


def _one_more(word: str, place: int) -> float:
    """What a letter weighs that only one of the two words has."""
    letter = word[place]
    if place and word[place - 1] == letter:
        return _TWICE
    if letter in _VOWELS:
        return _VOWEL_LEFT_OUT
    return _SILENT if letter == "h" else _LETTER


@lru_cache(maxsize=2_000)
def _taken_for(letter: str, wanted: str) -> float:
    if letter == wanted:
        return 0.0
    if letter in _VOWELS and wanted in _VOWELS:
        return _VOWEL
    if any(letter in group and wanted in group for group in _ALIKE):
        return _LIKE
    return _NEIGHBOUR if _are_neighbours(letter, wanted) else _OTHER


def _are_neighbours(letter: str, wanted: str) -> bool:
    return any(
        f"{a}{b}" in row for row in _KEYBOARD for a, b in ((letter, wanted), (wanted, letter))
    )
