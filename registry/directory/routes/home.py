"""Where everybody starts."""

from flask import render_template

from registry.cards.queries import register_version
from registry.directory.doors import all_of, counted_doors, kinds_of
from registry.directory.routes.blueprint import blueprint
from registry.web.caching import unchanged_since
from registry.web.guard import public
from registry.web.requests import may_ask_where


@blueprint.get("/")
@public
@may_ask_where
@unchanged_since(register_version)
def home() -> str:
    """Where everybody starts: search, browse, and what the mark means."""
    everything = all_of()
    return render_template(
        "directory/home.html",
        everything=everything,
        doors=counted_doors(everything),
        kinds=kinds_of(everything),
    )
