"""The badge: a picture that says two dates while they are true, and nothing of a club otherwise."""

from base64 import b64encode

from flask import render_template

from registry.verifying.verdict import Verdict

MIME = "image/svg+xml"
LIGHT, DARK = "light", "dark"


def badge_svg(verdict: Verdict | None, on: str = LIGHT) -> str:
    """The badge for light or for dark pages. Without a verdict it is grey, always the same."""
    if verdict is None:
        return render_template("verifying/badge_not_today.svg")
    return render_template("verifying/badge.svg", verdict=verdict, is_dark=on == DARK)


def badge_in_the_page(verdict: Verdict | None, on: str = LIGHT) -> str:
    """The same as an address that holds the picture itself: nothing is asked for it."""
    return f"data:{MIME};base64,{b64encode(badge_svg(verdict, on).encode()).decode()}"


def code_for_a_page(verdict: Verdict, on: str = LIGHT) -> str:
    """What a club copies into its own page: the picture, leading to the check."""
    return render_template("verifying/badge_code.html", verdict=verdict, is_dark=on == DARK).strip()
