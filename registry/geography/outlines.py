"""The outlines of the council's wards, and in which of them a point lies. Pure.

The outlines are those that the reports draw. A place is counted where its point lies, never by
the ward's code: boundaries move, and a map must count what it shows.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from registry.geography.places import Box, Point

__all__ = ["ATTRIBUTION", "Outline", "outline_at", "ward_outlines"]

FILE = Path(__file__).parent / "data" / "wards-2013.json"
ATTRIBUTION = (
    "2013 ward outlines. Contains National Statistics data © Crown copyright and database right. "
    "Contains OS data © Crown copyright and database right."
)


@dataclass(frozen=True)
class Outline:
    """One ward: its name, and the points of its edge, the last joined to the first."""

    name: str
    edge: tuple[Point, ...]

    @property
    def box(self) -> Box:
        """The upright rectangle around it."""
        north = [point.latitude for point in self.edge]
        east = [point.longitude for point in self.edge]
        return Box(min(north), max(north), min(east), max(east))

    def holds(self, point: Point) -> bool:
        """Whether a point lies in it: a line from there to the east crosses the edge an odd
        number of times. A point on an edge between two wards is in exactly one of them."""
        inside, before = False, self.edge[-1]
        for corner in self.edge:
            if (corner.latitude > point.latitude) != (before.latitude > point.latitude):
                share = (point.latitude - corner.latitude) / (before.latitude - corner.latitude)
                crossing = corner.longitude + share * (before.longitude - corner.longitude)
                inside ^= point.longitude < crossing
            before = corner
        return inside


@cache
def ward_outlines() -> tuple[Outline, ...]:
    """Every ward that is drawn, by name."""
    read = json.loads(FILE.read_text(encoding="utf-8"))
    wards = [
        Outline(ward["name"], tuple(Point(north, east) for east, north in ward["outline"]))
        for ward in read
    ]
    return tuple(sorted(wards, key=lambda ward: ward.name))


def outline_at(point: Point, outlines: Sequence[Outline]) -> Outline | None:
    """The ward in which a point lies; None outside them all."""
    return next((ward for ward in outlines if ward.holds(point)), None)
