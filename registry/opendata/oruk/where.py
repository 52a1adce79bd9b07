"""Where a service happens: never more than its listing shows.

A hidden place has no address and no point, only its part of the city. One that is online is
virtual. Where a club meets at various places, the area stands in words.
"""

from registry.cards.record import places_of
from registry.opendata.localities import locality_of
from registry.opendata.oruk.context import Context, Document, Thing
from registry.opendata.oruk.saying import told
from registry.opendata.published import PublishedCard

_KEPT_PRIVATE = "The address is not public. Ask the club."
_VARIOUS = "The club meets at various places. Ask the club where."


def places_at(service_id: str, card: PublishedCard, to: Context) -> list[Thing]:
    """Each place of a service, whole."""
    places = places_of(card.document)
    # Of several places nobody knows here which one has what.
    is_one = len(places) == 1
    return [_at(one, n, service_id, card, is_one, to) for n, one in enumerate(places)]


def _at(
    place: Document, number: int, service_id: str, card: PublishedCard, is_one: bool, to: Context
) -> Thing:
    location = location_of(place, card.organisation_id, to)
    location |= _addresses(place, location["id"], to)
    if is_one:
        location |= _accessibility(card.document, service_id, location["id"], to)
    return {
        "id": to.id("service_at_location", card.activity_id, number),
        "service_id": service_id,
        "location_id": location["id"],
        "location": location,
    }


def location_of(place: Document, organisation_id: int, to: Context) -> Thing:
    """A place by itself."""
    area = str(place.get("ward") or place.get("area_label") or "")
    hidden, various = place.get("hidden"), place.get("various")
    if place.get("online"):
        return {"id": _id(place, organisation_id, to), "location_type": "virtual", "name": "Online"}
    is_open = not hidden and not various
    return told(
        id=_id(place, organisation_id, to),
        location_type="physical",
        name=str(place.get("name") or "").strip() or area if is_open else area,
        description=_KEPT_PRIVATE if hidden else _VARIOUS if various else "",
        latitude=place.get("latitude") if is_open else None,
        longitude=place.get("longitude") if is_open else None,
    )


def _id(place: Document, organisation_id: int, to: Context) -> str:
    """The same place of the same organisation is one place, whatever happens there."""
    what = (
        place.get("name"),
        *(place.get("address_lines") or ()),
        place.get("postcode"),
        place.get("area_label"),
        *(name for name in ("hidden", "online", "various") if place.get(name)),
    )
    return to.id("location", organisation_id, "|".join(map(str, what)))


def _addresses(place: Document, location_id: str, to: Context) -> Thing:
    lines = [line.strip() for line in place.get("address_lines") or ()]
    first = ", ".join(filter(None, lines)) or str(place.get("name") or "").strip()
    postcode = str(place.get("postcode") or "").strip()
    is_private = any(place.get(name) for name in ("hidden", "online", "various"))
    if is_private or not first or not postcode:
        return {}
    town, county = locality_of(place, to.chosen.place_name)
    address = {
        "id": to.part(location_id, "address"),
        "location_id": location_id,
        "address_1": first,
        "city": town,
        "state_province": county,
        "postal_code": postcode,
        "country": "GB",
        "address_type": "physical",
    }
    return {"addresses": [address]}


def _accessibility(document: Document, service_id: str, location_id: str, to: Context) -> Thing:
    """What the club says of the place: what is there, and what has to be asked."""
    said = {"yes": "Yes", "ask": "Ask the club"}
    found = [
        told(
            id=to.part(service_id, "accessibility", point["code"]),
            location_id=location_id,
            description=f"{point['label']}: {said[point['answer']].lower()}",
            details=point.get("note"),
            accessibility=point["label"] if point["answer"] == "yes" else "",
        )
        for point in document.get("access") or ()
        if point.get("answer") in said
    ]
    return {"accessibility": found} if found else {}
