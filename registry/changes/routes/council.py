"""The council's side of changes: the queue, one change before and after, and the decision."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.assessments.models import Change
from registry.assessments.owed import is_overdue
from registry.audit.services import record_read
from registry.changes import services
from registry.changes.forms import DecideForm, PlainForm
from registry.changes.queries import (
    change_to_read,
    owed_by_clubs,
    paper_of,
    to_look_over,
    waiting_changes,
)
from registry.changes.reading import ChangeView, target_of
from registry.changes.routes.blueprint import blueprint
from registry.changes.wording import lines_of, title_of
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotFound, NotYours, StaleVersion
from registry.files.download import attachment_response
from registry.permissions import P
from registry.web import shelf
from registry.web.guard import requires


@blueprint.get("/council/changes")
@requires(P.READ_CASE)
def queue() -> str:
    """What waits for us, the oldest first; and what went live by itself."""
    today = clock.today()
    return render_template(
        "changes/queue.html",
        waiting=[
            {"change": one, "title": title_of(one), "target": target_of(one, today)}
            for one in waiting_changes(current_user)
        ],
        live=[
            {"change": one, "title": title_of(one), "lines": lines_of(one)}
            for one in to_look_over(current_user)
        ],
        form=PlainForm(None),
        today=today,
    )


@blueprint.get("/council/changes/owed")
@requires(P.READ_CASE)
def owed() -> str:
    """What clubs still owe us, the nearest day first."""
    today = clock.today()
    rows = [
        {"change": one, "title": title_of(one), "is_overdue": is_overdue(one, today)}
        for one in owed_by_clubs(current_user)
    ]
    return render_template("changes/owed.html", rows=rows)


@blueprint.get("/council/changes/<id:change_id>")
@requires(P.READ_CHANGE, on=change_to_read)
def change(change: Change) -> ResponseReturnValue:
    """One change: before and after side by side, the papers, and what may be done."""
    return _page(change, _form(change))


@blueprint.route("/council/changes/<id:change_id>/decide", methods=["GET", "POST"])
@requires(P.DECIDE_CHANGE, on=change_to_read)
def decide(change: Change) -> ResponseReturnValue:
    """Accept it, send it back, say that it was looked at, or take down what it put on the list."""
    form = _form(change)
    if request.method == "GET":
        return _page(change, form)
    if not form.validate():
        return _page(change, form, 422)
    number, club = change.id, change.organisation.name
    try:
        sentence = _act(change, form, club)
    except (BadInput, NotAllowedNow, NotYours, StaleVersion) as problem:
        db.session.rollback()
        form.add_error(None, problem.sentence)
        found = change_to_read(number)
        if found is None:
            raise NotFound() from problem
        read = form.read_version if isinstance(problem, StaleVersion) else 0
        form.version.data = str(found.version)
        return _page(found, form, problem.status, read)
    shelf.clear()
    flash(sentence)
    return redirect(url_for(".queue"), 303)


@blueprint.post("/council/changes/<id:change_id>/look-over")
@requires(P.DECIDE_CHANGE, on=change_to_read)
def look_over(change: Change) -> ResponseReturnValue:
    """Say that a change which went live by itself was looked at."""
    services.read_over(change, current_user)
    flash("Looked at. It stays as it is.")
    return redirect(url_for(".queue"), 303)


@blueprint.get("/council/changes/<id:change_id>/papers/<id:file_id>")
@requires(P.READ_CHANGE, on=change_to_read)
def paper(change: Change, file_id: int) -> ResponseReturnValue:
    """One paper, as an attachment. The entry comes before the file."""
    stored = paper_of(change, file_id)
    if stored is None:
        raise NotFound()
    record_read(("stored_file", stored.id), current_user, change.organisation_id)
    return attachment_response(stored)


def _act(change: Change, form: DecideForm, club: str) -> str:
    version, reason = form.read_version, form.reason.data or ""
    match request.form.get("act"):
        case "accept":
            if services.accept(change, current_user, version=version, reason=reason):
                return f"Accepted. {club} has been told."
            return "A senior needs to sign this one. It is recommended now."
        case "send_back":
            services.send_back(change, current_user, version=version, words=form.words.data or "")
            return f"Sent back. {club} has been told what to mend."
        case "take_down":
            services.take_down(change, current_user, words=form.words.data or "")
            return f"Taken down. {club} has been told why."
    raise BadInput("Choose one of the buttons.")


def _form(change: Change) -> DecideForm:
    return DecideForm(shelf.form_data(), data={"version": change.version, "words": change.words})


def _page(
    change: Change, form: DecideForm, status: int = 200, read: int = 0
) -> ResponseReturnValue:
    """The page. What is private on it is read: the entries come before it is shown."""
    view = ChangeView(change, current_user)
    private: list[Any] = [("stored_file", one.file_id) for one in view.papers]
    if view.contact:
        private.append(("contact", change.assessment_id))
    number, place = change.id, change.organisation_id
    for subject in private:
        record_read(subject, current_user, place)
    if private:
        found = change_to_read(number)
        if found is None:
            raise NotFound()
        view = ChangeView(found, current_user)
    page = render_template(
        "changes/change.html",
        view=view,
        change=view.change,
        form=form,
        read=read,
        since=view.since(read) if read else [],
        today=clock.today(),
    )
    return page, status
