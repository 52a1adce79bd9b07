"""Which words a card is found by, and which words somebody asked for.

Pure. Both databases keep and are asked for exactly these plain words, so both find the same:
no search engine drops “IT” or “after”, and none stumbles over “children's” or “1:1”. Any text at
all is taken, and nothing here raises.
"""

import re
import threading
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import snowballstemmer

BroadKind = Callable[[str], str]

NAME, CATEGORY, DESCRIPTION = 0, 1, 2

LONGEST_WORD = 60
MOST_QUERY_WORDS = 12
_MOST_INDEXED_WORDS = 3_000
_LONGEST_TEXT = 40_000
_SHORTEST_BEGINNING = 3

_CONTENT = Path(__file__).parent / "content" / "synonyms.toml"

# People write whole sentences. These few say nothing about an activity; "it", "after" and "over"
# are not among them.
_FILLERS = frozenset(
    {"a", "an", "and", "at", "for", "i", "in", "is", "me", "my", "near", "of", "on", "or", "the"}
    | {"to", "with"}
)

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʹ`´＇", "'"))
_ACCENTS = re.compile("[\u0300-\u036f]")
_POSSESSIVE = re.compile(r"(?<=\w)'s\b")
_ONE_TO_ONE = re.compile(r"\b(?:1|one)\s*(?:[:\-‐‑–]|[\s\-‐‑–]*(?:to|2)[\s\-‐‑–]*)\s*(?:1|one)\b")
_PLUS = re.compile(r"(?<=\d)\s*(?:\+|plus\b)")
_JOINED = re.compile(r"\w+(?:[\-‐‑–]\w+)+")

_stemmer = snowballstemmer.stemmer("english")
_one_at_a_time = threading.Lock()


class QueryWord(NamedTuple):
    """One word that was asked for: it is met by any of `exact`, or by a word that begins so."""

    exact: tuple[str, ...]
    beginning: str = ""


def fold(text: str) -> str:
    """The text in small letters, without accents or apostrophes, and as one spells it here.

    “Children’s” is “children”, “1:1” and “one to one” are “1to1”, “11+” is “11plus”.
    """
    plain = unicodedata.normalize("NFKD", text[:_LONGEST_TEXT].translate(_APOSTROPHES))
    small = _ACCENTS.sub("", plain).casefold()
    unowned = _POSSESSIVE.sub("", small).replace("'", "")
    return _PLUS.sub("plus", _ONE_TO_ONE.sub("1to1", unowned))


def split(folded: str) -> list[str]:
    """The words of a folded text, in order: runs of letters, digits and their marks."""
    spaced = "".join(letter if _is_of_a_word(letter) else " " for letter in folded)
    return [word[:LONGEST_WORD] for word in spaced.split()]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What is left of an English word without its ending: “swimming” and “swims” are “swim”."""
    # The stemmer keeps its place in the word in itself, so two threads may not use it at once.
    with _one_at_a_time:
        stemmed: str = _stemmer.stemWord(word)
    return stemmed[:LONGEST_WORD] or word


def index_words(document: Mapping[str, Any], broad_kind: BroadKind = str) -> dict[str, int]:
    """Every word that finds this card, with how near the heart of the card it stands.

    `broad_kind` gives the words of the first-level kind that a code belongs to.
    """
    found: dict[str, int] = {}
    for tier, text in _texts(document, broad_kind):
        for word in _words_of(text):
            _add(found, word, tier)
        for word in _also(text):
            _add(found, word, max(tier, CATEGORY))
    for word in _synonyms().every:
        _add(found, word, DESCRIPTION)
    return dict(list(found.items())[:_MOST_INDEXED_WORDS])


def query_words(text: str) -> tuple[QueryWord, ...]:
    """What somebody asked for: every word must be met, the last one may be half a word."""
    typed = list(dict.fromkeys(split(fold(text))))
    told = [word for word in typed if word not in _FILLERS] or typed
    asked = told[:MOST_QUERY_WORDS]
    words = [QueryWord(tuple(dict.fromkeys((word, stem(word))))) for word in asked]
    if asked and len(asked[-1]) >= _SHORTEST_BEGINNING:
        words[-1] = words[-1]._replace(beginning=asked[-1])
    return tuple(words)


def _add(found: dict[str, int], word: str, tier: int) -> None:
    for form in (word, stem(word)):
        found[form] = min(tier, found.get(form, tier))


def _words_of(text: str) -> Iterator[str]:
    """Each word, and for “drop-in” also “dropin”."""
    folded = fold(text)
    yield from split(folded)
    for joined in _JOINED.findall(folded):
        yield "".join(split(joined))[:LONGEST_WORD]


def _also(text: str) -> Iterator[str]:
    """The words that mean the same as some of this text; “martial arts” says nothing of art."""
    stems = [stem(word) for word in split(fold(text))]
    synonyms = _synonyms()
    start = 0
    while start < len(stems):
        lengths = range(synonyms.longest, 0, -1)
        phrases = (tuple(stems[start : start + length]) for length in lengths)
        known = next((phrase for phrase in phrases if phrase in synonyms.also), ())
        yield from synonyms.also.get(known, ())
        start += len(known) or 1


def _texts(document: Mapping[str, Any], broad_kind: BroadKind) -> Iterator[tuple[int, str]]:
    """What a card says, each with its tier. A part that is not there says nothing."""
    yield NAME, _text(document, "name")
    for category in document.get("categories") or ():
        yield CATEGORY, _text(category, "label")
        yield CATEGORY, broad_kind(_text(category, "code"))
    for key in ("summary", "description", "bring"):
        yield DESCRIPTION, _text(document, key)
    for key in ("name", "national_body"):
        yield DESCRIPTION, _text(document.get("organisation"), key)
    for venue in (document.get("venue"), *(document.get("also_at") or ())):
        for key in ("name", "ward", "area_label", "postcode"):
            yield DESCRIPTION, _text(venue, key)
        if isinstance(venue, Mapping):
            yield DESCRIPTION, " ".join(str(line) for line in venue.get("address_lines") or ())
            yield DESCRIPTION, "online" if venue.get("online") else ""
    yield DESCRIPTION, " ".join(str(language) for language in document.get("languages") or ())
    for mark in (*(document.get("support") or ()), *(document.get("access") or ())):
        if mark.get("answer") == "yes":
            yield DESCRIPTION, _text(mark, "label")


def _text(record: Any, key: str) -> str:
    return str(record.get(key) or "") if isinstance(record, Mapping) else ""


def _is_of_a_word(letter: str) -> bool:
    """A letter, a digit or a mark that belongs to one; never half a surrogate pair."""
    return unicodedata.category(letter)[0] in "LNM"


class _Synonyms(NamedTuple):
    also: dict[tuple[str, ...], tuple[str, ...]]
    longest: int
    every: tuple[str, ...]


@cache
def _synonyms() -> _Synonyms:
    content = tomllib.loads(_CONTENT.read_text(encoding="utf-8"))
    also = {_stems(phrase): _words_in(others) for phrase, others in content["also"].items()}
    return _Synonyms(also, max(map(len, also)), _words_in(content["every"]))


def _stems(phrase: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in split(fold(phrase)))


def _words_in(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for phrase in phrases for word in split(fold(phrase))))
