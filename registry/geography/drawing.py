"""The ground of every map that is drawn here: from degrees to spots of a picture. Pure.

A drawing is flat and as wide as it is at this latitude. Over one council's area that is within a
hair's breadth of what a map of the web shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from registry.geography.outlines import Outline
from registry.geography.places import Box, Point

__all__ = [
    "DRAWINGS_KEPT",
    "MARGIN",
    "Projection",
    "box_around",
    "ground",
    "middle_of",
    "path_of",
    "whole_path",
]

MARGIN = 5
DRAWINGS_KEPT = 16

# A drawing grows to hold what is over the border, up to so many degrees beyond the wards; and it
# holds so many around each point there, so that a pin is never cut in two.
_BEYOND = Point(0.06, 0.1)
_AROUND = Point(0.012, 0.02)
# Where there are no wards and no points: something to draw all the same.
_ANYWHERE = Point(52.59, -2.13)


@dataclass(frozen=True)
class Projection:
    """How a stretch of the earth becomes a picture `width` wide and `height` high."""

    west: float
    north: float
    across: float
    down: float
    width: int
    height: int

    @classmethod
    def of(cls, box: Box, width: int) -> "Projection":
        """The one that fits this box into a width."""
        narrowing = cos(radians((box.south + box.north) / 2))
        across = (width - 2 * MARGIN) / (box.east - box.west)
        down = across / narrowing
        height = round((box.north - box.south) * down) + 2 * MARGIN
        return cls(box.west, box.north, across, down, width, height)

    def spot(self, point: Point) -> tuple[float, float]:
        """Where a point is in the picture."""
        return (
            MARGIN + (point.longitude - self.west) * self.across,
            MARGIN + (self.north - point.latitude) * self.down,
        )


def box_around(boxes: Sequence[Box]) -> Box:
    """The upright rectangle around others."""
    return Box(
        min(box.south for box in boxes),
        max(box.north for box in boxes),
        min(box.west for box in boxes),
        max(box.east for box in boxes),
    )


def ground(outlines: Sequence[Outline], points: Sequence[Point]) -> Box:
    """What a drawing shows: the wards, and every point that is inside or a little over the border.
    Where a council has given no outlines, the points alone."""
    if not outlines:
        return box_around([_about(point) for point in points] or [_about(_ANYWHERE)])
    wards = box_around([ward.box for ward in outlines])
    reach = _grown(wards, _BEYOND)
    near = [point for point in points if reach.holds(point) and not wards.holds(point)]
    return box_around([wards, *map(_about, near)])


def path_of(ward: Outline, projection: Projection) -> str:
    """The edge of a ward, to a tenth of a unit of the picture."""
    spots = (projection.spot(point) for point in ward.edge)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots) + "Z"


def whole_path(outlines: Sequence[Outline], projection: Projection) -> str:
    """Every ward in one path of whole units, each step from where the one before ended: as short
    as it can be, for a small picture."""
    return "".join(_short_path(ward, projection) for ward in outlines)


def middle_of(edge: Sequence[Point]) -> Point:
    """The point in the middle of an outline, by its area."""
    area = north = east = 0.0
    for one, other in zip(edge, (*edge[1:], edge[0]), strict=True):
        cross = one.longitude * other.latitude - other.longitude * one.latitude
        area += cross
        east += (one.longitude + other.longitude) * cross
        north += (one.latitude + other.latitude) * cross
    return Point(north / (3 * area), east / (3 * area)) if area else edge[0]


def _about(point: Point) -> Box:
    return _grown(Box(point.latitude, point.latitude, point.longitude, point.longitude), _AROUND)


def _grown(box: Box, by: Point) -> Box:
    return Box(
        box.south - by.latitude,
        box.north + by.latitude,
        box.west - by.longitude,
        box.east + by.longitude,
    )


def _short_path(ward: Outline, projection: Projection) -> str:
    spots = [(round(x), round(y)) for x, y in map(projection.spot, ward.edge)]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(spots)]
    told = " ".join(f"{x} {y}" for x, y in steps if x or y).replace(" -", "-")
    return f"M{spots[0][0]} {spots[0][1]}l{told}z"
