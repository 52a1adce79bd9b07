"""Links to clubs: a statement once a year, and one case that somebody has a link to."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from registry import clock
from registry.assessments.models import Assessment
from registry.permissions import P, can
from registry.reviews import queries
from registry.reviews.after_approval import last_statement, statement_is_due
from registry.reviews.clubs_by_name import clubs_called, linked_names
from registry.reviews.forms import ConflictsForm, LinkForm
from registry.reviews.routes.blueprint import blueprint
from registry.reviews.routes.letter_first import with_words
from registry.reviews.services import state_conflicts, tell_link
from registry.web import shelf
from registry.web.acting import done, status_of
from registry.web.guard import requires


@blueprint.route("/council/conflicts", methods=["GET", "POST"])
@requires(P.STATE_CONFLICTS)
def conflicts() -> ResponseReturnValue:
    """Say once a year which clubs one has a link to. What is said takes them out of one's sight."""
    form = ConflictsForm(shelf.form_data())
    typed = shelf.form_data() or MultiDict()
    chosen = {number for number in typed.getlist("clubs") if number.isdecimal()}
    found = clubs_called(current_user, (form.club.data or "").strip(), chosen)
    finds = typed.get("act") == "find"
    if (
        not finds
        and form.validate_on_submit()
        and done(
            form,
            lambda: state_conflicts(
                current_user,
                none_to_tell=bool(form.none_to_tell.data),
                organisations=[one for one in found if str(one.id) in chosen],
                others=form.others.data or "",
            ),
        )
    ):
        shelf.clear()
        flash("Thank you. We ask again in a year. Tell us before that if something changes.")
        return redirect(url_for("reviews.conflicts"), 303)
    today = clock.today()
    page = render_template(
        "reviews/conflicts.html",
        form=form,
        found=found,
        chosen=chosen,
        last=last_statement(current_user.id),
        is_due=statement_is_due(current_user, today),
        links=linked_names(current_user.id),
        count=queries.conflicts_count() if can(current_user, P.COUNT_CONFLICTS) else None,
    )
    return page, status_of(form)


@blueprint.route("/council/cases/<id:assessment_id>/link", methods=["GET", "POST"])
@requires(P.STATE_CONFLICTS, on=queries.case)
def link(assessment: Assessment) -> ResponseReturnValue:
    """“I have a link to this club”: the case goes out of one's hands and out of one's sight."""
    form = LinkForm(shelf.form_data())
    if form.validate_on_submit() and done(
        form, lambda: tell_link(assessment.organisation, current_user)
    ):
        shelf.clear()
        flash("Thank you. That club is out of your hands. Somebody else reads it.")
        return redirect(url_for("reviews.conflicts"), 303)
    return with_words("reviews/link.html", assessment, form)
