"""A small drawing of one place of a card among the wards, for a page that has no script."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from registry.geography.drawing import DRAWINGS_KEPT, Projection, ground, whole_path
from registry.geography.outlines import ward_outlines
from registry.geography.places import Point

_WIDTH = 400


@dataclass(frozen=True)
class PlaceMap:
    """The drawing: `path` is the edge of every ward, `x` and `y` where the place is. `is_about`
    says that this is only the middle of its part of the city, because the address is private."""

    width: int
    height: int
    path: str
    x: float
    y: float
    is_about: bool


def map_of_place(place: Mapping[str, Any]) -> PlaceMap | None:
    """Where a place of a card is; None where it has no public point, or lies beyond the drawing."""
    north, east = place.get("latitude"), place.get("longitude")
    outlines = ward_outlines()
    if north is None or east is None or not outlines:
        return None
    point = Point(north, east)
    box = ground(outlines, [point])
    if not box.holds(point):
        return None
    projection = Projection.of(box, _WIDTH)
    return PlaceMap(
        projection.width,
        projection.height,
        _edges(projection),
        *projection.spot(point),
        is_about=bool(place.get("hidden")),
    )


@lru_cache(maxsize=DRAWINGS_KEPT)
def _edges(projection: Projection) -> str:
    return whole_path(ward_outlines(), projection)
