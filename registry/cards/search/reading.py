"""Reading the address of a search. What can be used is used; what cannot is left out, and the
person is told so in a sentence. Pure."""

import re
from collections.abc import Iterable
from typing import Protocol

from registry.cards.categories import category
from registry.cards.marks import languages, mark
from registry.cards.search.values import (
    COSTS,
    DAYS,
    FARTHEST,
    OLDEST,
    SORTS,
    TIMES,
    TYPED,
    VIEWS,
)
from registry.cards.words.plain import fold, query_words
from registry.geography.place_names import place_named
from registry.geography.places import format_postcode, normalise_half, normalise_postcode

LONGEST_QUESTION = 200
_LONGEST_LANGUAGE = 60
_MOST_VALUES = 200
_MOST_CHOSEN = 30
_LAST_PAGE = 1_000_000

_AGES = re.compile(r"(\d{1,3})(?:\s*(?:to|-|–|and)\s*(\d{1,3}))?(?:\s*(?:years?|yrs?)(?:\s+old)?)?")
_MONTHS = re.compile(r"(\d{1,2})\s*(?:months?|mths?)(?:\s+old)?")
_MILES = re.compile(r"(\d{1,3}(?:\.\d{1,2})?|\.\d{1,2})(?:\s*miles?)?")
_NUMBER = re.compile(r"\d+", re.ASCII)
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,119}")

_UNKNOWN = {
    "category": "We left out a kind of activity that we do not know.",
    "day": "We left out a day that we do not know.",
    "time": "We left out a time of day that we do not know.",
    "cost": "We left out a price that is not on our list.",
    "support": "We left out a kind of support that we do not know.",
    "access": "We left out something about the place that we do not know.",
    "language": "We left out a language, because its name is too long.",
    "sort": "We do not know that order, so the best fit is first.",
    "view": "We show a list. You can choose a list or a map.",
    "online": "We left out “online”, because we do not know what was meant.",
    "when": "We left out when, because we do not know what was meant.",
    "words": "We left out how to read the words, because we do not know what was meant.",
    "a": "We left out an activity that cannot be on a shortlist.",
}

Problems = dict[str, str]


class Query(Protocol):
    """The names and values of an address, a name perhaps more than once."""

    def getlist(self, key: str) -> list[str]:
        """Every value under this name."""


