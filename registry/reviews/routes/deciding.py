"""The decisions on a case, each with its page and its reason."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.assessments import services
from registry.assessments.models import Assessment
from registry.errors import NotFound
from registry.permissions import P
from registry.reviews import queries
from registry.reviews.forms import ReasonForm, RecommendForm, return_form
from registry.reviews.routes.blueprint import (
    blueprint,
    case_view,
    decided,
    done,
    page,
    read_submission,
)
from registry.web import shelf
from registry.web.guard import requires


@blueprint.route("/council/cases/<id:assessment_id>/return", methods=["GET", "POST"])
@requires(P.RETURN_FOR_CHANGES, on=queries.case)
def return_for_changes(assessment: Assessment) -> ResponseReturnValue:
    """Send chosen questions back, with plain words for each."""
    view = case_view(assessment)
    form = return_form(view.to_send_back, view.words_so_far, shelf.form_data())
    if not form.is_submitted() and not form.chosen.data:
        form.chosen.data = [key for key in view.not_met if key in view.words_so_far]
    if form.validate_on_submit() and done(
        form,
        lambda: services.return_for_changes(
            assessment,
            current_user,
            submission_id=read_submission(),
            words={key: form[f"words_{key}"].data or "" for key in form.chosen.data},
        ),
    ):
        shelf.clear()
        flash("Sent back. The club has been told, and its clock is stopped.")
        return redirect(url_for("reviews.home"), 303)
    return page("reviews/return.html", view, form)


@blueprint.route("/council/cases/<id:assessment_id>/recommend", methods=["GET", "POST"])
@requires(P.RECOMMEND, on=queries.case)
def recommend(assessment: Assessment) -> ResponseReturnValue:
    """Recommend a decision that a senior has to sign."""
    view = case_view(assessment)
    form = RecommendForm(shelf.form_data())
    form.ask("Why", "The senior reads this. Name what you read and what you found.", "Write why")
    if form.validate_on_submit() and done(
        form,
        lambda: services.recommend(
            assessment,
            current_user,
            submission_id=read_submission(),
            what=form.what.data,
            reason=form.reason.data,
        ),
    ):
        return decided("Recommended. A senior who did not recommend it decides.")
    return page("reviews/recommend.html", view, form)


@blueprint.route("/council/cases/<id:assessment_id>/send-back", methods=["GET", "POST"])
@requires(P.SEND_BACK, on=queries.case)
def send_back(assessment: Assessment) -> ResponseReturnValue:
    """Send a recommendation back to the reviewer."""
    form = ReasonForm(shelf.form_data())
    form.ask("What has to be looked at again?", "The reviewer reads this.", "Write what to look at")
    if form.validate_on_submit() and done(
        form, lambda: services.send_back(assessment, current_user, reason=form.reason.data)
    ):
        return decided("Sent back to the reviewer.")
    return page("reviews/send_back.html", case_view(assessment), form)


@blueprint.route("/council/cases/<id:assessment_id>/approve", methods=["GET", "POST"])
@requires(P.APPROVE, on=queries.case)
def approve(assessment: Assessment) -> ResponseReturnValue:
    """Approve; where a senior has to sign, it becomes recommended."""
    view = case_view(assessment)
    form = ReasonForm(shelf.form_data())
    form.ask("Note for the file", "Optional. The club does not read this.")
    if form.validate_on_submit():
        outcome: list[Any] = []
        if done(
            form,
            lambda: outcome.append(
                services.approve(
                    assessment,
                    current_user,
                    submission_id=read_submission(),
                    reason=form.reason.data or "",
                )
            ),
        ):
            if outcome[0].action == "recommend":
                return decided("A senior needs to sign this one. It is recommended now.")
            return decided(f"{assessment.organisation.name} is on the list. The club is told.")
    return page("reviews/approve.html", view, form)


@blueprint.route("/council/cases/<id:assessment_id>/refuse", methods=["GET", "POST"])
@requires(P.REFUSE, on=queries.case)
def refuse(assessment: Assessment) -> ResponseReturnValue:
    """Refuse, with the reasons that the club will read."""
    view = case_view(assessment)
    form = ReasonForm(shelf.form_data())
    form.ask(
        "Reasons",
        "The club reads these words, with how to appeal. Say what is missing and why it matters.",
        "Write the reasons that the club will read",
    )
    if form.validate_on_submit() and done(
        form,
        lambda: services.refuse(
            assessment, current_user, submission_id=read_submission(), reason=form.reason.data
        ),
    ):
        return decided("Refused. The club has been told why, and how to appeal.")
    return page("reviews/refuse.html", view, form)


@blueprint.route("/council/cases/<id:assessment_id>/flags/<flag>", methods=["GET", "POST"])
@requires(P.CLEAR_FLAG, on=queries.case)
def clear_flag(assessment: Assessment, flag: str) -> ResponseReturnValue:
    """Say why a flag does not stop this approval."""
    view = case_view(assessment)
    if flag not in view.uncleared:
        raise NotFound()
    form = ReasonForm(shelf.form_data())
    form.ask("Why can this flag be cleared?", "Such as a number, or the exemption.", "Write why")
    if form.validate_on_submit() and done(
        form, lambda: services.clear_flag(assessment, current_user, flag, form.reason.data)
    ):
        flash("The flag is cleared.")
        return redirect(url_for("reviews.case", assessment_id=assessment.id), 303)
    return page("reviews/clear_flag.html", view, form, flag=flag)
