"""One organisation, and its dates for a calendar."""

from flask import Response, render_template, request

from registry.cards.queries import listings, organisation_listings, register_version
from registry.config import settings
from registry.directory import lines
from registry.directory.coming import calendar_file_of_several, has_calendar_file
from registry.directory.comparing import with_dates
from registry.directory.routes.blueprint import blueprint
from registry.directory.shortlist import Shortlist
from registry.directory.structured import organisation_thing
from registry.errors import NotFound
from registry.timetable.calendar_file import MIME
from registry.web.caching import unchanged_since
from registry.web.guard import public


def _version_of_organisation() -> int:
    """The version an organisation's page depends on, while it has anything listed."""
    if not organisation_listings(_slug()):
        raise NotFound()
    return register_version()


def _version_of_calendar() -> int:
    """The version that its dates depend on. Where no clock time of it is public there is none."""
    if not any(map(has_calendar_file, organisation_listings(_slug()))):
        raise NotFound()
    return register_version()


def _slug() -> str:
    return str((request.view_args or {}).get("slug", ""))


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
        address=f"{settings().public_url}/organisations/{slug}",
        thing=organisation_thing(documents[0], settings().public_url, settings().place_name),
        chosen=Shortlist.from_query(request.args).slugs,
        has_calendar=any(map(has_calendar_file, documents)),
    )


@blueprint.get("/organisations/<slug>.ics")
@public
@unchanged_since(_version_of_calendar)
def organisation_calendar(slug: str) -> Response:
    """The dates of all that an organisation has listed today, for a calendar."""
    documents = organisation_listings(slug)
    listed = with_dates(list(listings(one["slug"] for one in documents).values()))
    name = documents[0]["organisation"]["name"]
    file = calendar_file_of_several(name, listed, f"/organisations/{slug}.ics")
    answer = Response(file, content_type=MIME)
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return answer
