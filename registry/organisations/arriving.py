"""What follows when an organisation comes to the register, or says something new of itself.

Comparing it with every other record is the work of rooms above this one: `tell_of_arrivals` says
who does that.
"""

from collections.abc import Callable

from flask import Flask, current_app

from registry.organisations.models import Organisation

__all__ = ["has_arrived", "tell_of_arrivals"]


def tell_of_arrivals(app: Flask, told: Callable[[Organisation], None]) -> None:
    """Say who is told, in the same transaction and after its entry: `told(organisation)`."""
    app.extensions["tell_of_arrivals"] = told


def has_arrived(organisation: Organisation) -> None:
    """Tell of an organisation that is new here, or known by something new."""
    told = current_app.extensions.get("tell_of_arrivals")
    if told is not None:
        told(organisation)
