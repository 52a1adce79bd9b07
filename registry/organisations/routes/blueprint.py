"""The blueprint of the pages of organisations, and what publishes after a change.

What a club withdraws, hides or ends is gone from the public pages at once. Making those anew is
the work of registry.assessments, which is above this room: `publish_after_changes` says how.
Pausing and starting again are answered there too, on the club's front page.
"""

from collections.abc import Callable

from flask import Blueprint, Flask

from registry.organisations.models import Organisation

blueprint = Blueprint("organisations", __name__)


def publish_after_changes(app: Flask, publish: Callable[[Organisation], None]) -> None:
    """Say what makes the public pages of an organisation anew: `publish(organisation)`."""
    app.extensions["publish"] = publish
