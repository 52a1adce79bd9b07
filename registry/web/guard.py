"""Every view says who may see it. A view that does not cannot be served.

`@public` is for everybody. `@requires(P.X)` asks for a permission; with `on=`, a query that
loads the record from the address, the permission is asked about that record, and the view gets
the record instead of its number. Somebody else's record is 404, never 403.
"""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.errors import NotFound, NotYours
from registry.permissions import P, can
from registry.web import shelf

View = TypeVar("View", bound=Callable[..., Any])
Loader = Callable[..., Any]
PAGES_OF_THE_COUNCIL = ("/council/", "/admin/")


def public(view: View) -> View:
    """This view is for everybody, signed in or not."""
    view.guard = "public"  # type: ignore[attr-defined]
    return view


def requires(permission: P, on: Loader | None = None) -> Callable[[View], View]:
    """This view is for those who `can(…, permission, record)`; `on` loads the record."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return ask_to_sign_in()
            if on is None:
                if not can(current_user, permission):
                    _record_refused(permission, ("page", request.endpoint))
                    raise NotYours()
                return current_app.ensure_sync(view)(**arguments)
            record = _load(on, arguments)
            if not can(current_user, permission, record):
                _record_refused(permission, record)
                raise _refusal(permission, record)
            return current_app.ensure_sync(view)(record, **arguments)

        guarded.guard = permission  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def tell_refusals(app: Flask, recorder: Callable[[str, Any, Any], None]) -> None:
    """Say where a refused access is written down: `recorder(permission, subject, actor)`."""
    app.extensions["record_refused"] = recorder


def refuse_unguarded(app: Flask) -> None:
    """Stop the application from starting with a view that declares no guard."""
    unguarded = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and not hasattr(view, "guard")
    ]
    if unguarded:
        raise RuntimeError(f"These views declare no guard: {', '.join(sorted(unguarded))}.")


def ask_to_sign_in() -> ResponseReturnValue:
    """Send the person to sign in and back. What they had typed waits on the shelf."""
    target = request.full_path.rstrip("?") if request.method == "GET" else request.path
    if request.method == "POST":
        kept = shelf.keep_for_ended_session()
        target = f"{request.path}?kept={kept}" if kept else _page_of_the_button()
    return redirect(url_for("accounts.sign_in", next=target), 303)


def _page_of_the_button() -> str:
    """The page on which a button was pressed: its own address may be none that opens."""
    before, site = request.referrer or "", request.host_url.rstrip("/")
    return before.removeprefix(site) if before.startswith(f"{site}/") else request.path


def _load(loader: Loader, arguments: dict[str, Any]) -> Any:
    """Take from `arguments` what the loader asks for, and load its record."""
    wanted = [name for name in inspect.signature(loader).parameters if name in arguments]
    record = loader(**{name: arguments.pop(name) for name in wanted})
    if record is None:
        raise NotFound()
    return record


def _record_refused(permission: P, subject: Any) -> None:
    current_app.extensions["record_refused"](permission.name, subject, current_user)


def _refusal(permission: P, record: Any) -> Exception:
    """403 to somebody who may see the record but not do this; 404 to everybody else.

    On the council's own pages a club has no address for somebody who works here and has a link
    to it, though they may belong to it.
    """
    seen_with = getattr(record, "seen_with", (P.SEE_ORGANISATION, P.READ_CASE))
    if current_user.roles and request.path.startswith(PAGES_OF_THE_COUNCIL):
        seen_with = tuple(one for one in seen_with if one is not P.SEE_ORGANISATION)
    sees = any(can(current_user, p, record) for p in seen_with)
    return NotYours() if sees else NotFound()
