"""The council's list of places, for the search box and for “near me”."""

from functools import lru_cache
from hashlib import sha256
from typing import Any

from flask import Response, jsonify, redirect
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from registry.directory.routes.blueprint import blueprint
from registry.geography.place_names import PlaceName, place_names
from registry.geography.queries import points_of_places
from registry.lists.standing import VERSIONS_AT_ONCE
from registry.web.guard import public

_FOR_EVER = "public, max-age=31536000, immutable"
_STAMP_LENGTH = 12
# A hundred metres: enough to say which place is nearest.
_DECIMALS = 3


@blueprint.get("/places-<stamp>.json")
@public
def places(stamp: str) -> AnyResponse:
    """Every name with its point, about. Its address changes with the list, so a browser keeps it
    for ever; and a browser that has the whole list asks nobody which of them is near."""
    if stamp != _stamp(place_names()):
        return redirect(address_of_places())
    points = points_of_places()
    answer: Response = jsonify(
        [
            [name, round(point.latitude, _DECIMALS), round(point.longitude, _DECIMALS)]
            for name, point in points.items()
        ]
    )
    answer.headers["Cache-Control"] = _FOR_EVER
    return answer


def address_of_places() -> str:
    """Where the list is today."""
    return f"/places-{_stamp(place_names())}.json"


@blueprint.context_processor
def places_to_offer() -> dict[str, Any]:
    """What the search box wants: the names to choose from, and where “near me” finds their points.
    Functions, so that a page without the box pays for nothing."""
    return {
        "place_options": lambda: _options(place_names()),
        "address_of_places": address_of_places,
    }


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _stamp(names: tuple[PlaceName, ...]) -> str:
    return sha256(repr(names).encode()).hexdigest()[:_STAMP_LENGTH]


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _options(names: tuple[PlaceName, ...]) -> Markup:
    """As short as HTML allows: an option ends where the next one begins. Each name is escaped."""
    return Markup("").join(Markup("<option>{}").format(place.name) for place in names)
