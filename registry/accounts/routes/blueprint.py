"""The blueprint of accounts, and what its pages share."""

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.accounts.destinations import home_of
from registry.accounts.tokens import link_from_seed
from registry.errors import TooManyTries

blueprint = Blueprint("accounts", __name__)
blueprint.add_app_template_global(link_from_seed)


def form_page(template: str, form: object, **words: object) -> ResponseReturnValue:
    """A page with its form; 422 where something is to be put right."""
    status = 422 if request.method == "POST" else 200
    return render_template(template, form=form, **words), status


def please_wait(template: str, form: object, many: TooManyTries, **words: object) -> Response:
    """The same page, with what was typed, for somebody who has to wait."""
    form.add_error(None, many.sentence)  # type: ignore[attr-defined]
    response = make_response(render_template(template, form=form, **words), many.status)
    response.headers["Retry-After"] = str(many.retry_after)
    return response


def page_half_way(page: str, wanted: str | None) -> str:
    """Where signing in goes on after the password, and where to from there."""
    return url_for(f"accounts.sign_in_{page}", next=wanted or None)


def dead_link(kind: str) -> ResponseReturnValue:
    """For a link of an email that was used, is too old, or never was one."""
    return render_template("accounts/dead_link.html", kind=kind), 404


def around_account() -> dict[str, object]:
    """Where this person works."""
    return {"home": home_of(current_user)}


def their_address() -> str:
    """Whence the request came, as far as the proxies that we trust say so."""
    return request.remote_addr or ""
