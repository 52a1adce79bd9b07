"""The way to a place: a link that a person presses, to a map of somebody else's, and one that opens
the map of a telephone. A page by itself asks no other host for anything. Pure."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit


class Directions(NamedTuple):
    """Where the links go. `host` says whose map it is; empty, with `href`, where none is set."""

    href: str
    host: str
    app_href: str


def directions(place: Mapping[str, Any], map_address: str) -> Directions | None:
    """The way to a place of a card, on the map whose address has room for its point. A place
    without a public address has none: its point, if it has one, is the middle of a ward."""
    is_public = not (place.get("hidden") or place.get("online") or place.get("various"))
    if not is_public or place.get("latitude") is None or place.get("longitude") is None:
        return None
    point = {name: f"{place[name]:.5f}" for name in ("latitude", "longitude")}
    href = map_address
    for name, value in point.items():
        href = href.replace(f"{{{name}}}", value)
    at = f"{point['latitude']},{point['longitude']}"
    said = quote(str(place.get("name") or ""), safe="")
    host = (urlsplit(href).hostname or "").removeprefix("www.")
    return Directions(href, host, f"geo:{at}?q={at}({said})" if said else f"geo:{at}?q={at}")
