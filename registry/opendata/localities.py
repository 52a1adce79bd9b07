"""In which town and county a public place is, from what its card says and nothing more."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_CONTENT = Path(__file__).parent / "content" / "counties.toml"


class Locality(NamedTuple):
    """A town or district, and its county."""

    town: str
    county: str


def locality_of(place: Mapping[str, Any], place_name: str) -> Locality:
    """“Heath Town, Wolverhampton” is in Wolverhampton. `place_name` is the council's own area."""
    label = str(place.get("area_label") or "")
    town = label.rpartition(", ")[2] if ", " in label else ""
    if not town:
        town = label if place.get("outside_area") and label else place_name
    return Locality(town, _counties().get(town, town))


@cache
def _counties() -> Mapping[str, str]:
    return tomllib.loads(_CONTENT.read_text(encoding="utf-8"))
