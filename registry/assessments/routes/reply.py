"""What a club says when it was taken off the list for now."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.assessments import services
from registry.assessments.forms import ReplyForm
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.assessments.queries import organisation_in_view
from registry.assessments.routes.blueprint import blueprint
from registry.assessments.standing import standing_assessment
from registry.errors import NotAllowedNow
from registry.organisations.models import Organisation
from registry.permissions import P
from registry.web import shelf
from registry.web.guard import requires


@blueprint.route("/club/<id:organisation_id>/reply", methods=["GET", "POST"])
@requires(P.REPLY, on=organisation_in_view)
def reply(organisation: Organisation) -> ResponseReturnValue:
    """Tell the council what the club thinks. It can be said more than once."""
    assessment = _suspended(organisation)
    form = ReplyForm(shelf.form_data())
    if form.validate_on_submit():
        services.reply(assessment, current_user, words=form.words.data)
        shelf.clear()
        flash("We have your reply. A senior reads it before we decide anything.")
        return redirect(url_for("assessments.reply", organisation_id=organisation.id), 303)
    page = render_template(
        "assessments/reply.html",
        organisation=organisation,
        form=form,
        until=services.reply_until(assessment),
        sent=[one for one in assessment.replies if one.at >= assessment.status_since],
    )
    return page, 422 if form.errors else 200


def _suspended(organisation: Organisation) -> Assessment:
    standing = standing_assessment(organisation.id)
    if standing is None or standing.status != Status.SUSPENDED:
        raise NotAllowedNow("You are not off the list for now. There is nothing to reply to.")
    return standing
