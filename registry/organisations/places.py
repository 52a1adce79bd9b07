"""What the public may know of the places of an activity. The only way from a venue to a card.
Pure.

A hidden venue has one public point: the centre of its ward. One that hides its area too (a
refuge) has none, and shows the city. Its real point, address, postcode and name go in here and
never come out, so that no search, distance, map or feed can give them away.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Protocol

from registry.geography.places import Point, format_postcode


class Place(Protocol):
    """What a venue tells of itself."""

    name: str
    address: str
    postcode: str
    privacy: str
    latitude: float | None
    longitude: float | None
    ward_code: str
    ward_name: str
    authority_code: str
    authority_name: str


def public_places(
    kind: str,
    area: str,
    venues: Sequence[Place],
    ward_centre: Callable[[str], Point | None],
    place_name: str,
    authority_code: str,
) -> list[dict[str, Any]]:
    """Every place of an activity as it may be public, the main one first; never none.

    `kind` is `venues`, `online` or `various`. One that meets at various places has the area that
    its club put in words, and no point: nobody can say how far it is.
    """
    if kind == "online":
        return [_card_venue(area_label="Online", online=True)]
    if kind == "various":
        return [_card_venue(area_label=area, various=True)]
    told = [public_place(one, ward_centre, place_name, authority_code) for one in venues]
    return told or [_card_venue()]


def public_place(
    venue: Place | None,
    ward_centre: Callable[[str], Point | None],
    place_name: str,
    authority_code: str,
) -> dict[str, Any]:
    """The "venue" of a card: what may be public of this place, and nothing else.

    `ward_centre` gives the centre of a ward from its code; `place_name` and `authority_code`
    are the council's own. No venue gives a place about which nothing is known.
    """
    if venue is None:
        return _card_venue()
    if venue.privacy == "online":
        return _card_venue(area_label="Online", online=True)
    outside = is_outside(venue, authority_code)
    city = venue.authority_name if outside else place_name
    if venue.privacy == "open":
        return _card_venue(
            name=venue.name,
            address_lines=[line.strip() for line in venue.address.splitlines() if line.strip()],
            postcode=format_postcode(venue.postcode) if venue.postcode else "",
            ward=venue.ward_name,
            area_label=_area(venue.ward_name, city),
            latitude=venue.latitude,
            longitude=venue.longitude,
            outside_area=outside,
        )
    if venue.privacy == "hidden" and venue.ward_code:
        centre = ward_centre(venue.ward_code)
        return _card_venue(
            ward=venue.ward_name,
            area_label=_area(venue.ward_name, city),
            latitude=centre.latitude if centre else None,
            longitude=centre.longitude if centre else None,
            hidden=True,
            outside_area=outside,
        )
    # Hides its area too; or hides its address and has no ward that we know.
    return _card_venue(area_label=city, hidden=True, outside_area=outside)


def narrowed(public: dict[str, Any], privacies: Collection[str], place_name: str) -> dict[str, Any]:
    """What was public of a place, less what its club hides now. It takes out, and puts nothing in.

    `public` is what `public_place` said when the council read it; `privacies` are how much may
    be public now of the venue that was read, and of the one where the activity happens now.
    """
    outside = public["outside_area"]
    if public["online"] or public["various"]:
        return public
    if "hidden_area" in privacies or "online" in privacies:
        city = "" if outside else place_name
        return _card_venue(area_label=city, hidden=True, outside_area=outside)
    if "hidden" in privacies and not public["hidden"]:
        return _card_venue(
            ward=public["ward"],
            area_label=public["area_label"],
            hidden=True,
            outside_area=outside,
        )
    return public


def is_outside(venue: Place, authority_code: str) -> bool:
    """Whether it is known to lie outside the council's area."""
    return bool(venue.authority_code) and venue.authority_code != authority_code


def _area(ward: str, city: str) -> str:
    return f"{ward}, {city}" if ward and city else ward or city


def _card_venue(**known: Any) -> dict[str, Any]:
    nothing: dict[str, Any] = {
        "name": "",
        "address_lines": [],
        "postcode": "",
        "ward": "",
        "area_label": "",
        "latitude": None,
        "longitude": None,
        "hidden": False,
        "online": False,
        "various": False,
        "outside_area": False,
    }
    return nothing | known
