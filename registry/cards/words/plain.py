"""Which words a card is found by, and how any text becomes plain words.

Pure. Both databases keep and are asked for exactly these plain words, so both find the same:
no search engine drops “IT” or “after”, and none stumbles over “children's” or “1:1”. Any text at
all is taken, and nothing here raises. What somebody meant by their words is in `meaning.py`.
"""

import re
import threading
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import snowballstemmer

from registry.cards.record import part_of_day

BroadKind = Callable[[str], str]

NAME, CATEGORY, DESCRIPTION = 0, 1, 2

LONGEST_WORD = 60
MOST_QUERY_WORDS = 12
_MOST_INDEXED_WORDS = 3_000
_LONGEST_TEXT = 40_000
_LINE = 100
SHORTEST_BEGINNING = 3

# People write whole sentences. These few say nothing about an activity; "after" and "over" are not
# among them. “IT” in capitals is a word of its own, `IT`.
FILLERS = frozenset(
    {
        "a",
        "an",
        "and",
        "at",
        "for",
        "i",
        "in",
        "is",
        "it",
        "me",
        "my",
        "near",
        "of",
        "on",
        "or",
        "the",
    }
    | {"to", "with"}
)

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʹ`´＇", "'"))
_ACCENTS = re.compile("[\u0300-\u036f]")
_POSSESSIVE = re.compile(r"(?<=\w)'s\b")
_ONE_TO_ONE = re.compile(r"\b(?:1|one)\s*(?:[:\-‐‑–]|[\s\-‐‑–]*(?:to|2)[\s\-‐‑–]*)\s*(?:1|one)\b")
_PLUS = re.compile(r"(?<=\d)\s*(?:\+|plus\b)")
# “Martial arts” is no art: whoever looks for art is not shown judo.
IT = "infotech"
_IT = re.compile(r"\bI\.?T\b\.?")
_MARTIAL_ARTS = re.compile(r"\bmartial[\s\-‐‑–]+arts?\b")
# E-sports are no sport: whoever looks for sport is not shown video games.
_E_SPORTS = re.compile(r"\be[\s\-‐‑–]?sports?\b")
_PLAIN = re.compile("[a-zA-Z0-9]+")
_JOINED = re.compile(r"\w+(?:[\-‐‑–]\w+)+")

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SATURDAY = 5
_COST_WORDS = {"free": "free", "donation": "free", "haf": "free haf"}

_stemmer = snowballstemmer.stemmer("english")
_one_at_a_time = threading.Lock()


class QueryWord(NamedTuple):
    """One word that was asked for: it is met by any of `exact`, by a word that begins with
    `beginning`, or by any of `also`, which mean the same and never fit better than a category."""

    exact: tuple[str, ...]
    beginning: str = ""
    also: tuple[str, ...] = ()


def fold(text: str) -> str:
    """The text in small letters, without accents or apostrophes, and as one spells it here.

    “Children’s” is “children”, “1:1” and “one to one” are “1to1”, “11+” is “11plus”.
    """
    said = text[:_LONGEST_TEXT]
    # Most texts have none of what takes time to look for.
    if "T" in said:
        said = _IT.sub(IT, said)
    said = said.translate(_APOSTROPHES)
    if not said.isascii():
        said = _ACCENTS.sub("", unicodedata.normalize("NFKD", said))
    small = said.casefold()
    if "'" in small:
        small = _POSSESSIVE.sub("", small).replace("'", "")
    if "1" in small or "one" in small:
        small = _ONE_TO_ONE.sub("1to1", small)
    if "+" in small or "plus" in small:
        small = _PLUS.sub("plus", small)
    if "sport" in small:
        small = _E_SPORTS.sub("esports", small)
    return _MARTIAL_ARTS.sub("martial martialarts", small) if "martial" in small else small


def split(folded: str) -> list[str]:
    """The words of a folded text, in order: runs of letters, digits and their marks."""
    if folded.isascii():
        return [word[:LONGEST_WORD] for word in _PLAIN.findall(folded)]
    spaced = "".join(letter if _is_of_a_word(letter) else " " for letter in folded)
    return [word[:LONGEST_WORD] for word in spaced.split()]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What is left of an English word without its ending: “swimming” and “swims” are “swim”."""
    # The stemmer keeps its place in the word in itself, so two threads may not use it at once.
    with _one_at_a_time:
        stemmed: str = _stemmer.stemWord(word)
    return stemmed[:LONGEST_WORD] or word


@lru_cache(maxsize=50_000)
def forms(word: str) -> tuple[str, ...]:
    """A word as it is said and without its ending: a card is found by both."""
    return tuple(dict.fromkeys((word, stem(word))))


def index_words(document: Mapping[str, Any], broad_kind: BroadKind = str) -> dict[str, int]:
    """Every word that finds this card, with how near the heart of the card it stands.

    `broad_kind` gives the words of the first-level kind that a code belongs to.
    """
    found: dict[str, int] = {}
    for tier, text in _texts(document, broad_kind):
        # What many cards say alike, such as a kind or a part of the city, is taken apart once.
        words = _words_of_a_line(text) if len(text) <= _LINE else _every_form(text)
        for word in words:
            if found.get(word, LONGEST_WORD) > tier:
                found[word] = tier
    return dict(list(found.items())[:_MOST_INDEXED_WORDS])


def query_words(text: str) -> tuple[QueryWord, ...]:
    """The words of a question just as they were typed, without what they could mean.

    Every one must be met, the last may be half a word.
    """
    typed = list(dict.fromkeys(split(fold(text))))
    told = [word for word in typed if word not in FILLERS] or typed
    words = [QueryWord(forms(word)) for word in told[:MOST_QUERY_WORDS]]
    if words and len(words[-1].exact[0]) >= SHORTEST_BEGINNING:
        words[-1] = words[-1]._replace(beginning=words[-1].exact[0])
    return tuple(words)


@lru_cache(maxsize=20_000)
def _words_of_a_line(text: str) -> tuple[str, ...]:
    return _every_form(text)


def _every_form(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for word in _words_of(text) for form in forms(word)))


def _words_of(text: str) -> Iterator[str]:
    """Each word, and for “drop-in” also “dropin”."""
    folded = fold(text)
    yield from split(folded)
    if folded.isascii() and "-" not in folded and "_" not in folded:
        return
    for joined in _JOINED.findall(folded):
        yield "".join(split(joined))[:LONGEST_WORD]


def _texts(document: Mapping[str, Any], broad_kind: BroadKind) -> Iterator[tuple[int, str]]:
    """What a card says, each with its tier. A part that is not there says nothing."""
    yield NAME, _text(document, "name")
    for category in document.get("categories") or ():
        yield CATEGORY, _text(category, "label")
        yield DESCRIPTION, broad_kind(_text(category, "code"))
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
    yield DESCRIPTION, " ".join(_when(document))
    yield DESCRIPTION, _COST_WORDS.get(_text(document.get("cost"), "kind"), "")


def _text(record: Any, key: str) -> str:
    return str(record.get(key) or "") if isinstance(record, Mapping) else ""


def _is_of_a_word(letter: str) -> bool:
    """A letter, a digit or a mark that belongs to one; never half a surrogate pair."""
    return unicodedata.category(letter)[0] in "LNM"


def _when(document: Mapping[str, Any]) -> list[str]:
    """The days and the parts of the day on which it happens, as people type them."""
    told: dict[str, None] = {}
    for session in document.get("sessions") or ():
        days = list(session.get("days") or ())
        days += [date.fromisoformat(one).weekday() for one in session.get("dates") or ()]
        start = str(session.get("start") or "")
        for day in days:
            part = session.get("part_of_day") or part_of_day(day, start)
            told |= dict.fromkeys((_DAYS[day], "weekend" if day >= _SATURDAY else "", part))
    return list(told)
