"""What a search finds."""

from typing import Any
from urllib.parse import urlencode

from flask import render_template, request

from registry import clock
from registry.cards.queries import PAGE_SIZE, SearchResult, register_version, search
from registry.cards.search.request import MAP, Problems, SearchRequest, ages_in_words, typed
from registry.config import settings
from registry.directory import asking, chips, filters, loosening, map_view, why
from registry.directory.doors import doors_by_need
from registry.directory.routes.blueprint import blueprint
from registry.directory.search_page import PARENTS, SearchPage
from registry.geography.place_names import likely_places
from registry.tallies import missed
from registry.web.caching import unchanged_since
from registry.web.guard import public
from registry.web.requests import may_ask_where


@blueprint.get("/activities")
@public
@may_ask_where
@unchanged_since(register_version)
def activities() -> str:
    """What fits, why it fits, and how to narrow or widen it."""
    asked, problems = PARENTS.read(request.args)
    return found(PARENTS, asked, problems)


def found(page: SearchPage, asked: SearchRequest, problems: Problems) -> str:
    """The results, as a list or on a map."""
    if asked.view == MAP:
        told = shown(page, asked.changed(), problems, map_view.MOST)
        view = map_view.map_of(told["result"], told["fits"])
        return render_template("directory/map.html", **told, map=view)
    return render_template("directory/activities.html", **shown(page, asked, problems))


def shown(
    page: SearchPage, asked: SearchRequest, problems: Problems, at_once: int = PAGE_SIZE
) -> dict[str, Any]:
    """All that a page of results wants: a search, and what can be done next."""
    result = search(asked, at_once)
    if not result.total:
        missed(asked.q)
    if result.place_is_unknown:
        problems["postcode"] = _unknown_place(asked)
    return {
        "page": page,
        "today": clock.today(),
        "result": result,
        "heading": asking.heading(result),
        "asked": asking.asked_in_words(result),
        "fits": [why.fit(hit, result, settings().place_name) for hit in result.hits],
        "facets": filters.facets(result, page),
        "rest_of_ages": filters.rest_of_ages(result.request, page),
        "chips": chips.chips(result, page),
        "sorts": chips.sorts(result, page),
        "left_out": chips.left_out(result, page),
        "loosenings": [] if result.total else loosening.loosenings(result, page),
        "distances": filters.distances(result.request),
        "typed": _in_the_boxes(result, problems, page),
        "problems": problems,
        "likely": _likely_places(result.request, problems, page),
        "doors": [] if result.total else doors_by_need(),
        "search_query": urlencode(result.request.pairs(without=("a", "page"))),
        "clear": page.address(page.nothing_asked(result.request)),
        "page_address": page.parts(result.request).of_page,
    }


def _unknown_place(asked: SearchRequest) -> str:
    if asked.postcode:
        return f"We do not know the postcode {asked.postcode}. Check it, or try one close by."
    return f"We do not know where {asked.place} is. Try a postcode close by."


def _likely_places(
    asked: SearchRequest, problems: Problems, page: SearchPage
) -> list[tuple[str, str]]:
    """What somebody may have meant by a place that we do not know: its name, and the search."""
    unknown = next((name for name in ("postcode", "place") if name in problems), "")
    likely = likely_places(typed(request.args, unknown)) if unknown else ()
    return [(one.name, page.address(asked.changed(postcode="", place=one.name))) for one in likely]


def _in_the_boxes(result: SearchResult, problems: Problems, page: SearchPage) -> dict[str, str]:
    """What the search strip shows: what was understood, or what was typed and could not be."""
    asked = result.request
    understood = {
        "q": asked.q,
        "age": "" if page.takes_for_granted(asked) else ages_in_words(asked.ages),
        "postcode": asked.postcode or asked.place,
    }
    return {
        name: typed(request.args, name) if name in problems else value
        for name, value in understood.items()
    }
