"""Any number of further clubs, for load tests: the written ones over again, under other names."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice, product
from random import Random
from typing import Any

from registry.demonstration.clubs import CONTENT, Activity, Club, renamed, written_clubs
from registry.demonstration.walking import VenuePlan

FURTHER = "further-clubs.toml"
_RETURNED = {"sg_steps": "Please add when to call 999, and the number of the MASH team."}


@cache
def _made_of() -> dict[str, Any]:
    """The words and postcodes to choose from."""
    return tomllib.loads((CONTENT / FURTHER).read_text(encoding="utf-8"))


def invented_clubs(count: int, seed: int) -> list[Club]:
    """That many clubs. The same seed makes the same ones, and a longer list begins with a shorter."""
    chance = Random(seed)
    patterns = [club for club in written_clubs() if club.story["is"] == "approved"]
    names = _names(chance)
    return [
        _like(chance.choice(patterns), name, number, chance)
        for number, name in enumerate(islice(names, count), start=len(written_clubs()))
    ]


def _names(chance: Random) -> Iterator[str]:
    """“Penn Heron”, “Oxley Swift” and so on, each once; then with a number."""
    pairs = [f"{area} {word}" for area, word in product(_made_of()["areas"], _made_of()["words"])]
    chance.shuffle(pairs)
    yield from pairs
    number = 2
    while True:
        yield from (f"{pair} {number}" for pair in pairs)
        number += 1


def _like(pattern: Club, name: str, number: int, chance: Random) -> Club:
    """A club of the same kind, with another name, place, owner and story."""
    main = pattern.activities[0].plan.categories[0].partition(".")[0]
    nouns = _made_of()["nouns"]
    return renamed(
        pattern,
        number,
        name=f"{name} {chance.choice(nouns.get(main, nouns['other']))}",
        owner=_person(chance),
        lead="",
        deputy=_person(chance),
        account="",
        members=(),
        web="",
        chair="",
        venues=tuple(_elsewhere(venue, chance) for venue in pattern.venues),
        activities=tuple(_without_link(one) for one in pattern.at_first()),
        story=_story(chance),
        employers_ended=0,
        has_own_papers=False,
    )


def _person(chance: Random) -> str:
    names = _made_of()
    return f"{chance.choice(names['first_names'])} {chance.choice(names['last_names'])}"


def _elsewhere(venue: VenuePlan, chance: Random) -> VenuePlan:
    if venue.privacy == "online":
        return venue
    return replace(venue, postcode=chance.choice(_made_of()["postcodes"]), address="")


def _without_link(activity: Activity) -> Activity:
    """Booked by email: the pattern's own website is not this club's."""
    if activity.plan.booking_kind != "link":
        return activity
    return replace(activity, plan=replace(activity.plan, booking_kind="email", booking_link=""))


def _story(chance: Random) -> dict[str, Any]:
    """Most are listed; some wait at every place where a club can wait."""
    status = chance.choices(
        ("approved", "submitted", "in_review", "returned", "draft", "lapsed"), (80, 6, 3, 3, 5, 3)
    )[0]
    match status:
        case "submitted":
            return {"is": status, "sent": chance.randint(1, 25)}
        case "in_review":
            return {"is": status, "sent": chance.randint(9, 18), "read": chance.randint(3, 30)}
        case "returned":
            return {"is": status, "sent": chance.randint(12, 25), "words": _RETURNED}
        case "draft":
            return {"is": status, "begun": chance.randint(3, 150), "done": chance.randint(3, 30)}
        case "lapsed":
            return {"is": status, "sent": 310, "last_day": -chance.randint(2, 60)}
    sent = chance.randint(20, 300)
    return {"is": "approved", "sent": sent, "last_day": chance.randint(5, 360 - sent)}