class Reading:
    """One reading of an address. `problems` says, by name, what could not be used."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self.problems: Problems = {}

    def question(self) -> str:
        """The words."""
        text = self._first("q")
        if text and not query_words(text):
            self.problems["q"] = "Use letters or numbers to say what they would like to do."
            return ""
        return text

    def postcode(self) -> str:
        """A whole postcode or its first half, as people write it."""
        text = self._first("postcode")
        known = normalise_postcode(text) or normalise_half(text)
        if text and not known and not place_named(text):
            self.problems["postcode"] = (
                f"We do not know “{_short(text)}”. Try a postcode, like WV10 0BB, or the first"
                " half of one, like WV10."
            )
        return format_postcode(known) if known else ""

    def place(self) -> str:
        """The name of a place, of either box."""
        text = self._first("place")
        named = place_named(text)
        if text and not named:
            self.problems["place"] = f"We do not know a place called “{_short(text)}”."
        named = named or place_named(self._first("postcode"))
        return named.name if named else ""

    def miles(self) -> float | None:
        """How far; None for any distance."""
        text = self._first("distance").lower().replace("½", ".5")
        if text in ("", "any"):
            return None
        read = _MILES.fullmatch(text) if text.isascii() else None
        if not read or not 0 < float(read[1]) <= FARTHEST:
            self.problems["distance"] = (
                f"We left out how far, because “{_short(text)}” is not a number of miles"
                f" up to {FARTHEST}."
            )
            return None
        return float(read[1])

    def categories(self) -> tuple[str, ...]:
        """Codes of kinds that there are, of either level. Whoever ticks a finer kind of one that
        is chosen wants the finer one."""
        known = self._known("category", (c for c in self._each("category") if category(c)))
        narrowed = {code.partition(".")[0] for code in known if "." in code}
        return tuple(code for code in known if code not in narrowed)

    def ages(self) -> tuple[int, ...]:
        """Every year of age, in order."""
        found: set[int] = set()
        for text in self._each("age"):
            for part in re.split(r"[,;&]", text.lower()):
                found |= self._ages_in(part.strip())
        return tuple(sorted(found))

    def days(self) -> tuple[int, ...]:
        """Days of the week, from Monday on."""
        told = [_day(text.lower()) for text in self._each("day")]
        if None in told:
            self.problems["day"] = _UNKNOWN["day"]
        return tuple(sorted({day for day in told if day is not None}))

    def times(self) -> tuple[str, ...]:
        """Times of day, in our order."""
        told = [text.lower().replace(" ", "-") for text in self._each("time")]
        self._known("time", (time for time in told if time in TIMES), told)
        return tuple(time for time in TIMES if time in told)

    def cost(self) -> str:
        """The most that it may cost."""
        return self._one_of("cost", COSTS)

    def marks(self, group: str) -> tuple[str, ...]:
        """Codes of marks of a group: `support` or `access`."""
        known = ((code, mark(code)) for code in self._each(group))
        return self._known(group, (code for code, one in known if one and one.group == group))

    def languages(self) -> tuple[str, ...]:
        """Names of languages, as our list writes those that are on it; clubs may type any other."""
        offered = {fold(name): name for name in languages()}
        told = (name for name in self._each("language") if len(name) <= _LONGEST_LANGUAGE)
        short = self._known("language", told)
        return tuple(dict.fromkeys(offered.get(fold(name), name) for name in short))

    def online(self) -> bool:
        """Whether only what is online will do."""
        return self._ticked("online", ("yes", "1", "on", "true"), ("no", "0", "off", "false"))

    def soon(self) -> bool:
        """Whether it has to be within the next seven days."""
        return self._ticked("when", ("week",), ("any",))

    def as_typed(self) -> bool:
        """Whether the words count just as they were typed."""
        return self._ticked("words", (TYPED,), ("any",)) and bool(self._first("q"))

    def sort(self) -> str:
        """The order, where one was chosen."""
        return self._one_of("sort", SORTS)

    def view(self) -> str:
        """List or map, where one was chosen."""
        return self._one_of("view", VIEWS)

    def chosen(self) -> tuple[str, ...]:
        """The slugs of what is on somebody's shortlist."""
        told = (slug for slug in self._each("a") if _SLUG.fullmatch(slug))
        return self._known("a", told)[:_MOST_CHOSEN]

    def page(self) -> int:
        """The number of the page, from 1 on."""
        text = self._first("page")
        if not _NUMBER.fullmatch(text):
            return 1
        return max(1, int(text) if len(text) <= len(str(_LAST_PAGE)) else _LAST_PAGE)

    def _ages_in(self, text: str) -> set[int]:
        if not text:
            return set()
        if text.isascii() and (read := _MONTHS.fullmatch(text)):
            return {int(read[1]) // 12}
        read = _AGES.fullmatch(text) if text.isascii() else None
        youngest, oldest = (int(read[1]), int(read[2] or read[1])) if read else (1, 0)
        if not youngest <= oldest <= OLDEST:
            self.problems["age"] = (
                f"We left out the age, because “{_short(text)}” is not a number of years"
                f" from 0 to {OLDEST}."
            )
            return set()
        return set(range(youngest, oldest + 1))

    def _first(self, name: str) -> str:
        return next(iter(self._each(name)), "")

    def _each(self, name: str) -> list[str]:
        """Every value that says something, once, and no more of them than anybody needs."""
        values = (_one_line(value) for value in self.query.getlist(name)[:_MOST_VALUES])
        return list(dict.fromkeys(value for value in values if value))

    def _known(
        self, name: str, usable: Iterable[str], told: list[str] | None = None
    ) -> tuple[str, ...]:
        """Those that can be used; the person is told if that is not all of them."""
        found = tuple(usable)
        if len(found) < len(self._each(name) if told is None else told):
            self.problems[name] = _UNKNOWN[name]
        return found

    def _one_of(self, name: str, values: tuple[str, ...]) -> str:
        text = self._first(name).lower().lstrip("£")
        if text and text not in values:
            self.problems[name] = _UNKNOWN[name]
        return text if text in values else ""

    def _ticked(self, name: str, yes: tuple[str, ...], no: tuple[str, ...]) -> bool:
        text = self._first(name).lower()
        if text and text not in (*yes, *no):
            self.problems[name] = _UNKNOWN[name]
        return text in yes


def typed(text: str) -> str:
    """What stands under a name, cut short and fit to be shown in its box again."""
    shown = "".join(letter for letter in text if letter.isprintable())
    return shown.strip()[:LONGEST_QUESTION]


def _day(text: str) -> int | None:
    """Monday, mon or 0; None for no day of the week."""
    if text in ("0", "1", "2", "3", "4", "5", "6"):
        return int(text)
    named = [n for n, name in enumerate(DAYS) if text in (name, name[:3])]
    return named[0] if named else None


def _one_line(text: str) -> str:
    spaced = "".join(letter if letter.isprintable() else " " for letter in text[:2000])
    return " ".join(spaced.split())[:LONGEST_QUESTION].strip()


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
