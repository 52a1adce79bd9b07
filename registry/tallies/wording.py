"""Which words of a question may be noted at all. Pure."""

import re

__all__ = ["plain_words"]

MOST_WORDS = 6
SHORTEST, LONGEST = 3, 30
_LONGEST_TEXT = 200
_WORD = re.compile(r"[^\W_]+")


def plain_words(text: str) -> tuple[str, ...]:
    """The words of letters alone. Where there is a digit or an @ anywhere in the question, none:
    it may be a postcode, a telephone number or an address."""
    told = text[:_LONGEST_TEXT].casefold().replace("’", "").replace("'", "")
    if "@" in told or any(letter.isdigit() for letter in text):
        return ()
    words = [word for word in _WORD.findall(told) if SHORTEST <= len(word) <= LONGEST]
    return tuple(dict.fromkeys(words)) if len(words) <= MOST_WORDS else ()
