"""Open data may be read by the scripts of any site, also when the answer is an error (CORS)."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, current_app, request

from registry.opendata.blueprint import blueprint

View = TypeVar("View", bound=Callable[..., Any])

# Whatever is below these, errors and unknown addresses among it.
OPEN = ("/oruk", "/openactive", "/data")
# A calendar in a browser follows a file of another site.
_CALENDAR = ".ics"
_MARK = "is_for_every_site"
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_BEFORE_ASKING = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def for_every_site(view: View) -> View:
    """The same for a view that has another address."""
    setattr(view, _MARK, True)
    return view


def open_to_every_site(answer: Response) -> Response:
    """The same for one answer of an address that has others, too."""
    answer.headers.update(_HEADERS)
    return answer


@blueprint.after_app_request
def _for_every_site(answer: Response) -> Response:
    if not _is_open():
        return answer
    open_to_every_site(answer)
    if request.method == "OPTIONS":
        answer.headers.update(_BEFORE_ASKING)
    return answer


def _is_open() -> bool:
    if any(f"{request.path}/".startswith(f"{one}/") for one in OPEN):
        return True
    if request.path.endswith(_CALENDAR):
        return True
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, _MARK, False)
