"""Answering a public page before making it, when the reader already has it."""

import hashlib
from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, Response, current_app, g, request
from werkzeug.datastructures import ETags
from werkzeug.http import parse_cookie, parse_etags, quote_etag

from registry import clock

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

View = TypeVar("View", bound=Callable[..., Any])
Headers = list[tuple[str, str]]

KEPT_BUT_ASKED_ABOUT = "public, no-cache"
# How a page was packed, and how its reader likes to read.
VARIES = "Accept-Encoding, Cookie"
_READING = "reading"


def unchanged_since(version: Callable[[], int]) -> Callable[[View], View]:
    """A public page that depends on the register's version, the day and the hour, and its query.

    The ETag is made before the page. A reader who holds the same one gets 304; a page that
    lapsed at midnight has another, because the day is in it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def cached(**arguments: Any) -> Any:
            etag = _etag(version(), request.environ)
            if request.if_none_match.contains_weak(etag):
                g.public_etag = etag
                return Response(status=304)
            answer = view(**arguments)
            g.public_etag = etag
            return answer

        return cached  # type: ignore[return-value]

    return decorate


def answer_before(
    app: Flask, paths: Iterable[str], version: Callable[[], int], headers: Callable[[], Headers]
) -> None:
    """Say 304 in front of the application, for pages that everybody may open at any time.

    `version` is the register's, asked in no transaction; `headers` are those of every answer.
    Whatever is not as simple as that goes on to the application, which answers the same.
    """
    inside = app.wsgi_app
    known = frozenset(paths)

    def in_front(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        given = environ.get("HTTP_IF_NONE_MATCH")
        if given and environ["REQUEST_METHOD"] == "GET" and environ.get("PATH_INFO") in known:
            etag = _unchanged(app, parse_etags(given), version, environ)
            if etag:
                start_response("304 NOT MODIFIED", [*about_kept(etag), *headers()])
                return ()
        return inside(environ, start_response)

    app.wsgi_app = in_front  # type: ignore[method-assign]


def _unchanged(
    app: Flask, held: ETags, version: Callable[[], int], environ: "WSGIEnvironment"
) -> str:
    """The ETag of the page, if the reader holds that one. Nothing where it cannot be told."""
    try:
        with app.app_context():
            etag = _etag(version(), environ)
    except Exception:  # what is wrong shows again inside, where there is a page for it
        return ""
    return etag if held.contains_weak(etag) else ""


def about_kept(etag: str) -> Headers:
    """What is said with an answer that may be kept. The ETag is weak: it is the same page, in
    however many bytes it was sent."""
    return [
        ("ETag", quote_etag(etag, weak=True)),
        ("Cache-Control", KEPT_BUT_ASKED_ABOUT),
        ("Vary", VARIES),
    ]


def _etag(version: int, environ: "WSGIEnvironment") -> str:
    local = clock.local(clock.now())
    cookies = environ.get("HTTP_COOKIE", "")
    said = (
        current_app.extensions["release"],
        version,
        local.toordinal(),
        local.hour,
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        parse_cookie(cookies).get(_READING, "") if _READING in cookies else "",
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]
