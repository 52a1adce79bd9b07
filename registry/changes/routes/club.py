"""What a club sees of its changes: what we need, what waits, what was said; taking one back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.assessments.in_force import changed_assessment
from registry.assessments.models import Change
from registry.assessments.queries import organisation_in_view
from registry.changes import services
from registry.changes.queries import change_of, open_changes, settled_changes
from registry.changes.routes.blueprint import blueprint
from registry.changes.wording import lines_of, state_of, title_of
from registry.organisations.models import Organisation
from registry.permissions import P, can
from registry.web.guard import requires


@blueprint.get("/club/<id:organisation_id>/changes")
@requires(P.SEE_ORGANISATION, on=organisation_in_view)
def club(organisation: Organisation) -> str:
    """Every change: what we need from them, what the council is reading, what was said."""
    found = open_changes(organisation.id)
    return render_template(
        "changes/club.html",
        organisation=organisation,
        needed=[_row(one) for one in found if one.state != "waiting"],
        waiting=[_row(one) for one in found if one.state == "waiting"],
        settled=[_row(one) for one in settled_changes(organisation.id, 30)],
        is_listed=changed_assessment(organisation.id, clock.today()) is not None,
    )


@blueprint.get("/club/<id:organisation_id>/changes/<id:change_id>")
@requires(P.SEE_ORGANISATION, on=change_of)
def club_change(change: Change) -> str:
    """One change: what it was, what it is to be, what the council said, what to do."""
    return render_template(
        "changes/club_change.html",
        organisation=change.organisation,
        change=change,
        title=title_of(change),
        state=state_of(change),
        lines=lines_of(change),
        mend=_mend_at(change),
        may_take_back=change.state in ("waiting", "sent_back") and _may(change),
        is_for_owner=change.about == "question" and not _may(change),
    )


@blueprint.post("/club/<id:organisation_id>/changes/<id:change_id>/take-back")
@requires(P.SEE_ORGANISATION, on=change_of)
def take_back(change: Change) -> ResponseReturnValue:
    """Take back what was sent. What families see stays as it is."""
    services.take_back(change, current_user)
    flash("You have taken it back. What families see stays as it is.")
    return redirect(url_for(".club", organisation_id=change.organisation_id), 303)


def _row(change: Change) -> dict[str, object]:
    return {"change": change, "title": title_of(change), "tag": state_of(change)}


def _may(change: Change) -> bool:
    permission = P.SEND_CHANGE if change.about == "question" else P.EDIT_ORGANISATION
    return can(current_user, permission, change)


def _mend_at(change: Change) -> str:
    """Where this is mended and sent again; nothing where it is not theirs, or is settled."""
    if not change.is_open or not _may(change):
        return ""
    desk = f"/club/{change.organisation_id}"
    match change.about:
        case "organisation":
            return f"{desk}/details"
        case "venue":
            return f"{desk}/venues/{change.record_id}"
        case "activity" | "picture":
            return f"{desk}/activities/{change.record_id}"
    if change.record_id:
        return f"{desk}/activities/{change.record_id}/risk-check"
    told_at = {"regulator": "regulator", "sg_review_date": "plan"}.get(change.question_key)
    if told_at:
        return f"{desk}/tell/{told_at}"
    return f"{desk}/changes/{change.id}/answer"
