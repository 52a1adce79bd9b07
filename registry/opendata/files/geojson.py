"""Activities as points on a map (GeoJSON, RFC 7946): longitude before latitude. Pure.

Each activity is one feature, also where it has no point at all: its geometry is null, as the
standard has it for what is not located. Of a private place there is the middle of its ward or
nothing, as on its card.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from registry.cards.record import places_of, points_of
from registry.opendata.files.table import Known
from registry.opendata.published import PublishedCard

MIME = "application/geo+json"
# A tenth of a metre. More would only look exact.
_PLACES = 6
_OF_PLACE = ("name", "ward", "area_label", "postcode", "online", "various", "outside_area")

Position = list[float]


def collection(
    cards: Iterable[PublishedCard], known: Known, told: Mapping[str, Any]
) -> Iterator[str]:
    """The whole file, a feature at a time; the box about all points comes after them."""
    head = json.dumps({"type": "FeatureCollection", **told}, ensure_ascii=False)
    yield f'{head[:-1]}, "features": ['
    box: list[float] = []
    between = "\n"
    for card in cards:
        found = feature(card, known)
        box = _around(box, _positions(card.document))
        yield between + json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        between = ",\n"
    yield f'\n], "bbox": {json.dumps(box)}}}\n' if box else "\n]}\n"


def feature(card: PublishedCard, known: Known) -> dict[str, Any]:
    """One activity."""
    document = card.document
    return {
        "type": "Feature",
        "id": known.identifier("service", card.activity_id),
        "geometry": _geometry(_positions(document)),
        "properties": {
            "slug": card.slug,
            "url": f"{known.public_url}/activities/{card.slug}",
            "name": card.name,
            "organisation": document["organisation"]["name"],
            "summary": document.get("summary") or None,
            "categories": [one["code"] for one in document.get("categories") or ()],
            "minimum_age_months": document["ages"]["min_months"],
            "maximum_age_months": document["ages"]["max_months"],
            "places": [_place(one) for one in places_of(document)],
        },
    }


def _geometry(positions: list[Position]) -> dict[str, Any] | None:
    if not positions:
        return None
    if len(positions) == 1:
        return {"type": "Point", "coordinates": positions[0]}
    return {"type": "MultiPoint", "coordinates": positions}


def _positions(document: Mapping[str, Any]) -> list[Position]:
    return [
        [round(longitude, _PLACES), round(latitude, _PLACES)]
        for _, latitude, longitude in points_of(document)
    ]


def _place(place: Mapping[str, Any]) -> dict[str, Any]:
    """What a place says besides its point; `about_here` where the point is not its own."""
    told = {name: place[name] for name in _OF_PLACE if place.get(name)}
    address = ", ".join(place.get("address_lines") or ())
    if address:
        told["address"] = address
    if place.get("hidden"):
        told["about_here"] = True
    return told


def _around(box: list[float], positions: list[Position]) -> list[float]:
    """West, south, east, north of all that was seen so far."""
    for east, north in positions:
        if not box:
            box = [east, north, east, north]
        box = [min(box[0], east), min(box[1], north), max(box[2], east), max(box[3], north)]
    return box
