"""Clubs on the list: what ends soon, who has no lead, what to look over, and who has to sign."""

from flask import render_template
from flask_login import current_user

from registry import clock
from registry.assessments.who_signs import WHO_SIGNS
from registry.changes.queries import to_look_over, waiting_changes
from registry.changes.wording import lines_of, title_of
from registry.permissions import P
from registry.reviews import queries
from registry.reviews.after_approval import lapsed_lately, suspensions
from registry.reviews.routes.blueprint import blueprint
from registry.reviews.who_can_sign import too_few_to_sign
from registry.web.guard import requires


@blueprint.get("/council/after-approval")
@requires(P.READ_CASE)
def after_approval() -> str:
    """What ends in 30, 60 and 90 days, what has just ended, lead vacancies, and what to look at."""
    today = clock.today()
    return render_template(
        "reviews/after_approval.html",
        coming=queries.lapses_coming(current_user, today),
        lapsed=lapsed_lately(current_user, today),
        vacancies=queries.lead_vacancies(current_user, today),
        live=[
            {"change": one, "title": title_of(one), "lines": lines_of(one)}
            for one in to_look_over(current_user)
        ],
        today=today,
    )


@blueprint.get("/council/signatures")
@requires(P.COUNTERSIGN)
def signatures() -> str:
    """What a second senior signs, the suspensions that stand, and who signs what."""
    today = clock.today()
    waiting = queries.signatures_waiting(current_user)
    late = {
        one.proposal.id for one in queries.unsigned_suspensions(current_user, today) if one.proposal
    }
    return render_template(
        "reviews/signatures.html",
        waiting=waiting,
        late=late,
        unsigned=queries.unsigned_suspensions(current_user, today),
        recommended=[
            one for one in waiting_changes(current_user) if one.recommended_by_id is not None
        ],
        title_of=title_of,
        suspended=suspensions(current_user, today),
        names=queries.people({one.by_id for one in waiting}),
        who_signs=WHO_SIGNS,
        warnings=too_few_to_sign(),
        today=today,
    )
