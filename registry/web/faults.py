"""What a person sees when something is wrong: what happened, what to do, who to call."""

from collections.abc import Callable

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from registry.database import db
from registry.errors import DomainError, TooManyTries
from registry.web.logs import keep_quiet

_OTHERWISE = "faults told otherwise"
PAGES = (400, 403, 404, 405, 409, 413, 422, 429, 500, 503)


def handle_faults(app: Flask) -> None:
    """Give every kind of fault its page. Handlers roll back before they draw."""
    keep_quiet(app)
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    for unreachable in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(unreachable, _database_error)
    app.register_error_handler(Exception, _unexpected)


def tell_faults_otherwise(app: Flask, below: str, tell: Callable[[int], Response]) -> None:
    """Have `tell` answer for a status at all addresses below this one, instead of a page: for
    computers, which read none."""
    app.extensions.setdefault(_OTHERWISE, []).append((f"{below}/", tell))


def _page(status: int, sentence: str = "") -> Response:
    shown = status if status in PAGES else (400 if status < 500 else 500)
    g.public_etag = None
    for below, tell in current_app.extensions.get(_OTHERWISE, ()):
        if f"{request.path}/".startswith(below):
            told: Response = tell(status)
            return told
    body = render_template(f"errors/{shown}.html", sentence=sentence)
    return make_response(body, status)


def _domain_error(error: DomainError) -> Response:
    db.session.rollback()
    # A record that is not there and one that is not yours get the same bytes.
    response = _page(error.status, "" if error.status == 404 else error.sentence)
    if isinstance(error, TooManyTries):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _csrf_error(error: CSRFError) -> Response:
    db.session.rollback()
    return _page(400, "This form was open too long, or was sent from another site.")


def _http_error(error: HTTPException) -> Response:
    db.session.rollback()
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    response = _page(error.code)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _database_error(error: Exception) -> Response:
    """The database is full, locked or away: say so with 503, touching no database."""
    current_app.logger.error("database unavailable: %s", error, exc_info=True)
    try:
        db.session.rollback()
    except Exception as again:  # the connection itself is gone
        current_app.logger.error("rollback failed: %s", type(again).__name__)
    response = _page(503)
    response.headers["Retry-After"] = "30"
    return response


def _unexpected(error: Exception) -> Response:
    if current_app.testing and current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    current_app.logger.exception("unexpected fault at %s", request.endpoint)
    try:
        db.session.rollback()
    except Exception as again:
        current_app.logger.error("rollback failed: %s", type(again).__name__)
    return _page(500)
