"""What a search finds."""

from typing import Any
from urllib.parse import urlencode

from flask import render_template, request

from registry.config import settings
from registry.directory import asking, filters, loosening, why
from registry.directory.doors import doors_by_need
from registry.directory.queries import SearchResult, register_version, search
from registry.directory.routes.blueprint import blueprint
from registry.directory.search_page import PARENTS, SearchPage
from registry.directory.search_request import Problems, SearchRequest, ages_in_words, typed
from registry.web.caching import unchanged_since
from registry.web.guard import public


@blueprint.get("/activities")
@public
@unchanged_since(register_version)
def activities() -> str:
    """What fits, why it fits, and how to narrow or widen it."""
    asked, problems = PARENTS.read(request.args)
    return render_template("directory/activities.html", **shown(PARENTS, asked, problems))


def shown(page: SearchPage, asked: SearchRequest, problems: Problems) -> dict[str, Any]:
    """All that a page of results wants: a search, and what can be done next."""
    result = search(asked)
    if result.place_is_unknown:
        problems["postcode"] = _unknown_place(asked)
    return {
        "page": page,
        "result": result,
        "heading": asking.heading(result),
        "asked": asking.asked_in_words(result),
        "fits": [why.fit(hit, result, settings().place_name) for hit in result.hits],
        "facets": filters.facets(result, page),
        "rest_of_ages": filters.rest_of_ages(result.request),
        "chips": filters.chips(result, page),
        "sorts": filters.sorts(result, page),
        "left_out": filters.left_out(result, page),
        "loosenings": [] if result.total else loosening.loosenings(result, page),
        "distances": filters.distances(result.request),
        "typed": _in_the_boxes(result, problems, page),
        "problems": problems,
        "doors": [] if result.total else doors_by_need(),
        "search_query": urlencode(result.request.pairs(without=("a", "page"))),
        "clear": page.address(page.nothing_asked(result.request)),
        "page_address": lambda number: page.address(result.request.changed(page=number)),
    }


def _unknown_place(asked: SearchRequest) -> str:
    if asked.postcode:
        return f"We do not know the postcode {asked.postcode}. Check it, or try one close by."
    return f"We do not know where {asked.place} is. Try a postcode close by."


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
