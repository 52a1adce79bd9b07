"""The pages of administrators."""

from registry.administration.routes import (
    contacts,
    editions,
    front,
    kept_lists,
    notices,
    taxonomies,
)
from registry.administration.routes.blueprint import blueprint

__all__ = ["blueprint", "contacts", "editions", "front", "kept_lists", "notices", "taxonomies"]
