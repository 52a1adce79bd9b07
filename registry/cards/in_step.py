"""Telling whoever keeps something in step with the cards, in the transaction that changes them.

What feeds give of a card is the work of registry.opendata, which is above this room:
`keep_in_step_with_cards` says who does it.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from flask import Flask, current_app

__all__ = ["ChangedCard", "cards_changed", "keep_in_step_with_cards"]


class ChangedCard(NamedTuple):
    """What is told of a card that came or changed. Its document is the one that is kept."""

    activity_id: int
    listed_until: date
    document: dict[str, Any]


Keep = Callable[[Collection[int], Sequence[ChangedCard]], None]


def keep_in_step_with_cards(app: Flask, *keep: Keep) -> None:
    """Decide who is told of cards that came, changed or went. Called once, at the start."""
    app.extensions["keep_in_step_with_cards"] = keep


def cards_changed(gone: Collection[int], cards: Sequence[ChangedCard]) -> None:
    """Say that these activities' cards were taken out, and these put in."""
    for keep in current_app.extensions.get("keep_in_step_with_cards", ()):
        keep(gone, cards)
