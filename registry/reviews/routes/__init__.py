"""The council's desk: the queue, a case, and the decisions on it."""

from registry.reviews.routes import (
    after_approval,
    case,
    conflicts,
    deciding,
    notes,
    papers,
    past,
    question,
    queue,
    second_readings,
    standing,
)
from registry.reviews.routes.blueprint import blueprint

__all__ = [
    "after_approval",
    "blueprint",
    "case",
    "conflicts",
    "deciding",
    "notes",
    "papers",
    "past",
    "question",
    "queue",
    "second_readings",
    "standing",
]
