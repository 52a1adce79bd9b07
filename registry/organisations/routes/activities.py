"""Pages of activities: all of them, a new one, and one with its pages."""

from typing import Any

from flask import (
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.errors import BadInput
from registry.organisations import services, wording
from registry.organisations.forms import (
    NewActivityForm,
    form_of_page,
)
from registry.organisations.gaps import PAGES, gaps_by_page
from registry.organisations.keeping import Kept, keeping
from registry.organisations.models import Activity, Organisation
from registry.organisations.queries import (
    activity_for,
    listed_activity_ids,
    organisation_with_records,
)
from registry.organisations.routes.blueprint import blueprint
from registry.organisations.routes.onward import address_of_page, page_after
from registry.organisations.routes.saving import publish, save_or_show, shown_again
from registry.permissions import P
from registry.web import shelf
from registry.web.formats import long_date
from registry.web.guard import requires


@blueprint.route("/club/<id:organisation_id>/activities")
@requires(P.SEE_ORGANISATION, on=organisation_with_records)
def activities(organisation: Organisation) -> ResponseReturnValue:
    """Every activity of an organisation, with what is still missing."""
    listed = listed_activity_ids(organisation.id)
    rows: list[dict[str, Any]] = [
        {
            "activity": activity,
            "told": wording.told(activity),
            "gaps": [] if activity.state == "ended" else services.activity_gaps(activity),
            "standing": _standing(activity, listed),
        }
        for activity in organisation.activities
    ]
    return render_template(
        "organisations/activities.html",
        organisation=organisation,
        running=[row for row in rows if row["activity"].state != "ended"],
        ended=[row for row in rows if row["activity"].state == "ended"],
        is_listed=bool(listed),
    )


@blueprint.route("/club/<id:organisation_id>/activities/new", methods=["GET", "POST"])
@requires(P.EDIT_ORGANISATION, on=organisation_with_records)
def new_activity(organisation: Organisation) -> ResponseReturnValue:
    """Add an activity. The rest is asked page by page."""
    form = NewActivityForm(shelf.form_data())
    if request.method == "POST" and form.validate():
        try:
            activity = services.add_activity(organisation, current_user, **form.told())
        except BadInput as refused:
            form.add_error(None, refused.sentence)
        else:
            shelf.clear()
            flash(f"We have saved {activity.name}.")
            return redirect(page_after(activity, "what"), 303)
    return shown_again("organisations/new_activity.html", form, organisation=organisation)


@blueprint.route("/club/<id:organisation_id>/activities/<id:activity_id>")
@requires(P.SEE_ORGANISATION, on=activity_for)
def activity(activity: Activity) -> ResponseReturnValue:
    """One activity: what was told, what is missing, and what may be done with it."""
    gaps = gaps_by_page(activity)
    told = wording.told(activity)
    listed = listed_activity_ids(activity.organisation_id)
    tasks = [_task(activity, page, told[page], gaps.get(page, [])) for page in PAGES]
    return render_template(
        "organisations/activity.html",
        organisation=activity.organisation,
        activity=activity,
        tasks=tasks,
        gaps=services.activity_gaps(activity),
        standing=_standing(activity, listed),
        is_listed=bool(listed),
    )


@blueprint.route(
    "/club/<id:organisation_id>/activities/<id:activity_id>"
    "/<any(what,who,where,cost,booking,support,safety):page>",
    methods=["GET", "POST"],
)
@requires(P.EDIT_ORGANISATION, on=activity_for)
def activity_page(activity: Activity, page: str) -> ResponseReturnValue:
    """One page about an activity."""
    form = form_of_page(page).over(activity, shelf.form_data())

    def save() -> Kept:
        return services.change_activity(
            activity, current_user, version=form.read_version, **form.told()
        )

    return save_or_show(
        form,
        activity,
        save,
        lambda: page_after(activity, page),
        "organisations/activity_page.html",
        organisation=activity.organisation,
        activity=activity,
        page=page,
        page_title=wording.PAGE_TITLES[page],
        is_listed=keeping().is_read(activity),
        waits=bool(keeping().wanted(activity)),
    )


@blueprint.post("/club/<id:organisation_id>/activities/<id:activity_id>/copy")
@requires(P.EDIT_ORGANISATION, on=activity_for)
def copy(activity: Activity) -> ResponseReturnValue:
    """Begin a new activity that is like this one."""
    made = services.duplicate_activity(activity, current_user)
    flash(f"This is a copy of {activity.name}. Give it a name of its own.")
    return redirect(address_of_page(made, "what"), 303)


@blueprint.route(
    "/club/<id:organisation_id>/activities/<id:activity_id>/end", methods=["GET", "POST"]
)
@requires(P.EDIT_ORGANISATION, on=activity_for)
def end(activity: Activity) -> ResponseReturnValue:
    """Ask once more, then end an activity for good."""
    if request.method == "POST":
        services.end_activity(activity, current_user)
        publish(activity.organisation)
        flash(f"{activity.name} has ended.")
        return redirect(url_for(".activities", organisation_id=activity.organisation_id), 303)
    return render_template(
        "organisations/end.html", organisation=activity.organisation, activity=activity
    )


def _standing(activity: Activity, listed: frozenset[int]) -> dict[str, str]:
    """Where an activity stands, in two words and a colour."""
    if activity.state == "ended":
        return {"text": "Ended", "colour": "grey"}
    if activity.state == "paused":
        return {"text": "Paused by you", "colour": "grey"}
    if services.activity_gaps(activity):
        return {"text": "Needs you", "colour": "yellow"}
    if activity.state == "waiting":
        return {"text": "The council has to read it", "colour": "blue"}
    over_on = services.over_on(activity)
    if over_on is not None and over_on < clock.today():
        return {"text": f"Over since {long_date(over_on)}", "colour": "yellow"}
    if activity.id in listed:
        return {"text": "On the list", "colour": ""}
    return {"text": "Complete", "colour": ""}


def _task(activity: Activity, page: str, told: str, gaps: list[str]) -> dict[str, Any]:
    """One page of an activity as a row of its task list."""
    title = wording.PAGE_TITLES[page]
    if activity.state == "ended":
        return {"title": title, "hint": told, "status": ""}
    task = {"title": title, "href": address_of_page(activity, page), "hint": told}
    if gaps:
        missing = ". ".join(gaps)
        return task | {"hint": missing, "status": "To do", "colour": "yellow"}
    if (page == "support" and not activity.marks) or (page == "picture" and not told):
        return task | {"status": "If you like"}
    return task | {"status": "Done"}
