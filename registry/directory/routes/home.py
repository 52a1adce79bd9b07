"""Where everybody starts."""

from flask import render_template

from registry.directory.categories import categories
from registry.directory.queries import count, counts_by_category, register_version
from registry.directory.routes.blueprint import blueprint
from registry.directory.search_request import SearchRequest
from registry.web.caching import unchanged_since
from registry.web.guard import public

# The four commonest starts: heading, what is behind it, icon, tint, and the search itself.
DOORS = (
    ("At the weekend", "On a Saturday or Sunday", "when", "gold", SearchRequest(days=(5, 6))),
    ("School holidays", "Holiday clubs and camps", "holiday", "brick",
     SearchRequest(categories=("holiday",))),
    ("Extra support and SEND", "Clubs for children with special needs", "access", "leaf",
     SearchRequest(categories=("send",))),
    ("Ages 11 to 17", "Things for older children", "people", "heather",
     SearchRequest(ages=tuple(range(11, 18)))),
)  # fmt: skip


@blueprint.get("/")
@public
@unchanged_since(register_version)
def home() -> str:
    """Where everybody starts: search, browse, and what the mark means."""
    counts = counts_by_category()
    return render_template(
        "directory/home.html",
        total=count(SearchRequest()),
        doors=[(*door, count(door[-1])) for door in DOORS],
        kinds=[(kind, counts[kind.code]) for kind in categories() if counts.get(kind.code)],
        address_of_kind=lambda code: SearchRequest(categories=(code,)).address(),
    )
