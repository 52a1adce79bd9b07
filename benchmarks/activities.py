"""Invented activities by the million, each the card that a real one would have. Seeded.

500 towns and 60 words for what is done there, both by Zipf; about 40 words to a description, out
of 30 that stand in every fourth text and 20,000 rarer ones; 1 to 4 categories, 1 to 5 days, an age
range, and up to 8 marks of support.
"""

import json
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from registry.cards.categories import categories, category
from registry.cards.record import CardRecord
from registry.geography.places import Point
from registry.organisations.categories import marks_in

SEED = 20_261_122
TOWNS = 500
# How many activities are made, or put into a database, at a time.
SLICE = 5_000

_DOINGS = (
    "football swimming dance karate drama cricket gymnastics choir art chess tennis rugby netball "
    "boxing cooking coding guitar piano ballet trampoline basketball hockey athletics judo "
    "climbing cycling skating yoga drumming violin pottery painting knitting sewing gardening "
    "fishing sailing rowing canoeing archery fencing badminton squash rounders scouts guides "
    "cadets kabaddi bhangra tabla orchestra theatre circus photography film writing reading maths "
    "science robotics"
)
_EVERYDAY = (
    "children fun friends learn welcome club play safe week young people join games skills new "
    "group activities free family local every session term coach team hall outdoor indoor "
    "beginners friendly"
)
DOINGS = tuple(_DOINGS.split())
EVERYDAY = tuple(_EVERYDAY.split())

# The middle of a country of our own, about the size of England.
_SOUTH, _NORTH, _WEST, _EAST = 50.8, 54.6, -2.9, 0.2
_KM_PER_DEGREE = 111.195
_SPREAD_KM = 8.0
# Among so many of the first, one in 25 has no point on the map.
_WITH_POINTLESS = 5_000
_RARE_WORDS = 20_000
_EVERYDAY_SHARE = 0.25
_WORDS_OF_A_TEXT = 40
# Parts that are drawn whole, out of so many made before.
_PARTS = 4_096
_LETTERS = "bcdfghjklmnprstvw"
_VOWELS = "aeiou"
_DIGITS_OF_A_POSTCODE = "ABDEFGHJLNPQRSTUWXYZ"

_LANGUAGES = (["English"], ["English"], ["English", "Panjabi"], ["English", "Polish"])
_COSTS = ("session", "free", "donation", "haf", "term")
_UNITS = {"session": "a session", "term": "a term"}


@dataclass(frozen=True)
class Town:
    """A town: its name, the postcode of its middle, and where that is."""

    name: str
    postcode: str
    middle: Point


