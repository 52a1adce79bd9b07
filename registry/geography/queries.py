"""Where is it? Questions about postcodes and wards."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from registry.database import ask_shortly, db
from registry.geography.models import Postcode, Ward
from registry.geography.place_names import place_named, place_names
from registry.geography.places import (
    Point,
    format_postcode,
    normalise_half,
    normalise_postcode,
)

_INWARD_LENGTH = 3


@dataclass(frozen=True)
class SearchPoint:
    """Where a search starts.

    `label` is the postcode or half as people write it, or the name of a place; `exact` is False
    when the point is the middle of an area and not of the postcode itself, so that a page can say
    “near”. `is_place` tells a name from a postcode.
    """

    label: str
    point: Point
    exact: bool
    is_place: bool = False

    @property
    def latitude(self) -> float:
        """Degrees north."""
        return self.point.latitude

    @property
    def longitude(self) -> float:
        """Degrees east, so less than nothing in Wolverhampton."""
        return self.point.longitude


def find_postcode(text: str) -> Postcode | None:
    """The postcode somebody typed, if there is such a one. It may have no point (quality 90)."""
    postcode = normalise_postcode(text)
    return db.session.get(Postcode, postcode) if postcode else None


def search_point(text: str) -> SearchPoint | None:
    """Where to search from: a whole postcode's point, or the middle of a half such as WV1.

    A known postcode without a point of its own is taken to be in the middle of its neighbours
    (WV1 4…, else WV1). None for what is no postcode and for one that the table does not know.
    """
    if half := normalise_half(text):
        middle = _middle(half, len(half) + _INWARD_LENGTH)
        return SearchPoint(half, middle, exact=False) if middle else None
    whole = normalise_postcode(text)
    if whole is None:
        return None
    # Asked on most pages of results, so by the shortest way.
    known = ask_shortly(
        "SELECT latitude, longitude FROM postcode WHERE postcode = :whole", whole=whole
    )
    if not known:
        return None
    label, (latitude, longitude) = format_postcode(whole), known[0]
    if latitude is not None and longitude is not None:
        return SearchPoint(label, Point(latitude, longitude), exact=True)
    near = _middle(whole[:-2], len(whole)) or _middle(whole[:-3], len(whole))
    return SearchPoint(label, near, exact=False) if near else None


def place_point(name: str) -> SearchPoint | None:
    """Where to search from for a place of the council's list, whatever its capitals; None for
    what is not on the list."""
    place = place_named(name)
    middle = search_point(place.postcode) if place else None
    return (
        SearchPoint(place.name, middle.point, exact=False, is_place=True)
        if place and middle
        else None
    )


def points_of_places() -> dict[str, Point]:
    """Every place of the list that has a point, by name."""
    keys = {place.name: normalise_postcode(place.postcode) for place in place_names()}
    found = db.session.execute(
        select(Postcode.postcode, Postcode.latitude, Postcode.longitude).where(
            Postcode.postcode.in_({key for key in keys.values() if key})
        )
    )
    points = {
        postcode: Point(north, east)
        for postcode, north, east in found
        if north is not None and east is not None
    }
    return {name: points[key] for name, key in keys.items() if key in points}


def ward_centre(ward_code: str) -> Point | None:
    """The centre of a ward: the one public point of a hidden venue in it."""
    ward = db.session.get(Ward, ward_code) if ward_code else None
    return Point(ward.latitude, ward.longitude) if ward else None


def _middle(beginning: str, length: int) -> Point | None:
    """The mean point of the postcodes that begin so and have this many characters.

    The length tells WV1 1AA from WV11 1AA, which both begin with WV11.
    """
    latitude, longitude = db.session.execute(
        select(func.avg(Postcode.latitude), func.avg(Postcode.longitude)).where(
            _begins_with(beginning), func.length(Postcode.postcode) == length
        )
    ).one()
    return Point(latitude, longitude) if latitude is not None else None


def _begins_with(beginning: str) -> ColumnElement[bool]:
    """As a range, so that the primary key answers it on both databases; postcodes are A–Z, 0–9."""
    return Postcode.postcode.between(beginning, beginning + "ZZZZ")
