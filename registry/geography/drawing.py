"""The ground of every map that is drawn here: from degrees to spots of a picture. Pure.

A drawing is flat and as wide as it is at this latitude. Over one council's area that is within a
hair's breadth of what a map of the web shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, radians

from registry.geography.outlines import Outline
from registry.geography.places import Box, Point

__all__ = ["MARGIN", "Projection", "box_around", "middle_of", "path_of", "whole_path"]

MARGIN = 5


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


def path_of(ward: Outline, projection: Projection) -> str:
    """The edge of a ward, to a tenth of a unit of the picture."""
    spots = (projection.spot(point) for point in ward.edge)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots) + "Z"


@cache
def whole_path(outlines: tuple[Outline, ...], projection: Projection) -> str:
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


def _short_path(ward: Outline, projection: Projection) -> str:
    spots = [(round(x), round(y)) for x, y in map(projection.spot, ward.edge)]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(spots)]
    told = " ".join(f"{x} {y}" for x, y in steps if x or y).replace(" -", "-")
    return f"M{spots[0][0]} {spots[0][1]}l{told}z"
