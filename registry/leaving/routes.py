"""Pages for going: close an organisation, take a copy along, delete an account."""

import json

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.accounts.errors import WrongPassword
from registry.accounts.web_sessions import end_web_session
from registry.audit.services import record_taken_copy
from registry.database import db
from registry.errors import NotAllowedNow, TooManyTries
from registry.leaving import services
from registry.leaving.forms import CloseOrganisationForm, DeleteAccountForm
from registry.organisations.models import Organisation
from registry.organisations.queries import organisation_for, organisation_with_records
from registry.permissions import P
from registry.web import shelf
from registry.web.guard import public, requires

blueprint = Blueprint("leaving", __name__)


@blueprint.route("/club/<id:organisation_id>/close", methods=["GET", "POST"])
@requires(P.CLOSE_ORGANISATION, on=organisation_for)
def close(organisation: Organisation) -> ResponseReturnValue:
    """Close it for good. Asked twice."""
    if organisation.closed_at is not None:
        raise NotAllowedNow("This organisation is closed already.")
    form = CloseOrganisationForm()
    if form.validate_on_submit():
        services.close_organisation(organisation, current_user)
        flash(f"{organisation.name} is closed. Parents cannot find it any more.")
        return redirect(f"/club/{organisation.id}", 303)
    page = render_template("leaving/close.html", organisation=organisation, form=form)
    return page, 422 if request.method == "POST" else 200


@blueprint.route("/club/<id:organisation_id>/download", methods=["GET", "POST"])
@requires(P.TAKE_A_COPY, on=organisation_with_records)
def download(organisation: Organisation) -> ResponseReturnValue:
    """What is in the copy, and the button that makes it."""
    if request.method == "GET":
        files = services.files_of(organisation)
        return render_template(
            "leaving/download.html",
            organisation=organisation,
            count=len(files),
            size=sum(one.size for one in files),
        )
    facts, files = services.facts_about(organisation), services.files_of(organisation)
    name = f"{organisation.slug}-{clock.today().isoformat()}.zip"
    for one in files:
        db.session.expunge(one)
    # The entry comes before the copy, and the copy is made while nobody waits for the database.
    record_taken_copy(organisation, current_user)
    packet = services.packed(facts, files)
    answer = send_file(
        packet,
        mimetype="application/zip",
        as_attachment=True,
        download_name=name,
        conditional=False,
        etag=False,
    )
    return _private(answer)


@blueprint.get("/account/download")
@requires(P.USE_ACCOUNT)
def account_download() -> ResponseReturnValue:
    """What is held about one's own account, as JSON."""
    facts = services.facts_about_account(current_user._get_current_object())
    answer = make_response(json.dumps(facts, indent=2, ensure_ascii=False))
    answer.mimetype = "application/json"
    answer.headers["Content-Disposition"] = 'attachment; filename="account.json"'
    return _private(answer)


@blueprint.route("/account/delete", methods=["GET", "POST"])
@requires(P.USE_ACCOUNT)
def delete_account() -> ResponseReturnValue:
    """What stays and what goes, and the button. Refused while somebody would be locked out."""
    person = current_user._get_current_object()
    form = DeleteAccountForm()
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        try:
            services.erase_account(person, form.current_password.data, request.remote_addr or "")
        except WrongPassword:
            form.add_error("current_password", "This is not your password. Type it again")
        except NotAllowedNow as refused:
            db.session.rollback()
            form.add_error(None, refused.sentence)
            status = refused.status
        except TooManyTries as many:
            form.add_error(None, many.sentence)
            status = many.status
        else:
            shelf.forget_all_of(person.id)
            end_web_session()
            return redirect("/account/deleted", 303)
    mine = services.organisations_of(person)
    page = render_template(
        "leaving/delete_account.html",
        form=form,
        mine=mine,
        alone=services.alone_in(person, mine),
        people_link=lambda one: url_for("people.people", organisation_id=one.id),
    )
    return page, status


@blueprint.get("/account/deleted")
@public
def account_deleted() -> ResponseReturnValue:
    """Goodbye."""
    return render_template("leaving/account_deleted.html")


def _private(answer: Response) -> Response:
    """As files are given: no browser opens it in our pages, guesses at it, or keeps it."""
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
