"""The queue: what waits, in the order in which to take it."""

from flask import render_template
from flask_login import current_user

from registry import clock
from registry.changes.queries import to_look_over, waiting_changes
from registry.people.queries import requests_to_decide
from registry.permissions import P
from registry.reviews import queries
from registry.reviews.routes.blueprint import blueprint
from registry.web.guard import requires


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
