"""What follows from an approval, and is decided above this room.

What a club edited while the council was reading is a change like any other from that day on:
`tell_of_approvals` says who sees to that (registry.changes).
"""

from collections.abc import Callable

from flask import Flask, current_app

from registry.assessments.models import Assessment

__all__ = ["tell_of_approvals", "was_approved"]


def tell_of_approvals(app: Flask, told: Callable[[Assessment], None]) -> None:
    """Say who is told of an approval, in its transaction: `told(assessment)`."""
    app.extensions["tell_of_approvals"] = told


def was_approved(assessment: Assessment) -> None:
    """Tell of an approval that has just been given."""
    told = current_app.extensions.get("tell_of_approvals")
    if told is not None:
        told(assessment)
