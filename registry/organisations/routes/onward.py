"""Where a page goes on to."""

from typing import Any

from flask import (
    request,
    url_for,
)

from registry.organisations.gaps import PAGES, gaps_by_page
from registry.organisations.models import Activity
from registry.organisations.services.sessions import session_facts


def waiting_activity() -> int | None:
    """The number of the activity for which a place is being added; its page asks whose it is."""
    number = request.args.get("activity", type=int)
    return number if number is not None and 0 < number < 2**63 else None


def page_after(activity: Activity, page: str) -> str:
    """The next page on which something is missing; else the activity itself.

    Support and access need no answer, but somebody who tells of a new activity is shown them.
    """
    if "later" in request.form:
        return address(".activity", activity)
    open_pages = set(gaps_by_page(activity))
    if activity.state == "draft" and not activity.marks:
        open_pages.add("support")
    for after in PAGES[PAGES.index(page) + 1 :]:
        if after in open_pages:
            return address_of_page(activity, after)
    return address(".activity", activity)


def address(endpoint: str, activity: Activity, **parts: Any) -> str:
    """Where a page of an activity is."""
    return url_for(
        endpoint, organisation_id=activity.organisation_id, activity_id=activity.id, **parts
    )


def address_of_page(activity: Activity, page: str) -> str:
    if page == "picture":
        return address(".picture", activity)
    if page == "when":
        return address(".sessions" if session_facts(activity) else ".new_session", activity)
    return url_for(
        ".activity_page",
        organisation_id=activity.organisation_id,
        activity_id=activity.id,
        page=page,
    )
