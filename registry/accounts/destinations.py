"""Where somebody goes after signing in: on this site, to a page that can be opened."""

from flask import current_app
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect

from registry.accounts.models import Account
from registry.permissions import P, can
from registry.web.addresses import is_local

CLUB_DESK = "/club"
COUNCIL_DESK = "/council"
# Signing in leads to none of these again.
DOORS = ("/sign-in", "/sign-out", "/register", "/forgotten-password", "/reset-password", "/confirm")


def home_of(account: Account) -> str:
    """The desk where this person works."""
    return COUNCIL_DESK if can(account, P.OPEN_COUNCIL_DESK) else CLUB_DESK


def page_to_open(wanted: str) -> str | None:
    """`wanted`, if it is a page of this site; else None.

    A form that cannot be opened by its address (a button's) gives the page above it.
    """
    if not is_local(wanted):
        return None
    path, question, query = wanted.partition("?")
    opened = _nearest_page(path)
    if opened is None or opened.startswith(DOORS):
        return None
    return opened + question + query if opened == path else opened


def _nearest_page(path: str) -> str | None:
    """The path itself, or the first above it that a GET opens; None where there is no such form."""
    adapter = current_app.url_map.bind("")
    try:
        adapter.match(path, method="GET")
    except MethodNotAllowed:
        above = path.rstrip("/").rpartition("/")[0]
        while above:
            if _opens(above):
                return above
            above = above.rpartition("/")[0]
        return None
    except (HTTPException, RequestRedirect):
        return None
    return path


def _opens(path: str) -> bool:
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return False
    return True
