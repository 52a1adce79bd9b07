"""Pages that tell people things."""

from typing import Any

from flask import Blueprint

blueprint = Blueprint("information", __name__)


def shown_on_every_page() -> dict[str, Any]:
    """What every page's layout needs."""
    return {}
