"""Notices on top of pages, and the switch that lets nobody save."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.administration.forms import NoticeForm, StopSavingForm
from registry.administration.notices import (
    KINDS,
    PLACES,
    Notice,
    every_notice,
    kept_notices,
    read_only,
)
from registry.administration.routes.blueprint import blueprint, did, onward, shown
from registry.administration.services import notices as services
from registry.assessments.queries import names_of
from registry.errors import NotFound
from registry.permissions import P, can
from registry.web import shelf
from registry.web.guard import requires


@blueprint.get("/admin/notice")
@requires(P.READ_ADMINISTRATION)
def notices() -> str:
    """What stands on top of pages, what stood there, and whether anybody can save."""
    switched = read_only()
    return render_template(
        "administration/notices.html",
        every=every_notice(),
        today=clock.today(),
        kinds=KINDS,
        places=PLACES,
        switched=switched,
        names=names_of({switched.by_id} if switched else set()),
        may_change=can(current_user, P.MANAGE_NOTICES),
    )


@blueprint.route("/admin/notice/new", methods=["GET", "POST"])
@requires(P.MANAGE_NOTICES)
def new_notice() -> ResponseReturnValue:
    """Write a notice, see how it looks, put it up."""
    form = NoticeForm.new(shelf.form_data())
    is_good = request.method == "POST" and form.validate()
    if is_good and request.form.get("act") == "preview":
        return shown("administration/notice.html", form, 200, preview=_as_shown(form))
    if is_good and did(
        form,
        lambda: services.put_up(
            current_user,
            text=form.text.data,
            kind=form.kind.data,
            places=form.places.data,
            from_on=form.from_on.data,
            until_on=form.until_on.data,
        ),
    ):
        return onward(url_for("administration.notices"), "The notice is up.")
    return shown("administration/notice.html", form, preview=None)


@blueprint.post("/admin/notice/<notice_code>/take-off")
@requires(P.MANAGE_NOTICES)
def take_off_notice(notice_code: str) -> ResponseReturnValue:
    """Take a notice off."""
    if kept_notices().find(notice_code) is None:
        raise NotFound()
    services.take_off(current_user, notice_code)
    flash("The notice is off.")
    return redirect(url_for("administration.notices"), 303)


@blueprint.route("/admin/read-only", methods=["GET", "POST"])
@requires(P.SWITCH_READ_ONLY)
def stop_saving() -> ResponseReturnValue:
    """Let nobody save anything for a while."""
    form = StopSavingForm(shelf.form_data())
    if (
        request.method == "POST"
        and form.validate()
        and did(form, lambda: services.stop_saving(current_user, form.words.data))
    ):
        return onward(
            url_for("administration.notices"), "Nobody can save anything now, until you say so."
        )
    return shown("administration/stop_saving.html", form, switched=read_only())


@blueprint.post("/admin/read-only/off")
@requires(P.SWITCH_READ_ONLY)
def save_again() -> ResponseReturnValue:
    """Let everybody save again."""
    services.allow_saving(current_user)
    flash("Everybody can save again.")
    return redirect(url_for("administration.notices"), 303)


def _as_shown(form: NoticeForm) -> Notice:
    return Notice(
        "preview",
        form.text.data,
        form.kind.data,
        tuple(form.places.data),
        form.from_on.data,
        form.until_on.data,
        False,
    )
