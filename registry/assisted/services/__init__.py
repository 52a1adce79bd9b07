"""The verbs of paper and telephone."""

from registry.assisted.services.entries import (
    confirm_by_club,
    confirm_by_second,
    decline,
    decline_by_club,
    prepare,
)
from registry.assisted.services.helping import begin_assisting, register_for, stop_assisting
from registry.assisted.services.posting import posted

__all__ = [
    "begin_assisting",
    "confirm_by_club",
    "confirm_by_second",
    "decline",
    "decline_by_club",
    "posted",
    "prepare",
    "register_for",
    "stop_assisting",
]
