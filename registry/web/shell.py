"""What stands around a public page: its header, what is on top of it, the help band and the foot.

Every public page has them alike, so each is drawn once and kept for as long as it says the same.
"""

from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from typing import Any

from flask import Flask
from markupsafe import Markup

from registry.web.pieces import NOTHING, drawn, kept_piece

_TEMPLATE = "layouts/_public.html"


def header(section: str, shortlisted: Sequence[str] = ()) -> Markup:
    """The header with the way round the site. `shortlisted` is what the address carries."""
    listed = tuple(shortlisted)
    return _kept("header", (section, listed), section=section, shortlisted=listed)


def on_top(told: Mapping[str, Any]) -> Markup:
    """What an administrator put on top of pages."""
    if not any(told.values()):
        return NOTHING
    return _kept("on_top", tuple(told.values()), told=told)


def help_band(contacts: Hashable, exit_address: str) -> Markup:
    """The numbers that people may need in a hurry."""
    told = {"contacts": contacts, "exit_address": exit_address}
    return _kept("help_band", (contacts, exit_address), **told)


def foot() -> Markup:
    """The foot of the page."""
    return _kept("foot", ())


def offer_shell(app: Flask) -> None:
    """Give the layout of public pages these pieces."""
    app.jinja_env.globals.update(
        public_header=header, public_on_top=on_top, public_help_band=help_band, public_foot=foot
    )


def _kept(macro: str, says: Hashable, **told: Any) -> Markup:
    return kept_piece((macro, says), partial(drawn, _TEMPLATE, macro, **told))
