"""Is this true today? The check and the badge for everybody, and what a club prints and shows."""

from registry.verifying.routes import checks, printing
from registry.verifying.routes.blueprint import blueprint

__all__ = ["blueprint", "checks", "printing"]
