"""The verbs of the council's desk that are no step of the lifecycle."""

from registry.reviews.services.conflicts import links_of, state_conflicts, tell_link
from registry.reviews.services.second_readings import (
    draw_for_second_reading,
    read_again,
    read_others_again,
    settle_doubt,
)

__all__ = [
    "draw_for_second_reading",
    "links_of",
    "read_again",
    "read_others_again",
    "settle_doubt",
    "state_conflicts",
    "tell_link",
]
