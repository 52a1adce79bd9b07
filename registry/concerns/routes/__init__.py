"""The pages of concerns: the public's, the council's, and those of the quiet hold."""

from registry.concerns.routes import desk, holds, public
from registry.concerns.routes.blueprint import blueprint

__all__ = ["blueprint", "desk", "holds", "public"]