class Country:
    """Towns, words and chances: everything that is drawn from, made once from the seed."""

    def __init__(self, seed: int = SEED) -> None:
        chance = random.Random(seed)
        self.seed = seed
        self.rare = _invented_words(chance, _RARE_WORDS)
        names = _invented_words(chance, TOWNS)
        self.towns = [
            Town(
                name.capitalize(),
                postcode_of(number),
                Point(chance.uniform(_SOUTH, _NORTH), chance.uniform(_WEST, _EAST)),
            )
            for number, name in enumerate(names)
        ]
        self.town_weights = zipf(TOWNS)
        self.doing_weights = zipf(len(DOINGS))
        self.finer = [sub.code for kind in categories() for sub in kind.subs]
        chance.shuffle(self.finer)
        self.finer_weights = zipf(len(self.finer))
        self.labels = {code: found.label for code in self.finer if (found := category(code))}
        # The nearer to the beginning a word stands, the oftener it is drawn.
        self.rare_drawn = [self.rare[int(n * n / _RARE_WORDS)] for n in range(_RARE_WORDS)]
        self.everyday = [
            [word for word in EVERYDAY if chance.random() < _EVERYDAY_SHARE] for _ in range(_PARTS)
        ]
        self.support = [_marks(chance, "support", 8) for _ in range(_PARTS)]
        self.access = [_marks(chance, "access", 4) for _ in range(_PARTS)]
        self.weeks = [_week(chance, number) for number in range(_PARTS)]

    def records(self, start: int, stop: int, today: date) -> Iterator[CardRecord]:
        """The activities of these numbers. Each depends on the seed and its slice alone."""
        for beginning in range(start - start % SLICE, stop, SLICE):
            chance = random.Random(self.seed * 1_000_003 + beginning)
            for number in range(beginning, min(beginning + SLICE, stop)):
                record = self._record(chance, number + 1, today)
                if number >= start:
                    yield record

    def _record(self, chance: random.Random, number: int, today: date) -> CardRecord:
        town = chance.choices(self.towns, cum_weights=self.town_weights)[0]
        doing = chance.choices(DOINGS, cum_weights=self.doing_weights)[0]
        codes = self._codes(chance)
        youngest = chance.choice((0, 2, 4, 5, 5, 6, 7, 8, 8, 9, 11, 11, 12, 14))
        oldest = min(25, youngest + chance.choice((2, 3, 4, 5, 6, 8, 11)))
        days, sessions = chance.choice(self.weeks)
        kind = chance.choices(_COSTS, (60, 20, 5, 5, 10))[0]
        pence = chance.choice((100, 200, 250, 300, 350, 400, 500, 600, 800, 1200))
        organisation = (number + 2) // 3
        name = f"{town.name} {doing.capitalize()} {chance.choice(('Club', 'Juniors', 'Group'))}"
        slug = f"activity-{number}"
        until = today + timedelta(days=chance.randint(30, 400))
        document: dict[str, Any] = {
            "slug": slug,
            "name": name,
            "summary": f"{doing.capitalize()} for children in {town.name}.",
            "description": self._description(chance, doing),
            "bring": "A drink.",
            "organisation": {
                "slug": f"organisation-{organisation}",
                "name": f"{town.name} {chance.choice(self.rare).capitalize()}",
                "description": "",
                "charity_number": "",
                "company_number": "",
                "ofsted_number": "",
                "national_body": "",
                "website": "",
            },
            "categories": [{"code": code, "label": self.labels[code]} for code in codes],
            "ages": {
                "min_months": youngest * 12,
                "max_months": oldest * 12 + 11,
                "said_in": "years",
                "label": f"Ages {youngest} to {oldest}",
            },
            "parent_stays": "optional",
            "sessions": sessions,
            "last_on": None,
            "hide_times": False,
            "venue": self._venue(chance, town, number),
            "also_at": [],
            "cost": {
                "kind": kind,
                "pence": pence if kind in _UNITS else None,
                "unit_label": _UNITS.get(kind, ""),
                "note": "",
                "trial": None,
                "trial_pence": None,
                "points": [],
            },
            "support": chance.choice(self.support),
            "access": chance.choice(self.access),
            "languages": chance.choice(_LANGUAGES),
            "contact": {"phone": "01902 555010", "email": "", "website": ""},
            "booking": {"kind": "phone", "link": "", "note": "", "waiting_list": None},
            "picture": None,
            "read_on": (until - timedelta(days=400)).isoformat(),
            "next_due_on": until.isoformat(),
            "criteria": [],
            "reference": f"SAS-{number:07d}",
        }
        return CardRecord(
            activity_id=number,
            organisation_id=organisation,
            slug=slug,
            organisation_slug=f"organisation-{organisation}",
            name=name,
            listed_until=until,
            min_months=youngest * 12,
            max_months=oldest * 12 + 11,
            price_pence=pence if kind in _UNITS else 0,
            categories=tuple(codes),
            days=days,
            document=document,
        )

    def _codes(self, chance: random.Random) -> list[str]:
        wanted = chance.choice((1, 1, 2, 2, 3, 4))
        drawn = chance.choices(self.finer, cum_weights=self.finer_weights, k=wanted)
        return list(dict.fromkeys(drawn))

    def _description(self, chance: random.Random, doing: str) -> str:
        common = chance.choice(self.everyday)
        rare = chance.choices(self.rare_drawn, k=_WORDS_OF_A_TEXT - 1 - len(common))
        return f"{doing.capitalize()} {' '.join(rare)} {' '.join(common)}."

    def _venue(self, chance: random.Random, town: Town, number: int) -> dict[str, Any]:
        # So many as one council has: what is online is found from everywhere.
        where = chance.random() if number <= _WITH_POINTLESS else 1.0
        pointless = where < 0.04
        north = chance.gauss(0, _SPREAD_KM) / _KM_PER_DEGREE
        scale = _KM_PER_DEGREE * math.cos(math.radians(town.middle.latitude))
        east = chance.gauss(0, _SPREAD_KM) / scale
        return {
            "name": "" if pointless else f"{chance.choice(self.rare).capitalize()} Hall",
            "address_lines": [],
            "postcode": "" if pointless else town.postcode,
            "ward": town.name,
            "area_label": town.name,
            "latitude": None if pointless else round(town.middle.latitude + north, 6),
            "longitude": None if pointless else round(town.middle.longitude + east, 6),
            "hidden": False,
            "online": where < 0.02,
            "various": 0.02 <= where < 0.04,
            "outside_area": False,
        }


def document_text(record: CardRecord) -> str:
    """A card's document as the database keeps it."""
    return json.dumps(record.public_document())


def zipf(number: int) -> list[float]:
    """How often each of so many things comes, added up: the second half as often as the first."""
    return list(accumulate(1 / rank for rank in range(1, number + 1)))


def postcode_of(number: int) -> str:
    """A postcode of ours, in an area that no real one has."""
    first, last = divmod(number, len(_DIGITS_OF_A_POSTCODE))
    letter = _DIGITS_OF_A_POSTCODE[last]
    return f"ZY{first // 10 + 1}{first % 10}A{letter}"


def _invented_words(chance: random.Random, number: int) -> list[str]:
    """Words that can be said and that nobody knows, each another."""
    made: dict[str, None] = {}
    while len(made) < number:
        syllables = chance.choice((2, 3, 3, 4))
        made[
            "".join(chance.choice(_LETTERS) + chance.choice(_VOWELS) for _ in range(syllables))
        ] = None
    return list(made)


def _week(chance: random.Random, number: int) -> tuple[tuple[int, ...], list[dict[str, Any]]]:
    """The days on which an activity happens, and its sessions on them."""
    days = sorted(chance.sample(range(7), chance.choice((1, 1, 1, 2, 2, 3, 4, 5))))
    return tuple(days), [_session(chance, number, day) for day in days]


def _session(chance: random.Random, number: int, day: int) -> dict[str, Any]:
    hour = chance.choice((9, 10, 13, 16, 16, 17, 17, 18, 19))
    half = chance.choice(("00", "30"))
    return {
        "key": f"{number * 8 + day:08x}",
        "pattern": "weekly",
        "days": [day],
        "start": f"{hour:02d}:{half}",
        "end": f"{hour + 1:02d}:{half}",
        "season": chance.choice(("term", "term", "all_year", "holidays")),
    }


def _marks(chance: random.Random, group: str, most: int) -> list[dict[str, str]]:
    """Up to so many marks of one group, most of them answered with yes."""
    return [
        {
            "code": mark.code,
            "label": mark.label,
            "answer": chance.choice(("yes", "yes", "yes", "ask", "no")),
            "note": "",
            "group": group,
        }
        for mark in chance.sample(marks_in(group), chance.randint(0, most))
    ]
