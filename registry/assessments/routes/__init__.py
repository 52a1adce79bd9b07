"""Pages of the self-check: what is asked, what was said, and sending it."""

from registry.assessments.routes import answers, papers, preview, questions, reply, sending, tasks
from registry.assessments.routes.blueprint import blueprint

__all__ = ["answers", "blueprint", "papers", "preview", "questions", "reply", "sending", "tasks"]
