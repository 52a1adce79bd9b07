"""Pages of organisations: their details, their places and their activities."""

from registry.organisations.routes import activities, details, pictures, sessions, venues
from registry.organisations.routes.blueprint import blueprint, publish_after_changes

__all__ = [
    "activities",
    "blueprint",
    "details",
    "pictures",
    "publish_after_changes",
    "sessions",
    "venues",
]
