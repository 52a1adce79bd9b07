"""A case as a whole: where it stands, who holds it, and what families would read."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.assessments import services
from registry.assessments.models import Assessment
from registry.assessments.preview import preview_of_what_was_sent
from registry.assessments.routes.preview import shown_as_preview
from registry.errors import NotFound
from registry.permissions import P
from registry.reviews import queries
from registry.reviews.forms import reassign_form
from registry.reviews.notes import notes_on
from registry.reviews.routes.blueprint import blueprint, case_view, page, to_next
from registry.web import shelf
from registry.web.acting import done
from registry.web.guard import requires


@blueprint.get("/council/cases/<id:assessment_id>")
@requires(P.READ_CASE, on=queries.case)
def case(assessment: Assessment) -> str:
    """The whole case: where it stands, what is found, what may be decided."""
    notes = notes_on([assessment.id])
    return render_template(
        "reviews/case.html",
        view=case_view(assessment),
        notes=notes,
        names=queries.people({note.written_by_id for note in notes}),
    )


@blueprint.post("/council/cases/<id:assessment_id>/start")
@requires(P.START_REVIEW, on=queries.case)
def start_review(assessment: Assessment) -> ResponseReturnValue:
    """Take the case and go to the first question that is not read."""
    services.start_review(assessment, current_user)
    return to_next(assessment)


@blueprint.post("/council/cases/<id:assessment_id>/release")
@requires(P.RELEASE, on=queries.case)
def release(assessment: Assessment) -> ResponseReturnValue:
    """Put the case back in the queue."""
    services.release(assessment, current_user)
    flash("The case is back in the queue. What you found so far is kept.")
    return redirect(url_for("council.home"), 303)


@blueprint.route("/council/cases/<id:assessment_id>/reassign", methods=["GET", "POST"])
@requires(P.REASSIGN, on=queries.case)
def reassign(assessment: Assessment) -> ResponseReturnValue:
    """Give a case that somebody holds to another reviewer."""
    view = case_view(assessment)
    others = queries.who_may_take(assessment)
    form = reassign_form(others, shelf.form_data())
    if form.validate_on_submit() and done(
        form,
        lambda: services.reassign(
            assessment, current_user, next((o for o in others if str(o.id) == form.to.data), None)
        ),
    ):
        shelf.clear()
        flash("The case is given on. What was found so far is kept.")
        return redirect(url_for("reviews.case", assessment_id=assessment.id), 303)
    return page("reviews/reassign.html", view, form)


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
