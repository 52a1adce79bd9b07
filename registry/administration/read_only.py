"""While nobody can save: every form is answered with a calm page, and what was typed is kept."""

from flask import Flask, Response, make_response, render_template, request
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import MultiDict

from registry import clock
from registry.administration.notices import Notice, ReadOnly, notices_on, read_only
from registry.database import db
from registry.web import shelf

# Signing in and out, and the switch itself: without them nobody could end it. How somebody likes
# to read is kept by their browser.
STILL_WORK = frozenset(
    {
        "accounts.sign_in",
        "accounts.sign_in_code",
        "accounts.sign_in_set_up",
        "accounts.sign_out",
        "administration.save_again",
        "information.reading",
    }
)
# What is never written back into a page.
_SECRET = shelf.NOT_KEPT | {"new_password", "again", "code"}
_LONGEST_SHOWN = 20_000


def refuse_while_read_only(app: Flask) -> None:
    """Look at every form that is sent, before anything else does."""
    app.before_request(_refuse)


def on_top_of_pages(place: str) -> dict[str, tuple[Notice, ...] | ReadOnly | None]:
    """The notices of today and the switch, for a layout. Nothing where the database is away."""
    try:
        return {"notices": notices_on(clock.today(), place), "read_only": read_only()}
    except SQLAlchemyError:
        db.session.rollback()
        return {"notices": (), "read_only": None}


def _refuse() -> Response | None:
    if request.method in ("GET", "HEAD", "OPTIONS") or request.endpoint in STILL_WORK:
        return None
    switched = read_only()
    if switched is None:
        return None
    way_back = _kept_at()
    page = render_template(
        "administration/nothing_is_saved.html",
        words=switched.words,
        way_back=way_back,
        typed=[] if way_back else _typed(request.form),
    )
    response = make_response(page, 503)
    response.headers["Retry-After"] = "1800"
    return response


def _kept_at() -> str:
    """Where what was typed waits for somebody who is signed in; empty where it cannot."""
    opens = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    sent = shelf.sent_files()
    if not opens or not current_user.is_authenticated:
        return ""
    if not (sent or set(request.form) - _SECRET):
        return ""
    return f"{request.path}?kept={shelf.keep(current_user.id, request.path, request.form, sent)}"


def _typed(form: MultiDict[str, str]) -> list[str]:
    """What somebody typed whose form cannot wait, so that they can copy it."""
    given = (value for name, value in form.items(multi=True) if name not in _SECRET)
    return [text[:_LONGEST_SHOWN] for value in given if len(text := value.strip()) > 1]
