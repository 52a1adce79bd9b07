"""What follows from an approval, and is decided above this room.

What a club edited while the council was reading is a change like any other from that day on, and
some approvals are drawn to be read again: `tell_of_approvals` says who sees to that
(registry.changes, registry.reviews).
"""

from collections.abc import Callable

from flask import Flask, current_app

from registry.assessments.models import Assessment

__all__ = ["tell_of_approvals", "was_approved"]


def tell_of_approvals(app: Flask, *told: Callable[[Assessment], None]) -> None:
    """Say who is told of an approval, in its transaction: each `told(assessment)`, in order."""
    app.extensions["tell_of_approvals"] = told


def was_approved(assessment: Assessment) -> None:
    """Tell of an approval that has just been given."""
    for told in current_app.extensions.get("tell_of_approvals", ()):
        told(assessment)
