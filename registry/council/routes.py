"""The front page of the council's desk, and the emails that never arrived."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.council.bounced import Bounced, bounced, bounced_message, put_aside, try_again
from registry.council.navigation import Rows, navigation
from registry.council.today import today_for
from registry.permissions import P, can
from registry.reviews.after_approval import statement_is_due
from registry.reviews.who_can_sign import too_few_to_sign
from registry.web.guard import requires

blueprint = Blueprint("council", __name__)


def shown_at_the_desk() -> dict[str, Callable[[str], Rows]]:
    """The way round the desk, for the layout of its pages. Asked for only by those."""
    return {"council_navigation": lambda section: navigation(current_user, section)}


@blueprint.get("/council")
@requires(P.OPEN_COUNCIL_DESK)
def home() -> str:
    """What needs this person today."""
    today = clock.today()
    return render_template(
        "council/home.html",
        view=today_for(current_user, today),
        reads_cases=can(current_user, P.READ_CASE),
        states_links=statement_is_due(current_user, today),
        warnings=too_few_to_sign() if can(current_user, P.SEE_WHO_CAN_SIGN) else [],
        today=today,
    )


@blueprint.get("/council/emails")
@requires(P.READ_BOUNCED)
def bounced_emails() -> str:
    """The emails that never arrived."""
    return render_template(
        "council/bounced_emails.html",
        rows=bounced(current_user),
        may_settle=can(current_user, P.SETTLE_BOUNCED),
    )


@blueprint.post("/council/emails/<id:message_id>/again")
@requires(P.SETTLE_BOUNCED, on=bounced_message)
def send_again(one: Bounced) -> ResponseReturnValue:
    """Try this one once more."""
    try_again(one, current_user)
    flash("It is sent again now.")
    return redirect(url_for(".bounced_emails"), 303)


@blueprint.post("/council/emails/<id:message_id>/put-aside")
@requires(P.SETTLE_BOUNCED, on=bounced_message)
def leave_aside(one: Bounced) -> ResponseReturnValue:
    """This one needs nothing more."""
    put_aside(one, current_user)
    flash("Put aside. It stays in the history.")
    return redirect(url_for(".bounced_emails"), 303)
