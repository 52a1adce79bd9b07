"""The page of results, put together: drawn once, and filled in for each search.

What all searches have alike is one piece with room in it (templates/directory/activities.html and
what it includes), drawn anew when a setting, a number of the help band, a name of a place, a kind
or the reader's way of reading is another. What differs is filled in here as markup: whatever comes
from somebody's words, a card or a list is escaped where it is put in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import request
from markupsafe import Markup, escape

from registry import clock
from registry.cards.queries import SearchResult
from registry.cards.search.request import LIST, MAP, Problems, SearchRequest, ages_in_words
from registry.directory import asking, chips, drawing, filters
from registry.directory.doors import doors_by_need
from registry.directory.loosening import Loosening
from registry.directory.search_page import SearchPage
from registry.geography.place_names import kept_place_names
from registry.information.queries import help_contacts
from registry.information.reading import COOKIE, classes_of
from registry.web import shell
from registry.web.formats import long_date
from registry.web.pieces import (
    NOTHING,
    Piece,
    as_markup,
    drawn,
    drawn_with_room,
    kept_piece,
    page_with_room,
)

__all__ = ["Found", "page_of_results"]

_PARTS, _PAGES = "directory/_parts.html", "components/pagination.html"
# What has a box in the search strip, where it is told beside it that it cannot be read.
_BOXES = ("q", "age", "postcode", "place", "distance")
_OF_THE_SEARCH = {"q", "words", "age", "postcode", "place", "distance"}
_OF_THE_FILTERS = {
    "category", "age", "day", "time", "when", "cost", "support", "access", "language", "online",
}  # fmt: skip
_ON_EVERY_PAGE = (
    "header", "on_top", "heading", "folded", "cannot_read", "likely", "carried_by_search", "q",
    "age", "postcode", "distances", "corrected", "chips", "left_out", "not_said", "printed",
    "help_band",
)  # fmt: skip
_WHERE_SOMETHING_IS_FOUND = (
    "carried_by_filters", "facets", "asked", "as_list", "as_map", "filters_chosen", "sorts",
)  # fmt: skip
_IN_A_LIST = ("cards", "pages")
_WHERE_NOTHING_IS = ("widen", "loosenings")
_OPEN, _CURRENT = Markup(" open"), Markup(' aria-current="true"')


@dataclass(frozen=True)
class Found:
    """A search, and all that its page says. `typed` is what stands in the boxes of the strip."""

    page: SearchPage
    result: SearchResult
    problems: Problems
    typed: dict[str, str]
    likely: Sequence[tuple[str, str]] = ()
    loosenings: Sequence[Loosening] = ()


def page_of_results(found: Found) -> str:
    """The list of what fits, or where to go on from nothing."""
    return _Filling(found).page("directory/activities.html")


def page_with_map(found: Found, **told: Any) -> str:
    """The same as a map: `told` is what its template is told besides."""
    return _Filling(found).page("directory/map.html", **told)


class _Filling:
    """What is filled into the page of one search. A method for each thing that has room there."""

    def __init__(self, found: Found) -> None:
        self.told, self.result, self.problems = found, found.result, found.problems
        self.request: SearchRequest = found.result.request
        self.where = found.page
        self.parts = found.page.parts(self.request)
        self.words = asking.asked_in_words(self.result)
        self.facets_offered = filters.facets(self.result, self.where) if self.result.total else []

    def page(self, template: str, **told: Any) -> str:
        """The whole of it."""
        self.contacts = help_contacts()
        rooms = [*_ON_EVERY_PAGE]
        rooms += _WHERE_SOMETHING_IS_FOUND if self.result.total else _WHERE_NOTHING_IS
        if template != "directory/map.html" and self.result.total:
            rooms += _IN_A_LIST
        asks = {
            "finds": bool(self.result.total),
            "is_everything": self.request.asks_for_nothing,
            "folds": bool(self.words) and not self.problems,
            "problems": frozenset(self.problems),
            "view": self.request.view,
        }
        draw = partial(
            page_with_room,
            template,
            rooms,
            page=self.where,
            section="young" if self.where.is_for_young else "activities",
            doors=() if self.result.total else doors_by_need(),
            **asks,
            **told,
        )
        look = classes_of(request.cookies.get(COOKIE, ""))
        looks = (self.where.path, self.contacts, look, kept_place_names())
        alike = (template, *asks.values(), *looks)
        piece: Piece = draw() if told else kept_piece(alike, draw)
        return piece.filled(*[getattr(self, name)() for name in rooms])

    # Around it.

    def header(self) -> Markup:
        section = "young" if self.where.is_for_young else "activities"
        return shell.header(section, self.request.chosen)

    def on_top(self) -> Markup:
        return shell.on_top()

    def help_band(self) -> Markup:
        return shell.help_band(self.contacts)

    # The search strip.

    def folded(self) -> Markup:
        if not self.words or self.problems:
            return NOTHING
        return _piece("folded", "asked").filled(escape(asking.as_sentence(self.words)))

    def cannot_read(self) -> Markup:
        return _joined(
            drawn(_PARTS, "error", name=name, problem=problem)
            for name, problem in self.problems.items()
            if name in _BOXES
        )

    def likely(self) -> Markup:
        likely = self.told.likely
        return drawn(_PARTS, "likely", places=likely) if likely else NOTHING

    def carried_by_search(self) -> Markup:
        return self._hidden(_OF_THE_SEARCH)

    def q(self) -> Markup:
        return escape(self.told.typed["q"])

    def age(self) -> Markup:
        return escape(self.told.typed["age"])

    def postcode(self) -> Markup:
        return escape(self.told.typed["postcode"])

    def distances(self) -> Markup:
        chosen = self.request.miles
        return kept_piece(("distances", chosen), lambda: _distances(self.request))

    # The filters.

    def carried_by_filters(self) -> Markup:
        rest = filters.rest_of_ages(self.request, self.where)
        hidden = self._hidden(_OF_THE_FILTERS)
        return _joined([hidden, _hidden("age", rest)]) if rest else hidden

    def facets(self) -> Markup:
        return _joined(map(_facet, self.facets_offered))

    def filters_chosen(self) -> Markup:
        chosen = sum([facet.chosen for facet in self.facets_offered])
        return as_markup(f" ({chosen})") if chosen else NOTHING

    # Above the results.

    def heading(self) -> Markup:
        return escape(asking.heading(self.result))

    def asked(self) -> Markup:
        return _piece("asked", "words").filled(escape(self.words)) if self.words else NOTHING

    def corrected(self) -> Markup:
        words = self.result.corrected
        if not words:
            return NOTHING
        as_typed = self.where.address(self.request.changed(as_typed=True))
        return drawn(_PARTS, "corrected", words=words, href=as_typed)

    def chips(self) -> Markup:
        each = chips.chips(self.result, self.where, self.parts)
        if not each:
            return NOTHING
        chip = _piece("chip", "href", "text")
        clear = NOTHING
        if len(each) > 1:
            everything = self.where.address(self.where.nothing_asked(self.request))
            clear = _piece("clear", "href").filled(escape(everything))
        told = _joined(chip.filled(escape(href), escape(text)) for text, href in each)
        return _piece("chips", "each", "clear").filled(told, clear)

    def left_out(self) -> Markup:
        return _joined(
            drawn(_PARTS, "left_out", problem=problem)
            for name, problem in self.problems.items()
            if name not in _BOXES
        )

    def as_list(self) -> Markup:
        return escape(self.parts.viewed_as(LIST))

    def as_map(self) -> Markup:
        return escape(self.parts.viewed_as(MAP))

    def sorts(self) -> Markup:
        line = _piece("sort", "href", "current", "label")
        return _joined(
            line.filled(escape(one.href), _CURRENT if one.is_chosen else NOTHING, escape(one.label))
            for one in chips.sorts(self.result, self.where, self.parts)
        )

    # The results, and below them.

    def cards(self) -> Markup:
        return drawing.cards(self.result, self.parts)

    def not_said(self) -> Markup:
        each = chips.left_out(self.result, self.where)
        return drawn(_PARTS, "not_said", each=each) if each else NOTHING

    def pages(self) -> Markup:
        number, last = self.result.page, self.result.pages
        if last == 1:
            return NOTHING
        pages = {"page": number, "pages": last, "page_url": self.parts.of_page}
        return drawn(_PAGES, "pagination", label="Pages of results", **pages)

    def printed(self) -> Markup:
        number, last = self.result.page, self.result.pages
        is_one_of_several = last > 1 and self.request.view == LIST
        return _piece("printed", "today", "of_pages", "address").filled(
            escape(long_date(clock.today())),
            escape(f", page {number} of {last}") if is_one_of_several else NOTHING,
            escape(self.parts.of_page(self.request.page)),
        )

    # Where there are none.

    def widen(self) -> Markup:
        each = self.told.loosenings
        return drawn(_PARTS, "widen", is_one=each[0].is_one) if each else NOTHING

    def loosenings(self) -> Markup:
        each = self.told.loosenings
        if not each:
            return NOTHING
        return drawn(_PARTS, "loosenings", each=each, is_one=each[0].is_one)

    def _hidden(self, left_out: set[str]) -> Markup:
        """The rest of the search, so that a form sends it along."""
        return _joined(
            _hidden(name, value) for name, value, _ in self.parts.parts if name not in left_out
        )


def _facet(facet: filters.Facet) -> Markup:
    """A group of boxes, those beyond the first ones folded away."""
    rooms = ("open", "chosen", "boxes", "more")
    more = NOTHING
    if facet.more:
        more = _piece("more", "open", "number", "boxes").filled(
            _OPEN if facet.more_is_open else NOTHING,
            escape(str(len(facet.more))),
            drawing.boxes(facet.more, facet.kind),
        )
    chosen = facet.chosen
    return _piece("facet", *rooms, title=facet.title, hint=facet.hint).filled(
        _OPEN if facet.is_open else NOTHING,
        _piece("chosen", "number").filled(escape(str(chosen))) if chosen else NOTHING,
        drawing.boxes(facet.options, facet.kind),
        more,
    )


def _distances(request: SearchRequest) -> Markup:
    return _joined(
        drawn(_PARTS, "far", value=far.value, label=far.label, is_chosen=far.is_chosen)
        for far in filters.distances(request)
    )


def _hidden(name: str, value: str) -> Markup:
    return _piece("hidden", "name", "value").filled(escape(name), escape(value))


def _piece(macro: str, *rooms: str, **told: str) -> Piece:
    what = (macro, *told.values())
    return kept_piece(what, partial(drawn_with_room, _PARTS, macro, rooms, **told))


def _joined(pieces: Iterable[Markup]) -> Markup:
    return as_markup("".join(pieces))


def boxes_of(request: SearchRequest, page: SearchPage) -> dict[str, str]:
    """What the search strip shows of a request that was understood."""
    return {
        "q": request.q,
        "age": "" if page.takes_for_granted(request) else ages_in_words(request.ages),
        "postcode": request.postcode or request.place,
    }
