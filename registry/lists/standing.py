"""The one way to a list, for whoever reads it: what counts now, wherever it is asked."""

from flask import has_app_context

from registry.lists.items import KeptItems
from registry.lists.queries import Shipped, as_shipped, kept_items, keys_beginning

# What is made of a list is kept by the list's stamp. A few versions may be about at once, while
# one request still reads the version that another has just replaced.
VERSIONS_AT_ONCE = 4


def standing(key: str, shipped: Shipped) -> KeptItems:
    """The list of that key; our content where there is no installation to ask, as in a test of
    pure rules."""
    return kept_items(key, shipped) if has_app_context() else as_shipped(key, shipped)


def standing_keys(prefix: str) -> set[str]:
    """The keys of the lists that somebody here has changed, of those whose keys begin so."""
    return keys_beginning(prefix) if has_app_context() else set()
