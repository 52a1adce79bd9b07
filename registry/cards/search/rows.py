"""What the index keeps of a card: its words, and a slim row for each of its places. Pure.

`facets` has a word for every value by which the card can be narrowed down: a letter for the group,
then the value as it stands in the address; of ages, days, times and costs all values in one word,
with commas between. So one pass over the rows counts them all. A mark that the club answered with
no is there with an exclamation mark.
"""

import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from registry.cards.categories import both_levels, broad_words, kept_categories
from registry.cards.record import places_of, points_of
from registry.cards.search.cells import (
    MOST_PLACES,
    cell_of_key,
    key_of,
    part_of,
    word_of_part,
)
from registry.cards.search.cells import words_of as words_of_cell
from registry.cards.search.moments import Dates, dates_of, slots_asked, slots_of
from registry.cards.search.prices import cost_bits, costs_of, pence_per_session
from registry.cards.search.values import AGE_BANDS, COSTS, DAYS, OLDEST, TIMES, YES
from registry.cards.words.plain import CATEGORY, NAME, fold, index_words
from registry.geography.places import Point
from registry.timetable.terms import SchoolCalendar

Document = Mapping[str, Any]

LONGEST_SORT_NAME = 200
# To be raised by whoever changes what a row or the words say of the same card.
DERIVATION = 1

# The letter of each group, and what the group is called in the address.
GROUPS = {
    "a": "age",
    "d": "day",
    "t": "time",
    "c": "cost",
    "k": "category",
    "s": "support",
    "x": "access",
    "l": "language",
    "o": "online",
}
LETTERS = {name: letter for letter, name in GROUPS.items()}
# Groups whose values stand in one word together, and what is between them.
TOGETHER, AND = frozenset("adtc"), ","
NO = "!"
EVERY_AGE = (1 << (OLDEST + 1)) - 1


class Row(NamedTuple):
    """One place of a card, or the card where it has no point. Dates are ordinal days.

    `version` is that of the card that it was made of, and `made` says how (`stamp`): what has both
    as they are now need not be made again. `names` and `kinds` are the first of the `Words`.
    """

    key: int
    id: int
    # Whether it stands for the card where nobody asks how far, and whether there are others.
    lead: int
    many: int
    until: int
    lat: float | None
    lon: float | None
    ages: int
    slots: int
    costs: int
    price: int | None
    since: int
    dates: int
    next: int | None
    version: int
    made: int
    sort_name: str
    facets: str
    names: str
    kinds: str


class Words(NamedTuple):
    """The plain words of a card by how near its heart they stand, with a space around each."""

    names: str
    kinds: str
    others: str

    @property
    def every(self) -> list[str]:
        """All of them, each once."""
        return f"{self.names}{self.kinds}{self.others}".split()


class Indexed(NamedTuple):
    """All that the index keeps of one card."""

    activity_id: int
    rows: tuple[Row, ...]
    words: Words


def marked(row: Row, words: Words) -> list[str]:
    """Every word of a card, with those that no text has: where it is, in which part of the whole,
    and for each word of its name one that says so."""
    where = words_of_cell(cell_of_key(row.key))
    named = (word_of_a_name(word) for word in words.names.split())
    return [*words.every, *where, word_of_part(part_of(row.id)), *named]


def word_of_a_name(word: str) -> str:
    """What stands for a word where it is in the name."""
    return f"_{word}"


def stamp(calendar: SchoolCalendar) -> int:
    """What a row says follows from its card, and from this: the program, the terms, the kinds."""
    return _stamp(calendar, kept_categories().stamp)


@lru_cache(maxsize=16)
def _stamp(calendar: SchoolCalendar, kinds: str) -> int:
    told = f"{DERIVATION} {calendar.blocks!r} {kinds}"
    return zlib.crc32(told.encode()) & 0x7FFFFFFF or 1


