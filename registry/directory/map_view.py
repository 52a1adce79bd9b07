"""Where the results of a search are: a drawing of the wards with a way into the list from each part
of the city, and the list itself by part.

The drawing stands in the page, so it works without a script and on paper. A script that makes a
map to move and zoom takes all it needs from the same drawing and the same list. Points are those
of the cards, which are public; whatever has none is named all the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from math import hypot, sqrt
from typing import Any, NamedTuple

from registry.cards.queries import Hit, SearchResult
from registry.cards.record import points_of
from registry.directory.lines import Fit, Line, on_paper, place_of, where_line
from registry.geography.drawing import DRAWINGS_KEPT, MARGIN, Projection, ground, middle_of, path_of
from registry.geography.outlines import ATTRIBUTION, outline_at, ward_outlines
from registry.geography.places import Point, distance_miles, miles_per_degree
from registry.web.formats import plural

__all__ = ["MOST", "MapView", "map_of"]

# So many are drawn and listed at once. Beyond, the page says so.
MOST = 500
NOWHERE = "No place on the map"

_WIDTH = 760
_SMALLEST_PIN, _BIGGEST_PIN = 30.0, 46.0
_NUDGES = 40
# A ward's name gives way to a pin that is so near its middle.
_ROOM_ACROSS, _ROOM_DOWN = 90, 62


class Mark(NamedTuple):
    """One line of the list: an activity at one of its places. `point` is None for no place on the
    map."""

    fit: Fit
    where: Line
    place: Mapping[str, Any]
    on_paper: str = ""
    miles: float | None = None
    point: Point | None = None

    @property
    def is_about(self) -> bool:
        """Whether the point is only the middle of the part of the city: the address is private."""
        return bool(self.place.get("hidden"))

    @property
    def at(self) -> str:
        """The point as the page holds it: to a metre."""
        return f"{self.point.latitude:.5f} {self.point.longitude:.5f}" if self.point else ""


@dataclass(frozen=True)
class Part:
    """One part of the city with what is there. `x`, `y` and `radius` are its pin in the drawing;
    a part that is too far out for the drawing, or no place at all, has none."""

    number: int
    name: str
    marks: tuple[Mark, ...]
    x: float | None = None
    y: float | None = None

    @property
    def finds(self) -> int:
        """How many activities, each once."""
        return len({mark.fit.href for mark in self.marks})

    @property
    def title(self) -> str:
        """“Heath Town: 4 activities”."""
        return f"{self.name}: {plural(self.finds, 'activity', 'activities')}"

    @property
    def radius(self) -> float:
        """How big the pin is: the more the bigger, and never too small to press."""
        return min(_BIGGEST_PIN, _SMALLEST_PIN + 3 * sqrt(self.finds - 1))


class WardShape(NamedTuple):
    """The outline of one ward, and where its name stands unless a pin says one there."""

    name: str
    path: str
    x: float
    y: float
    shows_name: bool = True


class Searched(NamedTuple):
    """Where somebody asked from, as far as the drawing has room for it, and how far."""

    label: str
    point: Point
    miles: float | None
    x: float
    y: float
    across: float
    down: float


@dataclass(frozen=True)
class MapView:
    """All that a page with a map shows. `nowhere` has no place on it; `beyond` is how many more
    there are than are drawn, None where nobody counted them."""

    projection: Projection
    wards: tuple[WardShape, ...]
    parts: tuple[Part, ...]
    nowhere: Part | None
    searched: Searched | None
    shown: int
    is_all: bool
    margin: int = MARGIN

    @property
    def attribution(self) -> str:
        """What the owners of the outlines ask to be said wherever they are drawn."""
        return ATTRIBUTION if self.wards else ""

    @property
    def pins(self) -> list[Part]:
        """The parts that have a pin, the biggest first, so that a small one lies on top."""
        drawn = [part for part in self.parts if part.x is not None]
        return sorted(drawn, key=lambda part: (-part.radius, part.number))


def map_of(result: SearchResult, fits: Sequence[Fit]) -> MapView:
    """The map of a search; `fits` are its hits as they are shown."""
    marks = [
        mark
        for hit, fit in zip(result.hits, fits, strict=True)
        for mark in _marks_of(hit, fit, result)
    ]
    placed = [mark for mark in marks if mark.point]
    box = ground(ward_outlines(), [mark.point for mark in placed if mark.point])
    projection = Projection.of(box, _WIDTH)
    parts = _apart(_parts(placed, projection), projection)
    without = tuple(mark for mark in marks if not mark.point)
    return MapView(
        projection=projection,
        wards=tuple(_ward_shapes(projection, parts)),
        parts=parts,
        nowhere=Part(len(parts) + 1, NOWHERE, without) if without else None,
        searched=_searched(result, projection),
        shown=len(result.hits),
        is_all=not result.is_more and len(result.hits) >= result.total,
    )


# The list.


def _marks_of(hit: Hit, fit: Fit, result: SearchResult) -> Iterator[Mark]:
    """A card's places on the map: all of them, or those within the distance that was asked for;
    one line without a point where there is none."""
    points = dict(_near_enough(hit, result))
    if not points:
        yield Mark(fit, fit.where, place_of(hit.document, hit.place), fit.on_paper, fit.miles)
    for number, point in points.items():
        place = place_of(hit.document, number)
        miles = distance_miles(result.place.point, point) if result.place else None
        where, told = where_line(hit.document, number), on_paper(hit.document, number)
        yield Mark(fit, where, place, told, miles, point)


def _near_enough(hit: Hit, result: SearchResult) -> Iterator[tuple[int, Point]]:
    far = result.request.miles
    for number, north, east in points_of(hit.document):
        point = Point(north, east)
        is_near = (
            far is None or not result.place or distance_miles(result.place.point, point) <= far
        )
        if number == hit.place or is_near:
            yield number, point


def _parts(marks: Sequence[Mark], projection: Projection) -> tuple[Part, ...]:
    """The parts of the city, where somebody asked from a place the nearest first, else by size."""
    by_name: dict[str, list[Mark]] = {}
    for mark in marks:
        by_name.setdefault(_part_name(mark), []).append(mark)
    ordered = sorted(by_name.items(), key=lambda one: _order_of(*one))
    return tuple(
        Part(number, name, tuple(held), *_pin(held, projection))
        for number, (name, held) in enumerate(ordered, start=1)
    )


def _order_of(name: str, marks: Sequence[Mark]) -> tuple[float, int, str]:
    nearest = min((mark.miles for mark in marks if mark.miles is not None), default=0.0)
    return nearest, -len({mark.fit.href for mark in marks}), name


def _part_name(mark: Mark) -> str:
    """What people call the part of the city: its ward, with the town where that is another one."""
    ward, area = str(mark.place.get("ward") or ""), str(mark.place.get("area_label") or "")
    if mark.place.get("outside_area"):
        return area or ward or "Over the border"
    drawn = outline_at(mark.point, ward_outlines()) if mark.point and not ward else None
    return ward or (drawn.name if drawn else "") or area or "Somewhere else"


# The drawing.


def _pin(marks: Sequence[Mark], projection: Projection) -> tuple[float | None, float | None]:
    """In the middle of what is there, if the drawing reaches so far."""
    points = [mark.point for mark in marks if mark.point]
    middle = Point(
        sum(one.latitude for one in points) / len(points),
        sum(one.longitude for one in points) / len(points),
    )
    x, y = projection.spot(middle)
    is_inside = 0 <= x <= projection.width and 0 <= y <= projection.height
    return (x, y) if is_inside else (None, None)


def _apart(parts: Sequence[Part], projection: Projection) -> tuple[Part, ...]:
    """The pins moved until none hides another's number and all are inside the picture."""
    spots = {
        part.number: [part.x, part.y] for part in parts if part.x is not None and part.y is not None
    }
    pins = [part for part in parts if part.number in spots]
    for _ in range(_NUDGES):
        for one, other in combinations(pins, 2):
            a, b = spots[one.number], spots[other.number]
            across, down = b[0] - a[0], b[1] - a[1]
            far = hypot(across, down) or 1.0
            push = (one.radius + other.radius - far) / 2
            if push > 0:
                step = (push * (across or 1.0) / far, push * down / far)
                a[0], a[1] = a[0] - step[0], a[1] - step[1]
                b[0], b[1] = b[0] + step[0], b[1] + step[1]
        for pin in pins:
            spot = spots[pin.number]
            spot[0] = min(max(spot[0], pin.radius + 2), projection.width - pin.radius - 2)
            spot[1] = min(max(spot[1], pin.radius + 2), projection.height - pin.radius - 2)
    return tuple(_moved(part, *spots.get(part.number, (None, None))) for part in parts)


def _moved(part: Part, x: float | None, y: float | None) -> Part:
    return replace(part, x=x, y=y)


def _ward_shapes(projection: Projection, parts: Sequence[Part]) -> Iterator[WardShape]:
    pins = [(part.x, part.y) for part in parts if part.x is not None and part.y is not None]
    for shape in _all_wards(projection):
        is_hidden = any(
            abs(x - shape.x) < _ROOM_ACROSS and abs(y - shape.y) < _ROOM_DOWN for x, y in pins
        )
        yield shape._replace(shows_name=not is_hidden)


@lru_cache(maxsize=DRAWINGS_KEPT)
def _all_wards(projection: Projection) -> tuple[WardShape, ...]:
    return tuple(
        WardShape(ward.name, path_of(ward, projection), *projection.spot(middle_of(ward.edge)))
        for ward in ward_outlines()
    )


def _searched(result: SearchResult, projection: Projection) -> Searched | None:
    if result.place is None:
        return None
    point, far = result.place.point, result.request.miles
    x, y = projection.spot(point)
    scale = miles_per_degree(point)
    across = (far or 0) / scale.longitude * projection.across
    down = (far or 0) / scale.latitude * projection.down
    return Searched(result.place.label, point, far, x, y, across, down)
