"""Pages of the club's desk: home, the self-check, and sending it."""

from registry.assessments.routes import home, papers, questions, sending, tasks
from registry.assessments.routes.blueprint import blueprint

__all__ = ["blueprint", "home", "papers", "questions", "sending", "tasks"]
