"""The front page of the council's desk."""

from collections.abc import Callable

from flask_login import current_user

from registry.council.navigation import Rows, navigation


def shown_at_the_desk() -> dict[str, Callable[[str], Rows]]:
    """The way round the desk, for the layout of its pages. Asked for only by those."""
    return {"council_navigation": lambda section: navigation(current_user, section)}
