"""How hard a text is to read, so that no question is put in words that shut people out."""

import re

__all__ = ["reading_grade"]

_SENTENCE_END = re.compile(r"[.!?:]+(?:\s|$)")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_VOWELS = re.compile(r"[aeiouy]+")


def reading_grade(text: str) -> float:
    """The Flesch–Kincaid grade of a text, roughly: counters of syllables differ. 0 for no words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    """How many syllables a word has, counted by its groups of vowels."""
    if len(word) > 1 and word.isupper():
        return len(word)  # letters said one by one, as in DBS
    plain = word.lower().removesuffix("'s").removesuffix("’s")
    count = len(_VOWELS.findall(plain))
    if plain.endswith("e") and not plain.endswith("le") and count > 1:
        count -= 1
    return max(1, count)
