"""Everything of the open data that has an address: each part brings its own, and one page tells
of all of them."""

from flask import render_template

from registry.cards.queries import register_version
from registry.config import settings
from registry.opendata import sharing
from registry.opendata.blueprint import blueprint
from registry.opendata.files import routes as files
from registry.opendata.licence import CC_BY, OGL, PLACES, attribution
from registry.opendata.openactive import routes as openactive
from registry.opendata.oruk import routes as oruk
from registry.opendata.oruk.asking import MOST_PER_PAGE
from registry.opendata.oruk.context import BASE
from registry.opendata.oruk.openapi import addresses, parameters
from registry.web.caching import unchanged_since
from registry.web.guard import public

__all__ = ["blueprint", "files", "openactive", "oruk", "sharing"]


@blueprint.get("/data")
@public
@unchanged_since(register_version)
def data() -> str:
    """What there is, on what terms, and how to fetch all of it."""
    return render_template(
        "opendata/data.html",
        base=f"{settings().public_url}{BASE}",
        addresses=addresses(),
        parameters=parameters(),
        most=MOST_PER_PAGE,
        licence=OGL,
        other_licence=CC_BY,
        attribution=attribution(),
        places=PLACES,
    )
