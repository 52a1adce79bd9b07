"""The one way to a list, for whoever reads it: what counts now, wherever it is asked."""

from flask import has_app_context

from registry.lists.items import KeptItems
from registry.lists.queries import Shipped, as_shipped, kept_items

# What is made of a list is kept by the list's stamp. A few versions may be about at once, while
# one request still reads the version that another has just replaced.
VERSIONS_AT_ONCE = 4


def standing(key: str, shipped: Shipped) -> KeptItems:
    """The list of that key; our content where there is no installation to ask, as in a test of
    pure rules."""
    return kept_items(key, shipped) if has_app_context() else as_shipped(key, shipped)
