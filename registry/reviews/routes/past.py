"""What was: the history of a club as a timeline, and what it has changed since an earlier day."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.assessments.models import Assessment
from registry.audit.services import record_read
from registry.permissions import P
from registry.reviews import queries
from registry.reviews.comparing import approved_before, compared, returned_before
from registry.reviews.routes.blueprint import blueprint, case_view
from registry.reviews.timeline import timeline_of
from registry.web.guard import requires


@blueprint.get("/council/cases/<id:assessment_id>/history")
@requires(P.READ_CASE, on=queries.case)
def history(assessment: Assessment) -> ResponseReturnValue:
    """Everything that happened to the club at the council, the newest first."""
    timeline = timeline_of(assessment, current_user)
    view = case_view(assessment)
    if timeline.tells_of_quiet_hold:
        subject = ("organisation", assessment.organisation_id)
        record_read(subject, current_user, assessment.organisation_id, restricted=True)
    return render_template("reviews/history.html", view=view, moments=timeline.moments)


@blueprint.get("/council/cases/<id:assessment_id>/changed")
@requires(P.READ_CASE, on=queries.case)
def changed(assessment: Assessment) -> ResponseReturnValue:
    """What is not as it was when it was last sent to us, or last approved."""
    earlier = {"sent": returned_before(assessment), "approved": approved_before(assessment)}
    offered = [name for name, submission in earlier.items() if submission is not None]
    asked = request.args.get("since", "")
    since = asked if asked in offered else next(iter(offered), "")
    before = earlier.get(since)
    return render_template(
        "reviews/changed.html",
        view=case_view(assessment),
        offered=offered,
        since=since,
        comparison=compared(assessment, before) if before else None,
    )
