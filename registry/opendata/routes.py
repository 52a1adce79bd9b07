"""Everything of the open data that has an address: each part brings its own."""

from registry.opendata import sharing
from registry.opendata.blueprint import blueprint
from registry.opendata.files import routes as files
from registry.opendata.openactive import routes as openactive
from registry.opendata.oruk import routes as oruk

__all__ = ["blueprint", "files", "openactive", "oruk", "sharing"]
