"""The public pages: the start, search, one activity, one organisation.

Every one of them reads cards and nothing else, sets no cookie and writes nothing.
"""

from registry.directory.routes import (
    home,
    listing,
    organisation,
    pictures,
    places,
    results,
    shortlist,
    young_people,
)
from registry.directory.routes.blueprint import blueprint

__all__ = [
    "blueprint",
    "home",
    "listing",
    "organisation",
    "pictures",
    "places",
    "results",
    "shortlist",
    "young_people",
]
