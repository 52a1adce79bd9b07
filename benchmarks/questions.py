"""What people ask: 300 searches, always the same ones for a seed.

40 in a hundred have one word for what is done, 30 such a word and an everyday one, 15 an everyday
one alone, 8 half a word, 7 a rare one. They ask around a town, the larger ones oftener, within 3
miles, and narrow it down by ages and by days.
"""

import random
from dataclasses import replace

from benchmarks.activities import DOINGS, EVERYDAY, Country
from registry.cards.search.request import SearchRequest
from registry.geography.places import format_postcode

MANY = 300
NEAR = 3.0
FAR = 20.0
_KINDS = ("one", "two", "everyday", "half", "rare")
_SHARES = (40, 30, 15, 8, 7)
_BANDS = ((0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 25))


def questions(country: Country, many: int = MANY) -> list[SearchRequest]:
    """So many searches with words, a place, ages and days."""
    chance = random.Random(country.seed + 1)
    return [_question(chance, country) for _ in range(many)]


def without_words(asked: list[SearchRequest]) -> list[SearchRequest]:
    """The same with no words."""
    return [replace(one, q="") for one in asked]


def farther(asked: list[SearchRequest]) -> list[SearchRequest]:
    """The same up to 20 miles away."""
    return [replace(one, miles=FAR) for one in asked]


def anywhere(asked: list[SearchRequest]) -> list[SearchRequest]:
    """The same, from nowhere."""
    return [replace(one, postcode="", miles=None) for one in asked]


def _question(chance: random.Random, country: Country) -> SearchRequest:
    town = chance.choices(country.towns, cum_weights=country.town_weights)[0]
    kind = chance.choices(_KINDS, _SHARES)[0]
    return SearchRequest(
        q=_words(kind, chance, country),
        postcode=format_postcode(town.postcode),
        miles=NEAR,
        ages=_ages(chance),
        days=tuple(sorted(chance.sample(range(7), chance.randint(1, 3)))),
    )


def _words(kind: str, chance: random.Random, country: Country) -> str:
    doing = chance.choices(DOINGS, cum_weights=country.doing_weights)[0]
    everyday = chance.choice(EVERYDAY)
    return {
        "one": doing,
        "two": f"{doing} {everyday}",
        "everyday": everyday,
        "half": doing[: max(3, len(doing) - 3)],
        "rare": chance.choice(country.rare),
    }[kind]


def _ages(chance: random.Random) -> tuple[int, ...]:
    bands = chance.sample(_BANDS, chance.randint(1, 3))
    return tuple(sorted({age for first, last in bands for age in range(first, last + 1)}))
