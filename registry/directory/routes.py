"""The public pages: the start, search, one activity, one organisation.

Every one of them reads cards and nothing else, sets no cookie and writes nothing.
"""

from flask import Blueprint, Response, g, render_template, request

from registry.config import settings
from registry.directory import filters, lines
from registry.directory.categories import categories
from registry.directory.coming import calendar_file_of, has_calendar_file
from registry.directory.queries import (
    count,
    counts_by_category,
    is_on_a_card,
    listing,
    listing_version,
    organisation_listings,
    register_version,
    search,
)
from registry.directory.search_request import Problems, SearchRequest, ages_in_words, typed
from registry.directory.telling import told
from registry.errors import NotFound
from registry.files.download import picture_response
from registry.timetable.calendar_file import MIME
from registry.web.caching import unchanged_since
from registry.web.guard import public

blueprint = Blueprint("directory", __name__)

# The four commonest starts: heading, what is behind it, icon, tint, and the search itself.
DOORS = (
    ("At the weekend", "On a Saturday or Sunday", "when", "gold", SearchRequest(days=(5, 6))),
    ("School holidays", "Holiday clubs and camps", "holiday", "brick",
     SearchRequest(categories=("holiday",))),
    ("Extra support and SEND", "Clubs for children with special needs", "access", "leaf",
     SearchRequest(categories=("send",))),
    ("Ages 11 to 17", "Things for older children", "people", "heather",
     SearchRequest(ages=tuple(range(11, 18)))),
)  # fmt: skip


def _version_of_activity() -> int:
    """The version a listing's page depends on. One that is not listed has none: it is 404."""
    if listing(_slug()) is None:
        raise NotFound()
    return register_version()


def _version_of_calendar() -> int:
    """The version a calendar file depends on. Where clock times are not public there is none, and
    the answer is the one for an activity that is not listed."""
    document = listing(_slug())
    if document is None or not has_calendar_file(document):
        raise NotFound()
    return register_version()


def _version_of_organisation() -> int:
    """The version an organisation's page depends on, while it has anything listed."""
    if not organisation_listings(_slug()):
        raise NotFound()
    return register_version()


def _slug() -> str:
    return str((request.view_args or {}).get("slug", ""))


@blueprint.get("/")
@public
@unchanged_since(register_version)
def home() -> str:
    """Where everybody starts: search, browse, and what the mark means."""
    counts = counts_by_category()
    return render_template(
        "directory/home.html",
        total=count(SearchRequest()),
        doors=[(*door, count(door[-1])) for door in DOORS],
        kinds=[(kind, counts[kind.code]) for kind in categories() if counts.get(kind.code)],
        address_of_kind=lambda code: SearchRequest(categories=(code,)).address(),
    )


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


@blueprint.get("/activities/<slug>")
@public
@unchanged_since(_version_of_activity)
def activity(slug: str) -> str:
    """Everything the public may know of one activity."""
    document = listing(slug)
    if document is None:
        raise NotFound()
    return render_template("directory/activity.html", **told(document))


@blueprint.get("/activities/<slug>.ics")
@public
@unchanged_since(_version_of_calendar)
def calendar(slug: str) -> Response:
    """The dates of one activity, for a calendar."""
    document = listing(slug)
    if document is None:
        raise NotFound()
    answer = Response(calendar_file_of(document, listing_version(slug)), content_type=MIME)
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return answer


@blueprint.get("/pictures/<string(length=64):sha256>.jpg")
@public
def picture(sha256: str) -> Response:
    """A picture of an activity, while a listed card shows it and not a moment longer."""
    if not is_on_a_card(sha256):
        raise NotFound()
    if request.if_none_match.contains(sha256):
        g.public_etag = sha256
        return Response(status=304)
    response = picture_response(sha256)
    g.public_etag = sha256
    return response


@blueprint.get("/organisations/<slug>")
@public
@unchanged_since(_version_of_organisation)
def organisation(slug: str) -> str:
    """Who an organisation is, and all that it has listed today."""
    documents = organisation_listings(slug)
    if not documents:
        raise NotFound()
    return render_template(
        "directory/organisation.html",
        card=documents[0],
        look=lines.look_of(documents[0]),
        fits=[lines.card_line(document, settings().place_name) for document in documents],
        paragraphs=lines.paragraphs,
        web_address=lines.web_address,
        shown_address=lines.shown_address,
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
