"""The club's own front page: where it stands, what to do, what the council said."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.assessments.banner import banner_of
from registry.assessments.dated_things import running_out
from registry.assessments.in_force import changed_assessment
from registry.assessments.lifecycle import Action, Status, actions_from, find
from registry.assessments.models import Assessment
from registry.assessments.publish import publish
from registry.assessments.queries import (
    activity_of,
    organisation_in_view,
    organisations_of,
    returned_words,
)
from registry.assessments.services.begin import why_not_begin
from registry.assessments.standing import (
    latest_assessment,
    open_assessment,
    standing_assessment,
    told_holds,
)
from registry.criteria.dates import add_months
from registry.criteria.loading import current_edition
from registry.desk.front_page import (
    desk_of,
    people_awaited,
    said_by_the_council,
)
from registry.desk.todo import ActivityLine, Desk, activity_tag, to_do, waiting
from registry.organisations.models import Activity, Organisation
from registry.organisations.services import pause as pause_activity
from registry.organisations.services import resume as resume_activity
from registry.permissions import P, can
from registry.web.guard import requires

blueprint = Blueprint("desk", __name__)


@blueprint.get("/club")
@requires(P.USE_ACCOUNT)
def clubs() -> ResponseReturnValue:
    """The only organisation; a choice of several; or what a first one will need."""
    mine = organisations_of(current_user.id)
    if len(mine) == 1:
        return redirect(url_for(".home", organisation_id=mine[0].id))
    if not mine:
        return render_template("desk/first.html", need=current_edition().you_will_need)
    return render_template("desk/clubs.html", organisations=mine)


@blueprint.get("/club/<id:organisation_id>")
@requires(P.SEE_ORGANISATION, on=organisation_in_view)
def home(organisation: Organisation) -> ResponseReturnValue:
    """Where we stand, the one next thing, what runs out, and what the council reads and said."""
    is_owner = current_user.id in organisation.owner_ids
    if organisation.closed_at is not None:
        return render_template("desk/closed.html", organisation=organisation, is_owner=is_owner)
    today = clock.today()
    open_one = open_assessment(organisation.id)
    standing = standing_assessment(organisation.id)
    latest = latest_assessment(organisation.id)
    shown = told_holds(organisation.id)
    may = _may(organisation, open_one or latest, standing)
    desk = desk_of(
        organisation,
        open_one=open_one,
        standing=standing,
        latest=latest,
        holds=shown,
        may=may,
        today=today,
    )
    returned = desk.attempt.returned if desk.attempt else ()
    todo = to_do(desk)
    return render_template(
        "desk/home.html",
        organisation=organisation,
        banner=banner_of(open_one, standing, latest, shown, _sent_back(open_one), today),
        open_one=open_one,
        standing=standing,
        desk=desk,
        first=todo[0] if todo else None,
        also=todo[1:],
        waiting=waiting(desk),
        returned=returned,
        said=said_by_the_council(organisation, standing or latest),
        activities=[
            (activity, activity_tag(line, is_listed=desk.listed_until is not None))
            for activity, line in _with_lines(organisation, desk)
        ],
        ends=running_out(desk.dated, today) if desk.listed_until else [],
        may=may,
        is_owner=is_owner,
        people=people_awaited(organisation.id),
        mine=len(organisations_of(current_user.id)),
    )


@blueprint.post("/club/<id:organisation_id>/activities/<id:activity_id>/pause")
@requires(P.EDIT_ORGANISATION, on=organisation_in_view)
def pause(organisation: Organisation, activity_id: int) -> ResponseReturnValue:
    """Take one activity off for a while."""
    activity = activity_of(organisation, activity_id)
    pause_activity(activity, current_user)
    publish(organisation)
    flash(f"{activity.name} is paused. Parents cannot see it until you start it again.")
    return redirect(_where_it_was_pressed(organisation, activity), 303)


@blueprint.post("/club/<id:organisation_id>/activities/<id:activity_id>/resume")
@requires(P.EDIT_ORGANISATION, on=organisation_in_view)
def resume(organisation: Organisation, activity_id: int) -> ResponseReturnValue:
    """Start a paused activity again."""
    activity = activity_of(organisation, activity_id)
    resume_activity(activity, current_user)
    publish(organisation)
    if activity.state == "waiting":
        flash(f"{activity.name} starts again when the council has read what you changed.")
    else:
        flash(f"{activity.name} has started again.")
    return redirect(_where_it_was_pressed(organisation, activity), 303)


def _where_it_was_pressed(organisation: Organisation, activity: Activity) -> str:
    """The page with the button: that of the activity, or the front page of its club."""
    if request.form.get("from") == "activity":
        numbers: dict[str, Any] = {"activity_id": activity.id}
        return url_for("organisations.activity", organisation_id=organisation.id, **numbers)
    return url_for(".home", organisation_id=organisation.id)


def _sent_back(open_one: Assessment | None) -> int:
    """How many questions were sent back last."""
    return len(returned_words(open_one)) if open_one else 0


def _with_lines(organisation: Organisation, desk: Desk) -> Iterator[tuple[Activity, ActivityLine]]:
    """The activities that have not ended, each with its line."""
    running = [one for one in organisation.activities if one.state != "ended"]
    return zip(running, desk.activities, strict=True)


def _may(
    organisation: Organisation, in_view: Assessment | None, standing: Assessment | None
) -> dict[str, bool]:
    """What this person may do now: the lifecycle table and the permissions, nothing else."""

    def may(assessment: Assessment | None, action: Action) -> bool:
        if assessment is None or action not in actions_from(assessment.status):
            return False
        by = find(assessment.status, action).by
        return by is not None and can(current_user, by, assessment)

    begin = not why_not_begin(organisation, clock.today())
    return {
        "begin": begin and can(current_user, P.BEGIN, organisation),
        "submit": may(in_view, Action.SUBMIT),
        "take_back": may(in_view, Action.TAKE_BACK),
        "reopen": may(in_view, Action.REOPEN) and _is_soon_enough(in_view),
        "close": may(in_view, Action.CLOSE) or may(standing, Action.CLOSE),
        "appeal": _is_against_them(in_view, standing)
        and can(current_user, P.ASK_FOR_APPEAL, organisation),
        "reply": can(current_user, P.REPLY, organisation),
        "tell": can(current_user, P.SEND_CHANGE, organisation)
        and changed_assessment(organisation.id, clock.today()) is not None,
    }


def _is_against_them(*assessments: Assessment | None) -> bool:
    """Whether something that we decided last is one to appeal against."""
    ended = (Status.REFUSED, Status.SUSPENDED, Status.REVOKED)
    return any(one is not None and one.status in ended for one in assessments)


def _is_soon_enough(assessment: Assessment | None) -> bool:
    """An abandoned one can be opened again for three months."""
    if assessment is None or assessment.status != Status.ABANDONED:
        return False
    left_on = clock.local(assessment.status_since).date()
    return clock.today() <= add_months(left_on, 3)
