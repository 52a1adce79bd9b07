"""Everything of the open data that has an address: each part brings its own."""

from registry.opendata import sharing
from registry.opendata.blueprint import blueprint

__all__ = ["blueprint", "sharing"]
