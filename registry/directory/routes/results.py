"""What a search finds."""

from flask import request

from registry.cards.queries import PAGE_SIZE, SearchResult, register_version, search
from registry.cards.search.request import LIST, MAP, Problems, SearchRequest, typed
from registry.config import settings
from registry.directory import loosening, map_view, why
from registry.directory.results_page import Found, boxes_of, page_of_results, page_with_map
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
        shown = _found(page, asked.changed(), problems, map_view.MOST)
        result, city = shown.result, settings().place_name
        fits = [why.fit(hit, result, city) for hit in result.hits]
        view = map_view.map_of(result, fits)
        return page_with_map(shown, map=view, see_all=page.address(asked.changed(view=LIST)))
    return page_of_results(_found(page, asked, problems))


def _found(
    page: SearchPage, asked: SearchRequest, problems: Problems, at_once: int = PAGE_SIZE
) -> Found:
    """A search, and what can be done next."""
    result = search(asked, at_once)
    if not result.total:
        missed(asked.q)
    if result.place_is_unknown:
        problems["postcode"] = _unknown_place(asked)
    return Found(
        page,
        result,
        problems,
        _in_the_boxes(result, problems, page),
        likely=_likely_places(result.request, problems, page),
        loosenings=[] if result.total else loosening.loosenings(result, page),
    )


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
    return {
        name: typed(request.args, name) if name in problems else value
        for name, value in boxes_of(result.request, page).items()
    }
