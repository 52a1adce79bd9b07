"""Pages of the club's desk: home, the self-check, and sending it."""

from registry.assessments.routes import answers, home, papers, preview, questions, sending, tasks
from registry.assessments.routes.blueprint import blueprint

__all__ = ["answers", "blueprint", "home", "papers", "preview", "questions", "sending", "tasks"]
