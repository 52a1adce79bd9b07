"""Everything that the page of one activity says, from its document alone."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from registry import clock
from registry.cards.categories import category
from registry.cards.record import places_of
from registry.cards.search.prices import pence_per_session
from registry.cards.search.request import SearchRequest
from registry.directory import lines
from registry.directory.coming import coming
from registry.directory.directions import Directions, directions
from registry.directory.place_map import map_of_place
from registry.timetable.council_terms import school_calendar
from registry.web.formats import money

# What every place paid by HAF must give (Department for Education; domain E.4).
HAF_FACTS = (
    "HAF means holiday activities and food. It is free with a code.",
    "Children in Reception to Year 11 can have a code if they get free school meals because of "
    "a benefit. Some other children can too. Young people with special needs can be 5 to 25.",
    "Each day is 4 hours or more, with a meal. There are 4 days at Easter, 4 in winter and 16 "
    "in summer.",
    "The code comes by letter. Ask the school or the council if you have none.",
)
_TRIALS = {"free": "You can try it once for free.", "no": "There is no trial session."}


class PlaceLine(NamedTuple):
    """One place, as far as it is public. `kind` says which sentence goes with it."""

    kind: str
    name: str
    lines: tuple[str, ...]
    postcode: str
    area: str
    is_outside: bool
    directions: Directions | None


def told(document: Mapping[str, Any], map_address: str) -> dict[str, Any]:
    """A card's document and what its page says of it. `map_address` is that of a map of others,
    with room for a point."""
    kinds = [c for told in document.get("categories") or () if (c := category(told["code"]))]
    cost = document.get("cost") or {}
    return {
        "card": document,
        "look": lines.look_of(document),
        "kinds": [(kind, SearchRequest(categories=(kind.code,)).address()) for kind in kinds],
        "when": lines.when_line(document),
        "sessions": lines.session_lines(document),
        "coming": coming(document),
        "where": lines.where_line(document),
        "places": [place_line(place, map_address) for place in places_of(document)],
        "place_map": map_of_place(document["venue"]),
        "cost": lines.cost_line(document),
        "per_session": per_session_line(document),
        "cost_points": lines.mark_lines(cost.get("points")),
        "trial": trial_line(cost),
        "haf_facts": HAF_FACTS if cost.get("kind") == "haf" else (),
        "parents": lines.parent_line(document),
        "support": lines.mark_lines(document.get("support")),
        "access": lines.mark_lines(document.get("access")),
        "picture": picture_of(document),
        "paragraphs": lines.paragraphs,
        "web_address": lines.web_address,
        "shown_address": lines.shown_address,
    }


def place_line(place: Mapping[str, Any], map_address: str) -> PlaceLine:
    """One place in words."""
    name, address = str(place.get("name") or ""), tuple(place.get("address_lines") or ())
    return PlaceLine(
        kind=_kind_of(place, bool(name or address)),
        name=name,
        lines=address,
        postcode=str(place.get("postcode") or ""),
        area=str(place.get("area_label") or ""),
        is_outside=bool(place.get("outside_area")),
        directions=directions(place, map_address),
    )


def per_session_line(document: Mapping[str, Any]) -> str:
    """“That is about £5 a session.” for a price of a term or a course, where its sessions are
    known. Nothing for any other price."""
    kind = (document.get("cost") or {}).get("kind")
    if kind not in ("term", "course"):
        return ""
    pence = pence_per_session(document, school_calendar(), clock.today())
    return f"That is about {money(pence)} a session." if pence else ""


def trial_line(cost: Mapping[str, Any]) -> str:
    """Whether a child can try it first. Nothing where the club did not say."""
    if cost.get("trial") == "paid" and cost.get("trial_pence"):
        return f"You can try it once for {money(int(cost['trial_pence']))}."
    return _TRIALS.get(str(cost.get("trial") or ""), "")


def picture_of(document: Mapping[str, Any]) -> dict[str, Any] | None:
    """The picture with the addresses of its two sizes; None where there is none."""
    picture = document.get("picture")
    if not picture:
        return None
    return {
        **picture,
        "src": address_of_picture(picture["small"]),
        "large_src": address_of_picture(picture["large"]),
    }


def address_of_picture(sha256: str) -> str:
    """Where everybody finds a picture that a card shows."""
    return f"/pictures/{sha256}.jpg"


def _kind_of(place: Mapping[str, Any], has_name: bool) -> str:
    known: Iterable[str] = ("online", "various", "hidden")
    said = next((kind for kind in known if place.get(kind)), "")
    return said or ("open" if has_name else "unknown")
