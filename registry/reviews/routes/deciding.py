"""The decisions on a case, each with its page and its reason."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.assessments import services
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.errors import NotFound
from registry.permissions import P
from registry.ready_words.queries import words_for_each
from registry.reviews import queries
from registry.reviews.forms import ReasonForm, RecommendForm, return_form
from registry.reviews.routes.blueprint import blueprint, case_view, decided, page, read_submission
from registry.reviews.routes.letter_first import decide_after_letter, with_words
from registry.web import shelf
from registry.web.acting import done
from registry.web.guard import requires

# Stands in the box when the page is opened, so that a plain approval is two presses.
ALL_MET = "All papers read. All four points are met today."


@blueprint.route("/council/cases/<id:assessment_id>/return", methods=["GET", "POST"])
@requires(P.RETURN_FOR_CHANGES, on=queries.case)
def return_for_changes(assessment: Assessment) -> ResponseReturnValue:
    """Send chosen questions back, with plain words for each."""
    view = case_view(assessment)
    asked = view.to_send_back
    form = return_form(asked, view.words_so_far, shelf.form_data())
    if not form.is_submitted() and not form.chosen.data:
        form.chosen.data = [key for key in view.not_met if key in view.words_so_far]
    return decide_after_letter(
        "reviews/return.html",
        assessment,
        form,
        lambda: services.return_for_changes(
            assessment,
            current_user,
            submission_id=read_submission(),
            words={key: form[f"words_{key}"].data or "" for key in form.chosen.data},
        ),
        lambda: decided("Sent back. The club has been told, and its clock is stopped."),
        button="Send back",
        texts=words_for_each(["return", *(f"return:{question.key}" for question in asked)]),
    )


@blueprint.route("/council/cases/<id:assessment_id>/recommend", methods=["GET", "POST"])
@requires(P.RECOMMEND, on=queries.case)
def recommend(assessment: Assessment) -> ResponseReturnValue:
    """Recommend a decision that a senior has to sign. The club is not told."""
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
    return with_words("reviews/recommend.html", assessment, form, "recommend")


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
    return with_words("reviews/send_back.html", assessment, form, "send_back")


@blueprint.route("/council/cases/<id:assessment_id>/approve", methods=["GET", "POST"])
@requires(P.APPROVE, on=queries.case)
def approve(assessment: Assessment) -> ResponseReturnValue:
    """Approve; where a senior has to sign, it becomes recommended."""
    form = ReasonForm(shelf.form_data(), data={"reason": ALL_MET})
    form.ask("Reason, for the file", "The club does not read this.", "Write why")
    outcome: list[Any] = []

    def act() -> None:
        outcome[:] = [
            services.approve(
                assessment,
                current_user,
                submission_id=read_submission(),
                reason=form.reason.data or "",
            )
        ]

    def then() -> ResponseReturnValue:
        if outcome[0].action == "recommend":
            return decided("A senior needs to sign this one. It is recommended now.")
        return decided(f"{assessment.organisation.name} is on the list. The club is told.")

    asks_senior = case_view(assessment).needs_senior and assessment.status == Status.IN_REVIEW
    button = "Recommend" if asks_senior else "Approve"
    return decide_after_letter(
        "reviews/approve.html", assessment, form, act, then, button=button, use="approve"
    )


@blueprint.route("/council/cases/<id:assessment_id>/refuse", methods=["GET", "POST"])
@requires(P.REFUSE, on=queries.case)
def refuse(assessment: Assessment) -> ResponseReturnValue:
    """Refuse, with the reasons that the club will read."""
    form = ReasonForm(shelf.form_data())
    form.ask(
        "Reasons",
        "The club reads these words, with how to appeal. Say what is missing and why it matters.",
        "Write the reasons that the club will read",
    )
    return decide_after_letter(
        "reviews/refuse.html",
        assessment,
        form,
        lambda: services.refuse(
            assessment, current_user, submission_id=read_submission(), reason=form.reason.data
        ),
        lambda: decided("Refused. The club has been told why, and how to appeal."),
        button="Refuse",
        use="refuse",
    )


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
