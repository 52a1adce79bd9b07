"""Telling us, without an account and without being watched (domain B.5, C.5).

No page here is kept by a browser, none says in its title or address what it is about, and nothing
of what is typed leaves the form but into its one column.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.concerns import services
from registry.concerns.forms import StaffForm, TellForm
from registry.concerns.hints import hints_at_harm
from registry.concerns.queries import listing_now
from registry.concerns.routes.blueprint import blueprint
from registry.concerns.throttling import count
from registry.database import db
from registry.errors import TooManyTries, Unavailable
from registry.information.queries import help_contacts
from registry.web.guard import public

REFERENCE = re.compile(r"TU-[A-Z2-9]{6}")
SLUG = re.compile(r"[a-z0-9-]{1,120}")
FROM_YOUNG_PEOPLE = "young-people"


def not_kept(view: Callable[..., ResponseReturnValue]) -> Callable[..., Response]:
    """No browser and no cache keeps this page: somebody else may hold the device next."""

    @wraps(view)
    def answered(**arguments: Any) -> Response:
        response = make_response(view(**arguments))
        response.headers["Cache-Control"] = "no-store"
        return response

    return answered


@blueprint.get("/tell-us")
@public
@not_kept
def start() -> str:
    """Is a child in danger now? Then whom to call, and only then what to write."""
    return _page("concerns/start.html", **_way())


@blueprint.get("/tell-us/call/<any(a,b,c):whom>")
@public
@not_kept
def call(whom: str) -> str:
    """The one number to call: for a child, about an adult who works with them, for an adult."""
    return _page("concerns/call.html", whom=whom, **_way())


@blueprint.get("/tell-us/staff")
@public
@not_kept
def staff() -> str:
    """For people who work or help at a club: who listens, and what the law covers."""
    return _page("concerns/staff.html", **_way())


@blueprint.route("/tell-us/write/<any(listing,papers,staff):about>", methods=["GET", "POST"])
@public
@not_kept
def write(about: str) -> ResponseReturnValue:
    """Paperwork or a wrong listing. Words that hint at harm show the numbers once more."""
    sent = request.form if request.method == "POST" else None
    form = StaffForm(sent) if about == "staff" else TellForm(sent)
    if sent is None or "change" in sent:
        return _write_page(form, about)
    if not form.validate():
        return _write_page(form, about, 422)
    words = str(form.words.data)
    if hints_at_harm(words) and "anyway" not in sent:
        return _page("concerns/before_you_send.html", about=about, form=form, **_way())
    try:
        count(request.remote_addr or "")
        concern = services.tell(kind=about, words=words, listing=_slug(), **_teller(form))
    except (TooManyTries, Unavailable) as problem:
        db.session.rollback()
        form.add_error(None, problem.sentence)
        response = make_response(_write_page(form, about, problem.status))
        if isinstance(problem, TooManyTries):
            response.headers["Retry-After"] = str(problem.retry_after)
        return response
    return redirect(url_for(".sent", reference=concern.reference), 303)


@blueprint.get("/tell-us/sent")
@public
@not_kept
def sent() -> str:
    """What happens now, and the reference; what the address says is shown only if it is one."""
    reference = request.args.get("reference", "")
    return _page(
        "concerns/sent.html", reference=reference if REFERENCE.fullmatch(reference) else ""
    )


def _write_page(form: TellForm, about: str, status: int = 200) -> ResponseReturnValue:
    return _page("concerns/write.html", form=form, about=about, **_way()), status


def _page(template: str, **more: Any) -> str:
    return render_template(template, numbers=help_contacts(), **more)


def _way() -> dict[str, Any]:
    """From which listing somebody came, if the public can see it today, and whether from the
    young people's pages. Carried along in the address, because nothing else knows."""
    listing = listing_now(_slug())
    is_young = request.args.get("from", "") == FROM_YOUNG_PEOPLE
    carried: dict[str, str] = {}
    if listing:
        carried["listing"] = listing.slug
    if is_young:
        carried["from"] = FROM_YOUNG_PEOPLE
    return {
        "listing": listing.document if listing else None,
        "is_young": is_young,
        "carried": carried,
    }


def _slug() -> str:
    named = request.args.get("listing", "")
    return named if SLUG.fullmatch(named) else ""


def _teller(form: TellForm) -> dict[str, str]:
    if not isinstance(form, StaffForm):
        return {}
    return {"name": form.name.data or "", "contact": form.contact.data or ""}
