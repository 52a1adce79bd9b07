"""What stands around a public page: its header, what is on top of it, the help band and the foot.

Every public page has them alike, so each is drawn once and kept for as long as it says the same.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

from registry.web.pieces import NOTHING, drawn, kept_piece

__all__ = [
    "EXIT_ADDRESS",
    "foot",
    "header",
    "help_band",
    "offer_shell",
    "on_top",
    "tell_what_is_on_top",
]

# Neutral, common, and nothing to explain to somebody who looks over a shoulder.
EXIT_ADDRESS = "https://www.bbc.co.uk/weather"
_TEMPLATE = "layouts/_public.html"


def header(section: str, shortlisted: Sequence[str] = ()) -> Markup:
    """The header with the way round the site. `shortlisted` is what the address carries."""
    listed = tuple(shortlisted)
    return _kept("header", (section, listed), section=section, shortlisted=listed)


def on_top() -> Markup:
    """What an administrator put on top of pages, just now."""
    told: Mapping[str, Any] = current_app.extensions["on_top_of_pages"]("public")
    if not any(told.values()):
        return NOTHING
    return _kept("on_top", tuple(told.values()), told=told)


def help_band(contacts: Hashable, exit_address: str = EXIT_ADDRESS) -> Markup:
    """The numbers that people may need in a hurry."""
    told = {"contacts": contacts, "exit_address": exit_address}
    return _kept("help_band", (contacts, exit_address), **told)


def foot() -> Markup:
    """The foot of the page."""
    return _kept("foot", ())


def tell_what_is_on_top(app: Flask, ask: Callable[[str], Mapping[str, Any]]) -> None:
    """Say who knows what stands on top of pages of one kind, “public” or “desks”."""
    app.extensions["on_top_of_pages"] = ask
    app.jinja_env.globals["on_top_of_pages"] = ask


def offer_shell(app: Flask) -> None:
    """Give the layout of public pages these pieces."""
    app.jinja_env.globals.update(
        public_header=header, public_on_top=on_top, public_help_band=help_band, public_foot=foot
    )


def _kept(macro: str, says: Hashable, **told: Any) -> Markup:
    return kept_piece((macro, says), partial(drawn, _TEMPLATE, macro, **told))
