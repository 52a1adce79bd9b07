"""The task list of a self-check, and beginning one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.assessments import services
from registry.assessments.edition_news import edition_news
from registry.assessments.lifecycle import Status
from registry.assessments.queries import names_of, organisation_in_view
from registry.assessments.routes.blueprint import (
    blueprint,
    needed,
    progress_of,
    self_check_of,
)
from registry.assessments.services.submit import what_is_missing
from registry.organisations.models import Organisation
from registry.permissions import P, can
from registry.web.guard import requires


@blueprint.get("/club/<id:organisation_id>/self-check")
@requires(P.SEE_ORGANISATION, on=organisation_in_view)
def tasks(organisation: Organisation) -> ResponseReturnValue:
    """What is done, what is to do, and what still blocks sending."""
    assessment = self_check_of(organisation)
    if assessment is None:
        flash("Begin your self-check first.")
        return redirect(url_for("desk.home", organisation_id=organisation.id))
    progress = progress_of(assessment)
    missing = what_is_missing(assessment, progress.today) if progress.can_be_changed else []
    last = max(assessment.answers, key=lambda answer: answer.updated_at, default=None)
    names = names_of({last.updated_by_id} if last and last.updated_by_id else set())
    return render_template(
        "assessments/tasks.html",
        news=edition_news(assessment, progress.today),
        organisation=organisation,
        assessment=assessment,
        progress=progress,
        missing=missing,
        needed=needed(organisation, progress, missing),
        last_saved_by=names.get(last.updated_by_id or 0, "") if last else "",
        owners=[m.account.name for m in organisation.members if m.role == "owner"],
        may_send=can(current_user, P.SUBMIT, assessment),
        is_draft=assessment.status == Status.DRAFT,
    )


@blueprint.post("/club/<id:organisation_id>/self-check/begin")
@requires(P.BEGIN, on=organisation_in_view)
def begin(organisation: Organisation) -> ResponseReturnValue:
    """Begin, or begin the renewal."""
    services.begin(organisation, current_user)
    return redirect(url_for(".tasks", organisation_id=organisation.id), 303)
