"""One activity, and its dates for a calendar."""

from flask import Response, render_template, request

from registry import clock
from registry.cards.queries import activity_of, listing, listing_version, register_version
from registry.config import settings
from registry.directory.coming import calendar_file_of, has_calendar_file
from registry.directory.routes.blueprint import blueprint
from registry.directory.shortlist import Shortlist
from registry.directory.structured import activity_thing
from registry.directory.telling import told
from registry.errors import NotFound
from registry.tallies import looked_at
from registry.timetable.calendar_file import MIME
from registry.web.caching import unchanged_since
from registry.web.guard import public


def _version_of_activity() -> int:
    """The version a listing's page depends on. One that is not listed has none: it is 404.

    Whoever has the page already has looked at it again.
    """
    number = activity_of(_slug())
    if number is None:
        raise NotFound()
    looked_at(number)
    return register_version()


def _version_of_calendar() -> int:
    """The version a calendar file depends on. Where clock times are not public there is none, and
    the answer is the one for an activity that is not listed."""
    document = listing(_slug())
    if document is None or not has_calendar_file(document):
        raise NotFound()
    return register_version()


def _slug() -> str:
    return str((request.view_args or {}).get("slug", ""))


@blueprint.get("/activities/<slug>")
@public
@unchanged_since(_version_of_activity)
def activity(slug: str) -> str:
    """Everything the public may know of one activity."""
    document = listing(slug)
    if document is None:
        raise NotFound()
    return render_template(
        "directory/activity.html",
        **told(document, settings().directions_url),
        address=f"{settings().public_url}/activities/{slug}",
        thing=activity_thing(document, settings().public_url),
        today=clock.today(),
        chosen=Shortlist.from_query(request.args).slugs,
    )


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
