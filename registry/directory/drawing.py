"""How a page of results draws what it has many times: cards, and boxes to tick.

Each is a macro of templates/components/card.html or box.html that is drawn once, with room for what
differs from page to page (`registry.web.pieces`). A card's is kept with its document, so it goes
when the card changes; a box's by all that it says besides its number.
"""

from collections.abc import Iterable
from functools import lru_cache, partial
from typing import NamedTuple

from markupsafe import Markup, escape

from registry.cards.categories import kept_categories
from registry.cards.documents import worked_out
from registry.cards.queries import Hit, SearchResult
from registry.config import Settings, settings
from registry.directory.filters import Box, Option
from registry.directory.lines import Document, card_line
from registry.directory.search_page import AddressParts
from registry.directory.why import Why
from registry.web.formats import miles
from registry.web.pieces import NOTHING, Piece, as_markup, drawn_with_room

_CARDS, _BOXES = "components/card.html", "components/box.html"
_BOXES_KEPT, _REASONS_KEPT = 2_000, 5_000
_IS_NONE, _CHECKED, _COMMA = Markup(" is-none"), Markup(" checked"), Markup(", ")


class _Card(NamedTuple):
    """A card with room in it, what stands between its place and how far that is, and its own part
    of the address of a shortlist."""

    piece: Piece
    comma: Markup
    choosing: Markup


class _Forms:
    """What all cards of an installation have alike. Another setting makes another one of these."""

    def __init__(self, chosen: Settings) -> None:
        self.place_name = chosen.place_name
        self.why = drawn_with_room(_CARDS, "why_it_fits", ["reasons"])
        reason = drawn_with_room(_CARDS, "reason", ["said"])
        # Most of the same reasons stand on every card of a page, and of the next one.
        self.reason_line = lru_cache(_REASONS_KEPT)(lambda said: reason.filled(escape(said)))
        self.not_sure = drawn_with_room(_CARDS, "not_sure", ["doubts"])
        self.doubt = drawn_with_room(_CARDS, "doubt", ["said"])

    def card(self, document: Document, place: int, *, is_chosen: bool) -> _Card:
        """How a card is drawn, named by one of its places."""
        fit = card_line(document, self.place_name, place)
        rooms = ["carried", "how_far", "why", "shortlist"]
        return _Card(
            drawn_with_room(_CARDS, "card", rooms, fit=fit, is_chosen=is_chosen),
            _COMMA if fit.where.note else NOTHING,
            escape(f"a={document['slug']}"),
        )


_forms = lru_cache(maxsize=4)(_Forms)


def cards(result: SearchResult, parts: AddressParts) -> Markup:
    """The cards of a page of results, with why each fits and a link that puts it on the shortlist.

    `parts` is the address of the search: both links of a card carry along what was chosen, and the
    one to the shortlist the search, too.
    """
    forms, why, kinds = _forms(settings()), Why(result), kept_categories()
    chosen = result.request.chosen
    already = escape("&".join(f"a={slug}" for slug in chosen))
    carried = as_markup(f"?{already}") if chosen else NOTHING
    before = as_markup(f"{already}&amp;") if chosen else NOTHING
    after = escape(f"&{searched}") if (searched := parts.query(without=("a",))) else NOTHING
    drawn = []
    for hit in result.hits:
        is_chosen = bool(chosen) and hit.document["slug"] in chosen
        card = worked_out(
            hit.document,
            ("card", forms, hit.place, is_chosen, kinds),
            partial(forms.card, hit.document, hit.place, is_chosen=is_chosen),
        )
        listed = already if is_chosen else before + card.choosing
        drawn.append(
            card.piece.filled(
                carried, _how_far(hit, card.comma), _why(hit, why, forms), listed + after
            )
        )
    return as_markup("".join(drawn))


def boxes(options: Iterable[Option], kind: str) -> Markup:
    """Boxes to tick, or buttons of which one is pressed, each with what it would find."""
    return as_markup(
        "".join(
            [
                _box(box, kind).filled(
                    NOTHING if finds or finds is None else _IS_NONE,
                    _CHECKED if is_chosen else NOTHING,
                    NOTHING if finds is None else _finds(finds),
                )
                for box, finds, is_chosen in options
            ]
        )
    )


def _how_far(hit: Hit, comma: Markup) -> Markup:
    return NOTHING if hit.miles is None else as_markup(f"{comma}{escape(miles(hit.miles))}")


def _why(hit: Hit, why: Why, forms: _Forms) -> Markup:
    """Why a card fits, and what nobody can tell; nothing where nothing was asked."""
    reasons = "".join([forms.reason_line(said) for said in why.reasons(hit)])
    doubts = "".join([forms.doubt.filled(escape(said)) for said in why.unsure(hit)])
    told = forms.why.filled(as_markup(reasons)) if reasons else NOTHING
    return as_markup(told + forms.not_sure.filled(as_markup(doubts))) if doubts else told


@lru_cache(maxsize=_BOXES_KEPT)
def _box(box: Box, kind: str) -> Piece:
    told = {name: getattr(box, name) for name in ("id", "name", "value", "label", "is_finer")}
    return drawn_with_room(_BOXES, "box", ["is_none", "checked", "finds"], kind=kind, **told)


@lru_cache(maxsize=_BOXES_KEPT)
def _finds(number: int) -> Markup:
    noun = "activity" if number == 1 else "activities"
    rooms = ["number", "noun"]
    return drawn_with_room(_BOXES, "finds", rooms).filled(escape(f"{number:,}"), escape(noun))
