"""What somebody chose: side by side, to print, to send on, and as dates for a calendar."""

from flask import Response, render_template, request

from registry import clock
from registry.cards.queries import listings, register_version
from registry.config import settings
from registry.directory.coming import calendar_file_of_several
from registry.directory.comparing import compared, with_dates
from registry.directory.routes.blueprint import blueprint
from registry.directory.shortlist import CLEARED, MOST, Shortlist
from registry.errors import NotFound
from registry.timetable.calendar_file import MIME
from registry.web.caching import unchanged_since
from registry.web.guard import public
from registry.web.qr_code import qr_code


def _version_of_calendar() -> int:
    """The version that the dates depend on. Where nothing chosen has any to give it is 404, as
    for an activity that is not listed."""
    if not with_dates(list(listings(Shortlist.from_query(request.args).slugs).values())):
        raise NotFound()
    return register_version()


@blueprint.get("/shortlist")
@public
@unchanged_since(register_version)
def shortlist() -> str:
    """The chosen activities, in the order in which they were chosen."""
    asked = Shortlist.from_query(request.args)
    found = listings(asked.slugs)
    # What is not listed now goes no further: no link of the page has it.
    listed = asked.only(found)
    rows = [compared(document, listed) for document, _ in found.values()]
    shared = listed.shared_address(settings().public_url)
    return render_template(
        "directory/shortlist.html",
        shortlist=listed,
        rows=rows,
        missing=len(asked.slugs) - len(rows),
        most=MOST,
        without_dates=[row.document["name"] for row in rows if not row.has_dates],
        shared=shared,
        square=qr_code(shared) if rows else None,
        put_back=_put_back(),
        today=clock.today(),
    )


@blueprint.get("/shortlist.ics")
@public
@unchanged_since(_version_of_calendar)
def shortlist_calendar() -> Response:
    """The dates of all that was chosen, for a calendar."""
    asked = Shortlist.from_query(request.args)
    found = listings(asked.slugs)
    address = asked.only(found).calendar_address()
    file = calendar_file_of_several("Your shortlist", with_dates(list(found.values())), address)
    answer = Response(file, content_type=MIME)
    answer.headers["Content-Disposition"] = 'attachment; filename="shortlist.ics"'
    return answer


def _put_back() -> str:
    """Where the list is as it was before it was cleared, as far as that is still listed."""
    cleared = Shortlist.from_query(request.args, CLEARED)
    still = cleared.only(listings(cleared.slugs))
    return still.address() if still.slugs else ""
