"""Pieces of pages that are drawn once, with room for what differs from page to page.

A page of results has twenty cards and a hundred boxes to tick, and each says nearly the same on
every page; so does the page itself. So what a template draws is drawn once, with room in place of
some of what it is told, and is filled for each page. What goes into the room is markup: whoever
fills it escapes it. A template may only write what it has room for, and never ask what is in it.
"""

import re
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from operator import itemgetter
from secrets import token_hex
from typing import Any, TypeVar

from flask import current_app, render_template
from markupsafe import Markup

from registry.config import settings

__all__ = [
    "NOTHING",
    "Piece",
    "as_markup",
    "drawn",
    "drawn_with_room",
    "kept_piece",
    "page_with_room",
]

T = TypeVar("T")

# What is markup already, put so without being looked at again.
as_markup = partial(str.__new__, Markup)
NOTHING = Markup("")
# Nobody who types something can know it.
_SECRET = token_hex(16)
_ROOM = re.compile(f"room-([a-z_]+)-{_SECRET}")
# A few hundred pages and parts of pages, each of some ten kilobytes.
_MOST_KEPT = 500


class Piece:
    """Markup with room in it, for what is named in `rooms`, each as often as it was written."""

    __slots__ = ("_form", "_order")

    def __init__(self, text: str, rooms: Sequence[str]) -> None:
        found = _ROOM.findall(text)
        if missing := set(rooms).symmetric_difference(found):
            raise ValueError(f"no room for {sorted(missing)}, or none that was asked for")
        self._form = _ROOM.sub("%s", text.replace("%", "%%"))
        order = [list(rooms).index(name) for name in found]
        self._order = None if order == list(range(len(rooms))) else itemgetter(*order)

    def filled(self, *values: Markup) -> Markup:
        """The piece with these in it, in the order in which the rooms were named."""
        return as_markup(self._form % (self._order(values) if self._order else values))


def drawn(template: str, macro: str, **told: Any) -> Markup:
    """What a macro of a template draws."""
    module = current_app.jinja_env.get_template(template).module
    piece: Markup = getattr(module, macro)(**told)
    return piece


def drawn_with_room(template: str, macro: str, rooms: Sequence[str], **told: Any) -> Piece:
    """The same, called with `told` and with room for these others."""
    return Piece(drawn(template, macro, **told, **_left_open(rooms)), rooms)


def page_with_room(template: str, rooms: Sequence[str], **told: Any) -> Piece:
    """A whole page, drawn with room for what differs from page to page."""
    return Piece(render_template(template, **told, **_left_open(rooms)), rooms)


def kept_piece(what: Hashable, draw: Callable[[], T]) -> T:
    """A piece that says nothing but `what`, and the settings: drawn once."""
    kept = current_app.extensions.setdefault("pieces", _Kept())
    return kept.piece(what, draw)


class _Kept:
    """The pieces of one application, for as long as its settings are these."""

    def __init__(self) -> None:
        self.settings: object = None
        self.pieces: dict[Hashable, Any] = {}

    def piece(self, what: Hashable, draw: Callable[[], T]) -> T:
        if self.settings is not (now := settings()) or len(self.pieces) >= _MOST_KEPT:
            self.settings, self.pieces = now, {}
        found: T | None = self.pieces.get(what)
        if found is None:
            found = self.pieces[what] = draw()
        return found


def _left_open(rooms: Sequence[str]) -> dict[str, Markup]:
    return {name: as_markup(f"room-{name}-{_SECRET}") for name in rooms}
