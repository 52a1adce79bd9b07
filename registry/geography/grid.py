"""From the grid of Ordnance Survey (OSGB36, metres east and north) to degrees (WGS84).

By the seven numbers that the whole of Great Britain is turned and moved by: within five metres.
No finer table of shifts is fetched from anywhere, so every machine gives the same degrees unless
somebody put such a table there.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

__all__ = ["EASTERNMOST", "NORTHERNMOST", "to_degrees"]

# How far the grid reaches, in metres from its corner south-west of Scilly.
EASTERNMOST, NORTHERNMOST = 700_000, 1_300_000
_DECIMALS = 6
_GRID, _DEGREES = "EPSG:27700", "EPSG:4326"


def to_degrees(eastings: Sequence[float], northings: Sequence[float]) -> list[tuple[float, float]]:
    """Latitude and longitude of each point, in their order."""
    east, north = _transformer().transform(eastings, northings)
    return [(round(y, _DECIMALS), round(x, _DECIMALS)) for x, y in zip(east, north, strict=True)]


@cache
def _transformer() -> Any:
    # Here and not above: web workers have no use for it, and it takes its time to come.
    from pyproj import Transformer, network

    network.set_network_enabled(False)
    return Transformer.from_crs(_GRID, _DEGREES, always_xy=True)
