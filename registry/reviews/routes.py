"""The council's desk: the queue, a case, and the decisions on it."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.assessments import services
from registry.assessments.models import Assessment
from registry.assessments.preview import preview_of_what_was_sent
from registry.assessments.routes.preview import shown_as_preview
from registry.audit.services import record_read
from registry.changes.queries import to_look_over, waiting_changes
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotFound, NotYours, StaleVersion
from registry.files.download import attachment_response
from registry.people.queries import requests_to_decide
from registry.permissions import P
from registry.reviews import queries
from registry.reviews.forms import ReasonForm, RecommendForm, finding_form, return_form
from registry.reviews.reading import CaseView, view_of
from registry.web import shelf
from registry.web.guard import requires

blueprint = Blueprint("reviews", __name__)


@blueprint.get("/council")
@requires(P.OPEN_COUNCIL_DESK)
def home() -> str:
    """What waits, in the order in which to take it."""
    today = clock.today()
    return render_template(
        "reviews/home.html",
        rows=queries.queue(current_user, today),
        waiting=queries.with_the_club(current_user, today),
        running_out=queries.runs_out_next(current_user, today),
        next_case=queries.next_case(current_user, today),
        changes=len(waiting_changes(current_user)),
        went_live=len(to_look_over(current_user)),
        hand_overs=len(requests_to_decide(current_user, today)),
        today=today,
    )


@blueprint.get("/council/cases/<id:assessment_id>")
@requires(P.READ_CASE, on=queries.case)
def case(assessment: Assessment) -> str:
    """The whole case: where it stands, what is found, what may be decided."""
    return render_template("reviews/case.html", view=_view(assessment))


@blueprint.post("/council/cases/<id:assessment_id>/start")
@requires(P.START_REVIEW, on=queries.case)
def start_review(assessment: Assessment) -> ResponseReturnValue:
    """Take the case and go to the first question that is not read."""
    services.start_review(assessment, current_user)
    return _to_next(assessment)


@blueprint.post("/council/cases/<id:assessment_id>/release")
@requires(P.RELEASE, on=queries.case)
def release(assessment: Assessment) -> ResponseReturnValue:
    """Put the case back in the queue."""
    services.release(assessment, current_user)
    flash("The case is back in the queue. What you found so far is kept.")
    return redirect(url_for("reviews.home"), 303)


@blueprint.route("/council/cases/<id:assessment_id>/questions/<key>", methods=["GET", "POST"])
@requires(P.READ_CASE, on=queries.case)
def question(assessment: Assessment, key: str) -> ResponseReturnValue:
    """One question: the answer, the help, the papers and the checks, with the finding."""
    view = _view(assessment, key)
    if view.question is None:
        raise NotFound()
    if request.method == "POST" and not view.may_find:
        raise NotYours()
    form = finding_form(view.question, view.outcome.suggested, view.kept_finding, shelf.form_data())
    if form.validate_on_submit() and _done(
        form,
        lambda: services.record_finding(
            assessment,
            current_user,
            key,
            submission_id=_read_submission(),
            result=form.result.data,
            reason=form.reason.data or "",
            words=form.words.data or "",
        ),
    ):
        shelf.clear()
        return _to_next(assessment, after=key)
    _record_reads(view)
    return _page("reviews/question.html", view, form)


@blueprint.get("/council/cases/<id:assessment_id>/papers/<id:file_id>")
@requires(P.READ_CASE, on=queries.case)
def paper(assessment: Assessment, file_id: int) -> ResponseReturnValue:
    """One paper, as an attachment. The entry comes before the file."""
    stored = queries.paper(assessment.id, file_id)
    if stored is None:
        raise NotFound()
    record_read(("stored_file", stored.id), current_user, assessment.organisation_id)
    return attachment_response(stored)


@blueprint.get("/council/cases/<id:assessment_id>/activities/<id:activity_id>")
@requires(P.READ_CASE, on=queries.case)
def activity(assessment: Assessment, activity_id: int) -> ResponseReturnValue:
    """What families would read of an activity, from what was sent."""
    submission = assessment.latest_submission
    found = next((a for a in assessment.organisation.activities if a.id == activity_id), None)
    document = preview_of_what_was_sent(submission, found) if submission and found else None
    if found is None or document is None:
        raise NotFound()
    return shown_as_preview(
        found,
        document,
        words="This is what families would read. It is made from what the club sent.",
        back=url_for(".case", assessment_id=assessment.id),
        back_to="the case",
    )


@blueprint.route("/council/cases/<id:assessment_id>/return", methods=["GET", "POST"])
@requires(P.RETURN_FOR_CHANGES, on=queries.case)
def return_for_changes(assessment: Assessment) -> ResponseReturnValue:
    """Send chosen questions back, with plain words for each."""
    view = _view(assessment)
    form = return_form(view.to_send_back, view.words_so_far, shelf.form_data())
    if not form.is_submitted() and not form.chosen.data:
        form.chosen.data = [key for key in view.not_met if key in view.words_so_far]
    if form.validate_on_submit() and _done(
        form,
        lambda: services.return_for_changes(
            assessment,
            current_user,
            submission_id=_read_submission(),
            words={key: form[f"words_{key}"].data or "" for key in form.chosen.data},
        ),
    ):
        shelf.clear()
        flash("Sent back. The club has been told, and its clock is stopped.")
        return redirect(url_for("reviews.home"), 303)
    return _page("reviews/return.html", view, form)


@blueprint.route("/council/cases/<id:assessment_id>/recommend", methods=["GET", "POST"])
@requires(P.RECOMMEND, on=queries.case)
def recommend(assessment: Assessment) -> ResponseReturnValue:
    """Recommend a decision that a senior has to sign."""
    view = _view(assessment)
    form = RecommendForm(shelf.form_data())
    form.ask("Why", "The senior reads this. Name what you read and what you found.", "Write why")
    if form.validate_on_submit() and _done(
        form,
        lambda: services.recommend(
            assessment,
            current_user,
            submission_id=_read_submission(),
            what=form.what.data,
            reason=form.reason.data,
        ),
    ):
        return _decided("Recommended. A senior who did not recommend it decides.")
    return _page("reviews/recommend.html", view, form)


@blueprint.route("/council/cases/<id:assessment_id>/send-back", methods=["GET", "POST"])
@requires(P.SEND_BACK, on=queries.case)
def send_back(assessment: Assessment) -> ResponseReturnValue:
    """Send a recommendation back to the reviewer."""
    form = ReasonForm(shelf.form_data())
    form.ask("What has to be looked at again?", "The reviewer reads this.", "Write what to look at")
    if form.validate_on_submit() and _done(
        form, lambda: services.send_back(assessment, current_user, reason=form.reason.data)
    ):
        return _decided("Sent back to the reviewer.")
    return _page("reviews/send_back.html", _view(assessment), form)


@blueprint.route("/council/cases/<id:assessment_id>/approve", methods=["GET", "POST"])
@requires(P.APPROVE, on=queries.case)
def approve(assessment: Assessment) -> ResponseReturnValue:
    """Approve; where a senior has to sign, it becomes recommended."""
    view = _view(assessment)
    form = ReasonForm(shelf.form_data())
    form.ask("Note for the file", "Optional. The club does not read this.")
    if form.validate_on_submit():
        outcome: list[Any] = []
        if _done(
            form,
            lambda: outcome.append(
                services.approve(
                    assessment,
                    current_user,
                    submission_id=_read_submission(),
                    reason=form.reason.data or "",
                )
            ),
        ):
            if outcome[0].action == "recommend":
                return _decided("A senior needs to sign this one. It is recommended now.")
            return _decided(f"{assessment.organisation.name} is on the list. The club is told.")
    return _page("reviews/approve.html", view, form)


@blueprint.route("/council/cases/<id:assessment_id>/refuse", methods=["GET", "POST"])
@requires(P.REFUSE, on=queries.case)
def refuse(assessment: Assessment) -> ResponseReturnValue:
    """Refuse, with the reasons that the club will read."""
    view = _view(assessment)
    form = ReasonForm(shelf.form_data())
    form.ask(
        "Reasons",
        "The club reads these words, with how to appeal. Say what is missing and why it matters.",
        "Write the reasons that the club will read",
    )
    if form.validate_on_submit() and _done(
        form,
        lambda: services.refuse(
            assessment, current_user, submission_id=_read_submission(), reason=form.reason.data
        ),
    ):
        return _decided("Refused. The club has been told why, and how to appeal.")
    return _page("reviews/refuse.html", view, form)


@blueprint.route("/council/cases/<id:assessment_id>/flags/<flag>", methods=["GET", "POST"])
@requires(P.CLEAR_FLAG, on=queries.case)
def clear_flag(assessment: Assessment, flag: str) -> ResponseReturnValue:
    """Say why a flag does not stop this approval."""
    view = _view(assessment)
    if flag not in view.uncleared:
        raise NotFound()
    form = ReasonForm(shelf.form_data())
    form.ask("Why can this flag be cleared?", "Such as a number, or the exemption.", "Write why")
    if form.validate_on_submit() and _done(
        form, lambda: services.clear_flag(assessment, current_user, flag, form.reason.data)
    ):
        flash("The flag is cleared.")
        return redirect(url_for("reviews.case", assessment_id=assessment.id), 303)
    return _page("reviews/clear_flag.html", view, form, flag=flag)


def _view(assessment: Assessment, key: str | None = None) -> CaseView:
    return view_of(assessment, current_user, clock.today(), key)


def _record_reads(view: CaseView) -> None:
    """What is private on the page of a question is read: the entries come before it is shown."""
    organisation_id = view.assessment.organisation_id
    private = [("stored_file", one.file_id) for one in view.papers]
    if view.contact:
        private.append(("contact", view.assessment.id))
    for subject in private:
        record_read(subject, current_user, organisation_id)


def _done(form: Any, act: Any) -> bool:
    """Do the act; what the register says against it stands on the form, with nothing lost."""
    try:
        act()
    except (BadInput, NotAllowedNow, StaleVersion) as problem:
        db.session.rollback()
        form.add_error(None, problem.sentence)
        g.refused_with = problem.status
        return False
    return True


def _read_submission() -> int:
    """The submission that was on the page when the person decided: a decision names it."""
    named = request.form.get("submission", "")
    return int(named) if named.isascii() and named.isdigit() and len(named) < 19 else 0


def _page(template: str, view: CaseView, form: Any, **more: Any) -> ResponseReturnValue:
    return render_template(template, view=view, form=form, **more), _status(form)


def _status(form: Any) -> int:
    """422 where something has to be mended, 409 where the case has moved on; nothing is lost."""
    return int(g.get("refused_with", 422)) if form.errors or form.form_errors else 200


def _decided(sentence: str) -> ResponseReturnValue:
    shelf.clear()
    flash(sentence)
    return redirect(url_for("reviews.home"), 303)


def _to_next(assessment: Assessment, after: str = "") -> ResponseReturnValue:
    """To the next question without a finding, or back to the case when all are read."""
    key = _view(assessment).next_unread(after)
    if key is None:
        return redirect(url_for("reviews.case", assessment_id=assessment.id), 303)
    return redirect(url_for("reviews.question", assessment_id=assessment.id, key=key), 303)
