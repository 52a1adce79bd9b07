"""What a search finds."""

from flask import render_template, request

from registry.config import settings
from registry.directory import filters, lines
from registry.directory.queries import register_version, search
from registry.directory.routes.blueprint import blueprint
from registry.directory.search_request import Problems, SearchRequest, ages_in_words, typed
from registry.web.caching import unchanged_since
from registry.web.guard import public


@blueprint.get("/activities")
@public
@unchanged_since(register_version)
def activities() -> str:
    """What fits, why it fits, and how to narrow or widen it."""
    asked, problems = SearchRequest.from_query(request.args)
    result = search(asked)
    if result.place_is_unknown:
        problems["postcode"] = (
            f"We do not know the postcode {asked.postcode}. Check it, or try one close by."
        )
    return render_template(
        "directory/activities.html",
        result=result,
        heading=lines.heading(result),
        asked=lines.asked_in_words(result),
        fits=[lines.fit(hit, result, settings().place_name) for hit in result.hits],
        facets=filters.facets(result),
        chips=filters.chips(result),
        loosenings=[] if result.total else filters.loosenings(result),
        distances=filters.distances(result.request),
        typed=_in_the_boxes(result.request, problems),
        problems=problems,
        page_address=lambda page: result.request.changed(page=page).address(),
    )


def _in_the_boxes(asked: SearchRequest, problems: Problems) -> dict[str, str]:
    """What the search strip shows: what was understood, or what was typed and could not be."""
    understood = {
        "q": asked.q,
        "age": ages_in_words(asked.ages),
        "postcode": asked.postcode,
    }
    return {
        name: typed(request.args, name) if name in problems else value
        for name, value in understood.items()
    }
