"""Cards for tests, put into the directory the way everybody puts them there."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from registry import clock
from registry.cards.categories import category
from registry.cards.record import CardRecord
from registry.cards.services import replace_cards
from registry.database import db

_numbers, _keys = count(1), count(1)

# Heath Town, a mile or so north-east of the middle of the city.
HEATH_TOWN = (52.5936, -2.1065)


def session(**changes: Any) -> dict[str, Any]:
    """A session as a card has it: weekly, on a Tuesday; anything may be given."""
    weekly = {"key": f"{next(_keys):08x}", "pattern": "weekly", "days": [1], "season": "term"}
    return {**weekly, "start": "16:30", "end": "17:30", **changes}


def document(**changes: Any) -> dict[str, Any]:
    """A full card document; whole parts may be replaced."""
    return {
        "slug": "street-dance",
        "name": "Street Dance Juniors",
        "summary": "Learn street dance moves and make up a short show with your friends.",
        "description": "We warm up, learn new moves, then work in small groups.",
        "bring": "Trainers and a drink.",
        "organisation": {
            "slug": "kingfisher",
            "name": "Kingfisher Dance Project",
            "description": "Dance for everyone since 2009.",
            "kind": "",
            "charity_number": "1199999",
            "company_number": "",
            "ofsted_number": "",
            "national_body": "",
            "website": "",
        },
        "categories": [{"code": "dance_arts.dance", "label": "Dance"}],
        "ages": {"min_months": 84, "max_months": 143, "label": "Ages 7 to 11"},
        "parent_stays": "optional",
        "sessions": [session()],
        "last_on": None,
        "hide_times": False,
        "venue": {
            "name": "Foundry Lane Hall",
            "address_lines": ["Foundry Lane"],
            "postcode": "WV10 0BD",
            "ward": "Heath Town",
            "area_label": "Heath Town, Wolverhampton",
            "latitude": HEATH_TOWN[0],
            "longitude": HEATH_TOWN[1],
            "hidden": False,
            "online": False,
            "outside_area": False,
            "various": False,
        },
        "also_at": [],
        "cost": {"kind": "session", "pence": 350, "unit_label": "a session", "note": ""},
        "support": [{"code": "autism_aware", "label": "Staff know about autism", "answer": "yes"}],
        "access": [
            {
                "code": "step_free",
                "label": "A way in without steps",
                "answer": "yes",
                "note": "Side door",
            },
            {"code": "hearing_loop", "label": "Hearing loop", "answer": "no", "note": ""},
            {"code": "bus_stop", "label": "Bus stop close by", "answer": "ask", "note": ""},
        ],
        "languages": ["English", "Panjabi"],
        "contact": {"phone": "01902 555010", "email": "hello@kingfisher.example", "website": ""},
        "booking": {"kind": "phone", "link": "", "note": "Call to book the first session."},
        "read_on": "2026-03-14",
        "next_due_on": "2027-02-12",
        "criteria": [
            {"number": 1, "label": "A plan to protect children"},
            {"number": 2, "label": "Choosing staff and helpers"},
            {"number": 3, "label": "Health and safety"},
            {"number": 4, "label": "Fair treatment"},
        ],
        "reference": "SAS-7K4M",
        **changes,
    }


def card(name: str = "Street Dance Juniors", **changes: Any) -> CardRecord:
    """A card that says little besides its name; anything of its document may be given.

    `organisation` is a number; `at` a point or None; `ages` are years, both included;
    `days` are session days; `categories` are codes.
    """
    number = changes.pop("activity_id", None) or next(_numbers)
    organisation = changes.pop("organisation", number)
    at = changes.pop("at", HEATH_TOWN)
    youngest, oldest = changes.pop("ages", (7, 11))
    days = tuple(changes.pop("days", (1,)))
    codes = tuple(changes.pop("categories", ("youth.drop_in",)))
    until: date = changes.pop("until", None) or clock.today() + timedelta(days=90)
    slug = changes.pop("slug", f"activity-{number}")
    plain = document()
    venue = {
        **plain["venue"],
        "latitude": at[0] if at else None,
        "longitude": at[1] if at else None,
    }
    told = document(
        name=name,
        slug=slug,
        summary="",
        description="Come and see.",
        organisation={
            **plain["organisation"],
            "slug": f"organisation-{organisation}",
            "name": changes.pop("by", f"Number {organisation}"),
        },
        categories=[{"code": c, "label": _label(c)} for c in codes],
        ages={
            "min_months": youngest * 12,
            "max_months": oldest * 12 + 11,
            "label": f"Ages {youngest} to {oldest}",
        },
        sessions=[session(days=[d]) for d in days],
        venue={**venue, **changes.pop("venue", {})},
        next_due_on=until.isoformat(),
    )
    return CardRecord(
        activity_id=number,
        organisation_id=organisation,
        slug=slug,
        organisation_slug=f"organisation-{organisation}",
        name=name,
        listed_until=until,
        min_months=youngest * 12,
        max_months=oldest * 12 + 11,
        price_pence=350,
        categories=codes,
        days=days,
        document={**told, **changes},
    )


def put(*cards: CardRecord) -> None:
    """Put the cards into the directory, each organisation's together, and commit."""
    for organisation in dict.fromkeys(c.organisation_id for c in cards):
        replace_cards(organisation, [c for c in cards if c.organisation_id == organisation])
    db.session.commit()


def _label(code: str) -> str:
    known = category(code)
    return known.label if known else code
