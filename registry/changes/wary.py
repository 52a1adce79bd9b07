"""Which words a club may put on its page at once, and which the council reads first. Pure.

Free text goes live at once, unless it holds an address, a telephone number or a link (the way in
for somebody who wants to lead children elsewhere), or a word that promises what the list never
says of a club.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["promise_words", "why_it_waits", "words_in"]

_CONTENT = Path(__file__).parent / "content" / "promise_words.txt"
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)
_STREET = re.compile(
    r"\b\d+\s?[a-z]?,?\s+(?:[\w'’.-]+\s+){1,3}"
    r"(?:road|rd|street|st|avenue|ave|lane|crescent|terrace|grove|gardens|square)\b",
    re.IGNORECASE,
)
# Everyday words when they are small: “5 children come close”, but “5 Mill Close”.
_NAMED_STREET = re.compile(
    r"\b\d+\s?[A-Za-z]?,?\s+(?:[A-Z][\w'’.-]*\s+){1,3}"
    r"(?:Close|Drive|Way|Court|Place|Row|Hill|Walk|Rise|View|Mews|Park|Green)\b"
)
_PHONE = re.compile(r"(?<![\w£])(?:\+\s?\d|0)(?:[\s().-]*\d){8,13}(?!\w)")
_MANY_DIGITS = re.compile(r"(?<![\d£])\d{6,}(?!\d)")
_LINK = re.compile(
    r"https?:|www\.|\S+@\S+|(?<!\w)@\w{2,}"
    r"|\b[\w-]{2,}\.(?:co|com|org|net|uk|info|io|me|app|club|online|site|shop|gov|ac|sch|eu|biz"
    r"|tv|link|page|live|ly|gg)\b",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
ADDRESS = "it holds an address"
PHONE = "it holds a telephone number"
LINK = "it holds a link or an email address"


def why_it_waits(value: Any) -> str:
    """Why the council reads these words first; nothing where they may go live at once."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", "\n".join(words_in(value))))
    if _LINK.search(text):
        return LINK
    if _POSTCODE.search(text) or _STREET.search(text) or _NAMED_STREET.search(text):
        return ADDRESS
    if _PHONE.search(text) or _MANY_DIGITS.search(text):
        return PHONE
    found = _promises().search(text)
    return f"it says “{found.group(0).lower()}”" if found else ""


def words_in(value: Any) -> Iterator[str]:
    """Every piece of text in a fact, however deep it lies."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from words_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from words_in(one)


@cache
def promise_words() -> tuple[str, ...]:
    """The words of the list."""
    lines = _CONTENT.read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def _promises() -> re.Pattern[str]:
    longest_first = sorted(promise_words(), key=len, reverse=True)
    words = "|".join(r"[\s-]+".join(map(re.escape, one.split())) for one in longest_first)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
