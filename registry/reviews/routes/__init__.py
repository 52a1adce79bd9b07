"""The council's desk: the queue, a case, and the decisions on it."""

from registry.reviews.routes import case, deciding, home, question
from registry.reviews.routes.blueprint import blueprint

__all__ = ["blueprint", "case", "deciding", "home", "question"]
