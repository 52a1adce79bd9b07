"""What a parent asks the directory for, as it stands in an address. Pure.

Anything at all may stand in an address. What can be used is used; what cannot is left out, and
the person is told so in a sentence.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol
from urllib.parse import urlencode

from registry.directory.categories import category
from registry.directory.words import query_words
from registry.geography.places import format_postcode, normalise_half, normalise_postcode

PATH = "/activities"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
OLDEST = 25
FARTHEST = 30
_LONGEST_QUESTION = 200
_MOST_VALUES = 200
_LAST_PAGE = 1_000_000

_AGES = re.compile(r"(\d{1,3})(?:\s*(?:to|-|–|and)\s*(\d{1,3}))?(?:\s*(?:years?|yrs?)(?:\s+old)?)?")
_MONTHS = re.compile(r"(\d{1,2})\s*(?:months?|mths?)(?:\s+old)?")
_MILES = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)(?:\s*miles?)?")
_NUMBER = re.compile(r"\d+", re.ASCII)

Problems = dict[str, str]


class Query(Protocol):
    """The names and values of an address, a name perhaps more than once."""

    def getlist(self, key: str) -> list[str]:
        """Every value under this name."""


@dataclass(frozen=True)
class SearchRequest:
    """What was asked for. Nothing under a name means: that does not matter.

    `postcode` is whole or the first half, as people write it; `miles` counts from there.
    `ages` are years, any of them; `categories` and `days` (Monday is 0) too.
    """

    q: str = ""
    postcode: str = ""
    miles: float | None = None
    categories: tuple[str, ...] = ()
    ages: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    page: int = 1

    @classmethod
    def from_query(cls, query: Query) -> tuple["SearchRequest", Problems]:
        """The request in an address, and what could not be used, by name."""
        reading = _Reading(query)
        request = cls(
            q=reading.question(),
            postcode=reading.postcode(),
            miles=reading.miles(),
            categories=reading.categories(),
            ages=reading.ages(),
            days=reading.days(),
            page=reading.page(),
        )
        if request.miles is not None and not request.postcode:
            if "postcode" not in reading.problems:
                reading.problems["distance"] = "Type a postcode, so that we know where from."
            request = replace(request, miles=None)
        return request, reading.problems

    @property
    def asks_for_nothing(self) -> bool:
        """Whether everything that is listed fits."""
        return replace(self, page=1) == SearchRequest()

    def changed(self, **changes: Any) -> "SearchRequest":
        """Another request, from its first page."""
        return replace(self, **{"page": 1, **changes})

    def address(self) -> str:
        """Where this request's results are."""
        pairs = self.pairs()
        return f"{PATH}?{urlencode(pairs)}" if pairs else PATH

    def pairs(self, *, without: Iterable[str] = ()) -> list[tuple[str, str]]:
        """The names and values of the address, in one fixed order."""
        told: list[tuple[str, str]] = [
            ("q", self.q),
            ("postcode", self.postcode),
            ("distance", "" if self.miles is None else f"{self.miles:g}"),
            *(("category", code) for code in self.categories),
            ("age", ages_in_words(self.ages)),
            *(("day", DAYS[day]) for day in self.days),
            ("page", str(self.page) if self.page > 1 else ""),
        ]
        left_out = set(without)
        return [(name, value) for name, value in told if value and name not in left_out]


def ages_in_words(ages: Iterable[int]) -> str:
    """“8”, “11 to 17” or “3, 8 to 10”: what the age box says, and can read again."""
    runs: list[tuple[int, int]] = []
    for age in sorted(set(ages)):
        if runs and age == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], age)
        else:
            runs.append((age, age))
    return ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in runs)


def typed(query: Mapping[str, str], name: str) -> str:
    """What stands under a name, cut short and fit to be shown in its box again."""
    text = "".join(letter for letter in query.get(name, "") if letter.isprintable())
    return text.strip()[:_LONGEST_QUESTION]


class _Reading:
    """One reading of an address."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self.problems: Problems = {}

    def question(self) -> str:
        text = self._first("q")
        if text and not query_words(text):
            self.problems["q"] = "Use letters or numbers to say what they would like to do."
            return ""
        return text

    def postcode(self) -> str:
        text = self._first("postcode")
        known = normalise_postcode(text) or normalise_half(text)
        if text and not known:
            self.problems["postcode"] = (
                "Type a whole postcode, like WV10 0BB, or its first half, like WV10."
                f" You put “{_short(text)}”."
            )
        return format_postcode(known) if known else ""

    def miles(self) -> float | None:
        text = self._first("distance").lower()
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
        return tuple(c for c in self._each("category") if category(c) or self._left_out("category"))

    def ages(self) -> tuple[int, ...]:
        found: set[int] = set()
        for text in self._each("age"):
            for part in re.split(r"[,;&]", text.lower()):
                found |= self._ages_in(part.strip())
        return tuple(sorted(found))

    def days(self) -> tuple[int, ...]:
        found = set()
        for text in self._each("day"):
            day = _day(text.lower())
            if day is None:
                self._left_out("day")
            else:
                found.add(day)
        return tuple(sorted(found))

    def page(self) -> int:
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

    def _left_out(self, name: str) -> bool:
        what = {"category": "kind of activity", "day": "day"}[name]
        self.problems[name] = f"We left out a {what} that we do not know."
        return False


def _day(text: str) -> int | None:
    """Monday, mon or 0; None for no day of the week."""
    if text in ("0", "1", "2", "3", "4", "5", "6"):
        return int(text)
    named = [n for n, name in enumerate(DAYS) if text in (name, name[:3])]
    return named[0] if named else None


def _one_line(text: str) -> str:
    spaced = "".join(letter if letter.isprintable() else " " for letter in text[:2000])
    return " ".join(spaced.split())[:_LONGEST_QUESTION].strip()


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
