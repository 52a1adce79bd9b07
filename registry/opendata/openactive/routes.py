"""The two feeds, the page that says what they are, and the catalogue."""

import json

from flask import Response, render_template, request

from registry import clock
from registry.cards.queries import register_version
from registry.config import settings
from registry.opendata.blueprint import blueprint
from registry.opendata.licence import CC_BY
from registry.opendata.openactive import site
from registry.opendata.openactive.models import SERIES, SESSION
from registry.opendata.openactive.paging import (
    MEDIA_TYPE,
    NotAPlaceInTheFeed,
    how_long_kept,
    next_address,
    page_text,
    place_asked_for,
)
from registry.opendata.openactive.queries import items_after
from registry.web.caching import unchanged_since
from registry.web.guard import public
from registry.web.static import static_url


@blueprint.get("/openactive")
@public
@unchanged_since(register_version)
def openactive() -> str:
    """What the feeds are and how to read them, for people and for machines."""
    return render_template(
        "opendata/openactive.html",
        thing=site.dataset(settings(), static_url("mark.svg")),
        feeds={kind: site.feed_address(kind, settings().public_url) for kind in site.FEEDS},
        catalogue=f"{site.site_address(settings().public_url)}/catalogue",
        licence=CC_BY,
    )


@blueprint.get("/openactive/catalogue")
@public
@unchanged_since(register_version)
def openactive_catalogue() -> Response:
    """The catalogue that names the dataset (JSON-LD)."""
    return Response(json.dumps(site.catalogue(settings())), mimetype="application/ld+json")


@blueprint.get("/openactive/feeds/session-series")
@public
def session_series() -> Response:
    """What is on: activities by their change numbers."""
    return _page(SERIES)


@blueprint.get("/openactive/feeds/scheduled-sessions")
@public
def scheduled_sessions() -> Response:
    """When it is on: dates by their change numbers."""
    return _page(SESSION)


def _page(kind: str) -> Response:
    try:
        after, limit = place_asked_for(request.args.to_dict(flat=False))
    except NotAPlaceInTheFeed as problem:
        return _refused(problem)
    feed = site.feed_address(kind, settings().public_url)
    items = items_after(kind, after, limit)
    following = next_address(feed, items[-1].number, limit) if items else _as_asked(feed)
    answer = Response(
        page_text(kind, items, following, CC_BY.address), headers={"Content-Type": MEDIA_TYPE}
    )
    answer.headers["Cache-Control"] = how_long_kept(not items, clock.now())
    return answer


def _as_asked(feed: str) -> str:
    """The address of the last page: exactly the one that was asked for."""
    asked = request.query_string.decode("ascii", "replace")
    return f"{feed}?{asked}" if asked else feed


def _refused(problem: NotAPlaceInTheFeed) -> Response:
    """What was wrong with the address, and what to do (RFC 9457)."""
    said = {"title": "This address names no page of the feed", "status": problem.status}
    return Response(
        json.dumps({"type": "about:blank", **said, "detail": problem.sentence}),
        status=problem.status,
        mimetype="application/problem+json",
    )
