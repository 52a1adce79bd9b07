"""Pages for a copy of the whole register: ask for one, see how far it is, take it away."""

from flask import Blueprint, Response, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.audit.services import record_taken_export
from registry.exporting import queries, services
from registry.exporting.forms import ExportForm, ExportWithContactsForm
from registry.exporting.models import RegisterExport
from registry.exporting.tables import FILES
from registry.permissions import P, can
from registry.web import shelf
from registry.web.acting import done, form_page
from registry.web.guard import requires

blueprint = Blueprint("exporting", __name__)

EXPORTS = "/admin/exports"
ONE = f"{EXPORTS}/<id:export_id>"


@blueprint.route(EXPORTS, methods=["GET", "POST"])
@requires(P.EXPORT_REGISTER)
def exports() -> ResponseReturnValue:
    """What a copy has in it, the form that asks for one, and those there are."""
    may_have_contacts = can(current_user, P.EXPORT_CONTACTS)
    form_class = ExportWithContactsForm if may_have_contacts else ExportForm
    form = form_class(shelf.form_data())
    asked: list[RegisterExport] = []

    def act() -> None:
        contacts = may_have_contacts and bool(form["with_contacts"].data)
        asked.append(
            services.ask_for_export(current_user, reason=form.reason.data, with_contacts=contacts)
        )

    if form.validate_on_submit() and done(form, act, "reason"):
        shelf.clear()
        return redirect(url_for(".export", export_id=asked[0].id), 303)
    watches = can(current_user, P.READ_ADMINISTRATION)
    return form_page(
        "exporting/exports.html",
        form,
        files=FILES,
        mine=queries.exports_of(current_user.id),
        others=queries.exports_of_others(current_user.id) if watches else [],
    )


@blueprint.get(ONE)
@requires(P.TAKE_EXPORT, on=queries.register_export)
def export(wanted: RegisterExport) -> str:
    """How far one is, and where to take it."""
    return render_template("exporting/export.html", export=wanted)


@blueprint.get(f"{ONE}/register.zip")
@requires(P.TAKE_EXPORT, on=queries.register_export)
def export_file(wanted: RegisterExport) -> Response:
    """The file, until its day is over. The entry comes before it."""
    place = services.file_of(wanted)
    day = wanted.asked_at.date().isoformat()
    details = {"contacts": wanted.with_contacts}
    record_taken_export(("register_export", str(wanted.id)), current_user, details)
    answer = send_file(
        place,
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"register-{day}.zip",
        conditional=False,
        etag=False,
    )
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
