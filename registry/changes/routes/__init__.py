"""The pages of changes: the club's, and the council's."""

from registry.changes.routes import answering, club, council
from registry.changes.routes.blueprint import blueprint

__all__ = ["answering", "blueprint", "club", "council"]
