"""The verbs of concerns and of the quiet hold."""

from registry.concerns.services.forgetting import forget_what_was_told
from registry.concerns.services.holding import (
    propose_end,
    propose_hold,
    sign,
    take_back,
)
from registry.concerns.services.telling import colour_of, tell
from registry.concerns.services.working import change_colour, close, hand_over, link

__all__ = [
    "change_colour",
    "close",
    "colour_of",
    "forget_what_was_told",
    "hand_over",
    "link",
    "propose_end",
    "propose_hold",
    "sign",
    "take_back",
    "tell",
]