def indexed(
    activity_id: int,
    version: int,
    name: str,
    listed_until: date,
    document: Document,
    calendar: SchoolCalendar,
    today: date,
) -> Indexed:
    """A card as the index keeps it. `today` is the day from which its dates are counted."""
    slots = slots_of(document, calendar)
    price = pence_per_session(document, calendar, today)
    ages, costs = ages_of(document), costs_of(document, price)
    coming = dates_of(document, calendar, today)
    facets = facets_of(document, ages, slots, costs)
    words, made = words_of(document), stamp(calendar)
    points: list[tuple[int, float | None, float | None]] = [*points_of(document)[:MOST_PLACES]]
    rows = tuple(
        Row(
            key=key_of(_point(lat, lon), activity_id, min(place, MOST_PLACES - 1)),
            id=activity_id,
            lead=int(number == 0),
            many=int(len(points) > 1),
            until=listed_until.toordinal(),
            lat=lat,
            lon=lon,
            ages=ages,
            slots=slots,
            costs=costs,
            price=price,
            since=coming.since,
            dates=coming.bits,
            next=coming.next,
            version=version,
            made=made,
            sort_name=fold(name)[:LONGEST_SORT_NAME],
            facets=facets,
            names=words.names,
            kinds=words.kinds,
        )
        for number, (place, lat, lon) in enumerate(points or [(0, None, None)])
    )
    return Indexed(activity_id, rows, words)


def coming_of(row: Row) -> Dates:
    """When it happens next, as the row has it."""
    return Dates(row.since, row.dates, row.next)


def words_of(document: Document) -> Words:
    """Every word that finds the card."""
    tiers: tuple[list[str], list[str], list[str]] = ([], [], [])
    for word, tier in index_words(document, broad_words).items():
        tiers[0 if tier == NAME else 1 if tier == CATEGORY else 2].append(word)
    tiers[2].sort()
    return Words(*(f" {' '.join(words)} " if words else " " for words in tiers))


def ages_of(document: Document) -> int:
    """The years of age that it is open to, as bits. Who does not say is open to all."""
    ages = document.get("ages") or {}
    youngest, oldest = ages.get("min_months"), ages.get("max_months")
    if youngest is None and oldest is None:
        return EVERY_AGE
    first = min((youngest or 0) // 12, OLDEST)
    last = min(OLDEST if oldest is None else oldest // 12, OLDEST)
    return (1 << (last + 1)) - (1 << first)


def ages_asked(ages: tuple[int, ...]) -> int:
    """Years of age as bits."""
    return sum(1 << age for age in set(ages))


def facets_of(document: Document, ages: int, slots: int, costs: int) -> str:
    """A word for every value by which this card can be narrowed down."""
    told = [*_age_word(ages), *_slot_words(slots), *_cost_word(costs)]
    codes = (str(one["code"]) for one in document.get("categories") or ())
    told += [f"k{code}" for code in sorted(both_levels(codes))]
    for group, letter in (("support", "s"), ("access", "x")):
        for mark in document.get(group) or ():
            told.append(f"{NO if mark.get('answer') == 'no' else ''}{letter}{mark['code']}")
    told += sorted({f"l{language_word(one)}" for one in document.get("languages") or ()})
    if any(place.get("online") for place in places_of(document)):
        told.append(f"o{YES}")
    return f" {' '.join(told)} " if told else " "


@lru_cache(maxsize=2_000)
def language_word(name: str) -> str:
    """A language as one word, whatever its capitals: clubs may type any name."""
    return fold(name).replace(" ", "_").replace(NO, "").replace("\0", "")


@lru_cache(maxsize=2_000)
def _age_word(ages: int) -> list[str]:
    return _as_one("a", (band for band, years in AGE_BANDS.items() if ages & ages_asked(years)))


@lru_cache(maxsize=20_000)
def _slot_words(slots: int) -> list[str]:
    """The days and the times of day; who does not say may be on any."""
    days = (name for day, name in enumerate(DAYS) if slots & sum(slots_asked((day,), ())))
    times = (name for time, name in enumerate(TIMES) if slots & sum(slots_asked((), (time,))))
    return [*_as_one("d", days), *_as_one("t", times)]


@lru_cache(maxsize=2_000)
def _cost_word(costs: int) -> list[str]:
    return _as_one("c", (asked for asked in COSTS if costs & sum(cost_bits(asked))))


def _as_one(letter: str, values: Iterable[str]) -> list[str]:
    told = AND.join(values)
    return [f"{letter}{told}"] if told else []


def _point(lat: float | None, lon: float | None) -> Point | None:
    return None if lat is None or lon is None else Point(lat, lon)
