"""Activities of every shape that a card can have, drawn by chance from a seed; no two alike.

Among them what clubs really type: addresses that are none, names in many alphabets, no address,
no times, hidden places, several places, nothing at all about money.
"""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

from registry import clock
from registry.cards.categories import categories
from registry.cards.marks import marks_in
from registry.cards.record import CardRecord
from tests.cards.cards import HEATH_TOWN, card, session

_NAMES = (
    "Zerówka", "ਪੰਜਾਬੀ ਸਕੂਲ", "Kids’ Club & Co <b>", "Judo", "A" * 150, "  Spaces  ", "Čtení",
    "=1+1", "مدرسة", "Swim 🏊",
)  # fmt: skip
_WEBSITES = (
    "", "kingfisher.example", "https://kingfisher.example/a b", "http://exämple.example/ü?q=é#x",
    "javascript:alert(1)", "ask us", "https://user:pass@x.example", "HTTPS://X.EXAMPLE/%zz",
    "//x.example", "https://[::1]:99999/",
)  # fmt: skip
_EMAILS = ("", "hello@kingfisher.example", "no email", "a@b")
_NUMBERS = ("", "1199999", "SC042386", "NIC100019", "12", "abc", "445790", "OC301234", "EY123456")
_PATTERNS: tuple[dict[str, Any], ...] = (
    {"pattern": "weekly", "days": [1, 3]},
    {"pattern": "drop_in", "days": [5], "season": "all_year"},
    {"pattern": "fortnightly", "days": [2], "anchor": "2026-11-25"},
    {"pattern": "monthly", "days": [6], "nth": -1, "season": "all_year"},
    {"pattern": "dates", "days": [], "dates": ["2027-02-06", "2027-02-13"], "season": ""},
    {"pattern": "course", "days": [0], "runs": [["2027-01-11", "2027-03-29"]],
     "season": "all_year"},
    {"pattern": "all_day", "days": [0, 1, 2, 3, 4], "season": "summer"},
    {"pattern": "weekly", "days": [4], "start": "", "end": "", "part_of_day": "after school"},
    {"pattern": "weekly", "days": [0], "off": [{"on": "2026-12-07", "why": "Painting"}],
     "extra": [{"on": "2026-12-08", "start": "10:00", "end": "11:00", "why": "Instead"}]},
)  # fmt: skip
_COSTS = (
    {"kind": "free", "pence": 0, "unit_label": "", "note": ""},
    {"kind": "session", "pence": 350, "unit_label": "a session", "note": "Cash or card."},
    {"kind": "term", "pence": 4001, "unit_label": "a term", "note": ""},
    {"kind": "membership", "pence": 1000, "unit_label": "a year", "note": "", "trial": "free"},
    {"kind": "donation", "pence": 0, "unit_label": "", "note": ""},
    {"kind": "haf", "pence": 0, "unit_label": "", "note": "", "trial": "paid", "trial_pence": 99},
    {"kind": None, "pence": 0, "unit_label": "", "note": ""},
)
_PLACES: tuple[dict[str, Any], ...] = (
    {},
    {"hidden": True, "name": "", "address_lines": [], "postcode": ""},
    {"hidden": True, "name": "", "address_lines": [], "postcode": "", "ward": "",
     "area_label": "Wolverhampton", "latitude": None, "longitude": None},
    {"online": True, "name": "", "address_lines": [], "postcode": "", "ward": "",
     "area_label": "Online", "latitude": None, "longitude": None},
    {"various": True, "name": "", "address_lines": [], "postcode": "", "ward": "",
     "area_label": "Parks in the north", "latitude": None, "longitude": None},
    {"outside_area": True, "area_label": "Codsall, South Staffordshire", "postcode": "WV8 1AA"},
    {"name": " ", "address_lines": [], "postcode": "WV10 0BD"},
    {"postcode": ""},
)  # fmt: skip
_AGES = ((0, 2), (4, 6), (7, 11), (11, 17), (18, 25))


def organisations(count: int, seed: int = 6) -> list[list[CardRecord]]:
    """The cards of so many organisations."""
    chance = random.Random(seed)
    return [_organisation(chance, number) for number in range(1, count + 1)]


def _organisation(chance: random.Random, number: int) -> list[CardRecord]:
    said = {
        "description": chance.choice(("", "Since 2009.", " ")),
        "kind": "",
        "charity_number": chance.choice(_NUMBERS),
        "company_number": chance.choice(_NUMBERS),
        "ofsted_number": chance.choice(_NUMBERS),
        "national_body": "",
        "website": chance.choice(_WEBSITES),
    }
    own = {
        "slug": f"organisation-{number}",
        "name": f"{chance.choice(_NAMES)} {number}",
        **said,
    }
    return [
        _activity(chance, number, own, 3 * (number - 1) + one)
        for one in range(1, chance.choice((1, 1, 2, 3)) + 1)
    ]


def _activity(
    chance: random.Random, organisation: int, by: dict[str, Any], number: int
) -> CardRecord:
    plain = card().document["venue"]
    first, *others = chance.choices(_PLACES, k=chance.choice((1, 1, 1, 2, 3)))
    around = (HEATH_TOWN[0] + chance.uniform(-0.1, 0.1), HEATH_TOWN[1] + chance.uniform(-0.1, 0.1))
    kinds = [sub.code for one in categories() for sub in (one, *one.subs)]
    answers = {group: _answers(chance, group) for group in ("support", "access")}
    made = card(
        f"{chance.choice(_NAMES)} {number}",
        activity_id=number,
        organisation=organisation,
        at=around,
        ages=chance.choice(_AGES),
        categories=chance.sample(kinds, chance.choice((1, 1, 2, 4))),
        until=clock.today() + timedelta(days=chance.randrange(1, 300)),
        **{
            **answers,
            "venue": first,
            "also_at": [{**plain, **one} for one in others],
            "sessions": [
                session(**one) for one in chance.sample(_PATTERNS, chance.choice((0, 1, 1, 2)))
            ],
            "cost": {**chance.choice(_COSTS), "points": _answers(chance, "cost")},
            "languages": chance.choice(([], ["English"], ["English", "Panjabi", "Polski"])),
            "contact": {
                "phone": chance.choice(("", "01902 555010")),
                "email": chance.choice(_EMAILS),
                "website": chance.choice(_WEBSITES),
            },
            "booking": {
                "kind": chance.choice(("link", "phone", "turn_up", None)),
                "link": chance.choice(_WEBSITES),
                "note": chance.choice(("", "Call first.")),
                "waiting_list": chance.choice(("yes", "no", None)),
            },
            "parent_stays": chance.choice(("yes", "no", "optional", None)),
            "read_on": (clock.today() - timedelta(days=chance.randrange(0, 300))).isoformat(),
        },
    )
    return replace(made, document={**made.document, "organisation": by})


def _answers(chance: random.Random, group: str) -> list[dict[str, str]]:
    some = chance.sample(list(marks_in(group)), chance.choice((0, 1, 3)))
    return [
        {
            "code": one.code,
            "label": one.label,
            "answer": chance.choice(("yes", "ask", "no")),
            "note": chance.choice(("", "A note.")),
            "group": group,
        }
        for one in some
    ]
