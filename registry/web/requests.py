"""What every request gets: limits, a transaction, headers, and forms that cannot be forged."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, Request, Response, current_app, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.datastructures import Headers
from werkzeug.middleware.proxy_fix import ProxyFix

from registry.config import Settings, tiles_host
from registry.database import db
from registry.web.caching import about_kept
from registry.web.compressing import SESSION, compress
from registry.web.identifiers import IdConverter

csrf = CSRFProtect()

View = TypeVar("View", bound=Callable[..., Any])

CONTENT_SECURITY_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
)
NO_DEVICES = "camera=(), microphone=(), payment=(), usb=(), geolocation=()"
ONLY_WHERE = NO_DEVICES.replace("geolocation=()", "geolocation=(self)")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": NO_DEVICES,
    "X-Frame-Options": "DENY",
}
LARGEST_REQUEST = 24 * 1024 * 1024
LARGEST_FIELD = 500_000
MOST_PARTS = 1_000


def prepare(app: Flask, chosen: Settings) -> None:
    """Set up cookies, limits, the transaction of each request, and the headers of each answer."""
    https = chosen.is_https
    app.config.update(
        SECRET_KEY=chosen.secret_key,
        SESSION_COOKIE_NAME="__Host-session" if https else "session",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=2),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_FIELD,
        MAX_FORM_PARTS=MOST_PARTS,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=https,
    )
    app.url_map.converters["id"] = IdConverter
    csrf.init_app(app)
    if chosen.proxy_hops:
        hops = chosen.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.extensions["headers"] = headers_for(chosen)
    app.session_interface = _Sessions()
    app.after_request(_headers)
    app.after_request(compress)
    # Registered last, so it runs first: an answer goes out only when its act is on disk.
    app.after_request(_end_transaction)


def headers_for(chosen: Settings) -> dict[str, str]:
    """What every answer of an installation is sent with. Pictures come from here, and from the
    council's server of maps where it has set one; nothing else ever comes from elsewhere."""
    host = tiles_host(chosen.map_tiles_url)
    policy = "; ".join(CONTENT_SECURITY_POLICY)
    if host:
        policy = policy.replace("img-src 'self' data:", f"img-src 'self' data: {host}")
    headers = {**HEADERS, "Content-Security-Policy": policy}
    if chosen.is_https:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return headers


def headers_of_a_kept_answer(app: Flask) -> list[tuple[str, str]]:
    """What a 304 says again. Which devices a page may use was said with the page itself."""
    told: dict[str, str] = app.extensions["headers"]
    return [(name, value) for name, value in told.items() if name != "Permissions-Policy"]


def may_ask_where(view: View) -> View:
    """A page with a “near me” button: its browser may be asked where it is. No other page may.

    Around whatever answers “not changed”, too: a browser keeps the newest headers of a page.
    """

    @wraps(view)
    def asking(**arguments: Any) -> Any:
        g.permissions_policy = ONLY_WHERE
        return view(**arguments)

    return asking  # type: ignore[return-value]


class _Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie, which costs nothing where a browser has none and none is made."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the cookie holds; nothing, without a look at keys, where there is no cookie."""
        opened: SecureCookieSession | None = self.session_class()
        if self.get_cookie_name(app) in request.environ.get("HTTP_COOKIE", ""):
            opened = super().open_session(app, request)
        request.environ[SESSION] = opened
        return opened

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing to do for a page that did not ask who reads it."""
        if session.accessed or session.modified:
            super().save_session(app, session, response)


def _end_transaction(response: Response) -> Response:
    """A POST that answers below 400 commits; everything else leaves no trace."""
    if request.method == "POST" and response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    return response


def _headers(response: Response) -> Response:
    """Security headers on every answer, and a cache rule on every answer that has none."""
    held = {name.lower() for name, _ in response.headers}
    # Put together at once: each one by itself would go through all of them again.
    told = [*response.headers]
    if (policy := g.get("permissions_policy")) and "permissions-policy" not in held:
        told.append(("Permissions-Policy", policy))
        held.add("permissions-policy")
    told += [one for one in current_app.extensions["headers"].items() if one[0].lower() not in held]
    response.headers = Headers(told)
    etag = g.get("public_etag")
    if etag and response.status_code in (200, 304):
        _may_be_kept(response, etag)
    elif "cache-control" not in held or _signed_in():
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _may_be_kept(response: Response, etag: str) -> None:
    """Everybody may keep this answer, and asks about it."""
    kept = about_kept(etag)
    if response.headers.get("Vary") not in (None, "Accept-Encoding"):
        # How somebody likes to read alters the page.
        response.vary.add("Cookie")
        kept = [one for one in kept if one[0] != "Vary"]
    names = {name for name, _ in kept}
    response.headers = Headers([*(o for o in response.headers if o[0] not in names), *kept])


def _signed_in() -> bool:
    """Whether this answer was made for somebody; asks nothing of the database again."""
    return "sid" in session and "_login_user" in g and current_user.is_authenticated
