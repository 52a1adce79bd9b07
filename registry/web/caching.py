"""Answering a public page before making it, when the reader already has it."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Response, current_app, g, request

from registry import clock

View = TypeVar("View", bound=Callable[..., Any])


def unchanged_since(version: Callable[[], int]) -> Callable[[View], View]:
    """A public page that depends on the register's version, the day and the hour, and its query.

    The ETag is made before the page. A reader who holds the same one gets 304; a page that
    lapsed at midnight has another, because the day is in it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def cached(**arguments: Any) -> Any:
            etag = _etag(version())
            if request.if_none_match.contains(etag):
                g.public_etag = etag
                return Response(status=304)
            answer = view(**arguments)
            g.public_etag = etag
            return answer

        return cached  # type: ignore[return-value]

    return decorate


def _etag(version: int) -> str:
    local = clock.local(clock.now())
    query = sorted((k, v) for k, v in request.args.items(multi=True) if v.strip())
    said = (
        current_app.extensions["release"],
        version,
        local.date().isoformat(),
        local.hour,
        request.path,
        query,
        request.cookies.get("reading", ""),
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]
