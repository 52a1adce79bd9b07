"""The council's calendar of school terms: which days are term time, and which holiday a day is in.

The same for every club: schools that set dates of their own are not in it. It begins with our
content (`content/school_terms.toml`); `council_terms` knows what the council made of that. Pure.
A day outside the calendar is in no season at all, and nobody guesses.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path

TERM, ALL_YEAR, HOLIDAYS = "term", "all_year", "holidays"
BREAKS = ("half_term", "christmas", "easter", "summer")
SEASONS = (TERM, "half_term", "easter", "summer", "christmas", HOLIDAYS, ALL_YEAR)

_CONTENT = Path(__file__).parent / "content" / "school_terms.toml"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class TermBlock:
    """School days from `first` to `last`, without a break; `then` names the holiday after it."""

    first: date
    last: date
    then: str


@dataclass(frozen=True)
class SchoolCalendar:
    """Blocks of term in order, with a holiday between each and the next.

    A holiday begins on the day after the last school day, so it has the weekends at both its
    ends. What comes after the last block is not known yet.
    """

    blocks: tuple[TermBlock, ...]

    @property
    def first(self) -> date:
        """The first day that it knows."""
        return self.blocks[0].first

    @property
    def last(self) -> date:
        """The last day that it knows."""
        return self.blocks[-1].last

    def season_of(self, day: date) -> str | None:
        """“term”, or the name of the holiday; None for a day that the calendar does not know."""
        if not self.first <= day <= self.last:
            return None
        block = self.blocks[bisect_right(self._firsts, day) - 1]
        return TERM if day <= block.last else block.then

    def is_in(self, season: str, day: date) -> bool:
        """Whether a day is in a season. Every day is in “all year”."""
        if season == ALL_YEAR:
            return True
        found = self.season_of(day)
        return found in BREAKS if season == HOLIDAYS else found == season

    def spans(self, season: str, first: date, last: date) -> Iterator[tuple[date, date]]:
        """The unbroken runs of days of a season between two days, both included."""
        if season == ALL_YEAR:
            yield first, last
            return
        for begins, ends, name in self._stretches():
            wanted = name in BREAKS if season == HOLIDAYS else name == season
            if wanted and begins <= last and ends >= first:
                yield max(begins, first), min(ends, last)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Reckoned once: what is remembered of a calendar is looked up by it for every card.
        return hash(self.blocks)

    @cached_property
    def _firsts(self) -> list[date]:
        return [block.first for block in self.blocks]

    def _stretches(self) -> Iterator[tuple[date, date, str]]:
        for number, block in enumerate(self.blocks):
            yield block.first, block.last, TERM
            if number + 1 < len(self.blocks):
                after = self.blocks[number + 1].first
                yield block.last + _ONE_DAY, after - _ONE_DAY, block.then


@dataclass(frozen=True)
class SchoolYear:
    """One year of the calendar, as the content gives it."""

    name: str
    confirmed: bool
    blocks: tuple[TermBlock, ...]


@cache
def shipped_years() -> tuple[SchoolYear, ...]:
    """Every year of the content, in order."""
    content = tomllib.loads(_CONTENT.read_text(encoding="utf-8"))
    return tuple(
        SchoolYear(
            given["name"],
            given["confirmed"],
            tuple(TermBlock(one["first"], one["last"], one["then"]) for one in given["block"]),
        )
        for given in content["year"]
    )
