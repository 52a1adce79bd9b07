"""Postcodes as people write them, points on the map, and how far apart they are.

Pure: no database, no clock. Distances are in miles because that is what parents ask in.
"""

import math
import re
from typing import NamedTuple

# The shape of a postcode (BS 7666): the outward half, then a digit and two letters that are
# never C, I, K, M, O or V. Only the shape; whether it exists is for the postcode table.
_OUTWARD = "[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-Z]?"
_INWARD = "[0-9][ABD-HJLNP-UW-Z]{2}"
_WHOLE = re.compile(f"({_OUTWARD})({_INWARD})")
_HALF = re.compile(_OUTWARD)
_IGNORED = re.compile(r"[\s.,\-‐‑–—_()\u200b\ufeff]+")
_LONGEST_TYPED = 20

# A degree of the meridian here. 110.574, the equator's, runs up to 0.56 % short in Britain.
_KM_PER_DEGREE = 111.195
_KM_PER_MILE = 1.609344


class Point(NamedTuple):
    """A place on the map, in WGS84 degrees."""

    latitude: float
    longitude: float


class Box(NamedTuple):
    """The upright rectangle around a circle, in degrees: a cheap first sieve for a search."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, point: Point) -> bool:
        """Whether a point lies in it or on its edge."""
        return (
            self.south <= point.latitude <= self.north and self.west <= point.longitude <= self.east
        )


def normalise_postcode(text: str) -> str | None:
    """A whole postcode as the table keys it (“wv1 1aa” → “WV11AA”), or None if it is not one.

    Spaces, dots and dashes do not matter, and a letter O or I where only a digit can stand
    (“WV1 OAA”) is read as that digit.
    """
    bare = _bare(text)
    if len(bare) > 4 and bare[-3] in "OI":
        bare = bare[:-3] + ("0" if bare[-3] == "O" else "1") + bare[-2:]
    return bare if _WHOLE.fullmatch(bare) else None


def normalise_half(text: str) -> str | None:
    """The outward half of a postcode (“wv1” → “WV1”), or None if it is not one.

    “WV1 1” is not WV11: it is a whole postcode that somebody has not finished typing.
    """
    bare = _bare(text)
    first, *rest = _IGNORED.split(text.strip(), maxsplit=1)
    unfinished = bool(rest) and _HALF.fullmatch(_bare(first)) is not None
    return bare if _HALF.fullmatch(bare) and not unfinished else None


def is_half_postcode(text: str) -> bool:
    """Whether this is the first half of a postcode, such as WV1 or WV10."""
    return normalise_half(text) is not None


def format_postcode(postcode: str) -> str:
    """A postcode as people write it: “WV11AA” → “WV1 1AA”. A half stays as it is."""
    bare = _bare(postcode)
    return f"{bare[:-3]} {bare[-3:]}" if _WHOLE.fullmatch(bare) else bare


def distance_miles(searched: Point, other: Point) -> float:
    """Miles from the place somebody searched to another place.

    A flat map whose east-west scale is right at the searched latitude: within 0.2 % of the
    great circle up to 20 miles, and the same arithmetic that the directory asks of SQL.
    """
    scale = miles_per_degree(searched)
    north = (other.latitude - searched.latitude) * scale.latitude
    east = (other.longitude - searched.longitude) * scale.longitude
    return math.hypot(north, east)


def miles_per_degree(searched: Point) -> Point:
    """How many miles one degree north and one degree east are, where somebody searched."""
    return Point(_KM_PER_DEGREE / _KM_PER_MILE, _km_per_degree_east(searched) / _KM_PER_MILE)


def bounding_box(point: Point, miles: float) -> Box:
    """The rectangle that holds every place within `miles` of the point by `distance_miles`."""
    km = miles * _KM_PER_MILE
    north, east = km / _KM_PER_DEGREE, km / _km_per_degree_east(point)
    return Box(
        south=point.latitude - north,
        north=point.latitude + north,
        west=point.longitude - east,
        east=point.longitude + east,
    )


def _km_per_degree_east(point: Point) -> float:
    return _KM_PER_DEGREE * math.cos(math.radians(point.latitude))


def _bare(text: str) -> str:
    """What was typed in capitals and without its spaces; nothing if it is no plain ASCII."""
    typed = text.strip()
    if len(typed) > _LONGEST_TYPED:
        return ""
    bare = _IGNORED.sub("", typed)
    return bare.upper() if bare.isascii() else ""
