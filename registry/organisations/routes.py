"""Pages of organisations: their details, their places and their activities.

What a club withdraws, hides or ends is gone from the public pages at once. Making those anew is
the work of registry.assessments, which is above this room: `publish_after_changes` says how.
Pausing and starting again are answered there too, on the club's front page.
"""

from collections.abc import Callable
from typing import Any

from flask import (
    Blueprint,
    Flask,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.criteria.loading import current_edition
from registry.errors import BadInput, NotAllowedNow, StaleVersion
from registry.organisations import services, wording
from registry.organisations.forms import (
    NewActivityForm,
    OrganisationForm,
    PlainForm,
    SessionForm,
    VenueForm,
    VersionedForm,
    form_of_page,
)
from registry.organisations.gaps import PAGES, gaps_by_page
from registry.organisations.models import Activity, Organisation, Venue
from registry.organisations.queries import (
    activity_for,
    is_outside_area,
    listed_activity_ids,
    organisation_for,
    organisation_with_records,
    public_place_of,
    read_again,
    session_of,
    venue_for,
)
from registry.permissions import P
from registry.web import shelf
from registry.web.guard import requires

blueprint = Blueprint("organisations", __name__)


def publish_after_changes(app: Flask, publish: Callable[[Organisation], None]) -> None:
    """Say what makes the public pages of an organisation anew: `publish(organisation)`."""
    app.extensions["publish"] = publish


# The organisation.


@blueprint.route("/club/new", methods=["GET", "POST"])
@requires(P.REGISTER_ORGANISATION)
def new_organisation() -> ResponseReturnValue:
    """Put an organisation on the register."""
    form = OrganisationForm(shelf.form_data())
    if request.method == "POST" and form.validate():
        try:
            organisation = services.register_organisation(current_user, **form.told())
        except BadInput as refused:
            form.add_error(None, refused.sentence)
        else:
            shelf.clear()
            flash(f"{organisation.name} is on your desk. Only you can see it so far.")
            return redirect(f"/club/{organisation.id}", 303)
    return _shown(
        "organisations/new_organisation.html", form, needs=current_edition().you_will_need
    )


@blueprint.route("/club/<id:organisation_id>/details", methods=["GET", "POST"])
@requires(P.EDIT_ORGANISATION, on=organisation_for)
def details(organisation: Organisation) -> ResponseReturnValue:
    """Change what an organisation says of itself."""
    form = OrganisationForm.over(organisation, shelf.form_data())

    def save() -> None:
        services.change_details(
            organisation, current_user, version=form.seen_version, **form.told()
        )
        _publish(organisation)

    return _changed(
        form,
        organisation,
        save,
        lambda: url_for(".details", organisation_id=organisation.id),
        "organisations/details.html",
        organisation=organisation,
        needs=current_edition().you_will_need,
        is_listed=bool(listed_activity_ids(organisation.id)),
    )


# Places.


@blueprint.route("/club/<id:organisation_id>/venues")
@requires(P.SEE_ORGANISATION, on=organisation_with_records)
def venues(organisation: Organisation) -> ResponseReturnValue:
    """Every place of an organisation, and what the public may know of it."""
    places = [
        {
            "venue": venue,
            "public": public_place_of(venue),
            "privacy": wording.PRIVACY[venue.privacy],
            "outside": is_outside_area(venue),
            "used_by": [a.name for a in organisation.activities if a.venue_id == venue.id],
        }
        for venue in organisation.venues
    ]
    return render_template("organisations/venues.html", organisation=organisation, places=places)


@blueprint.route("/club/<id:organisation_id>/venues/new", methods=["GET", "POST"])
@requires(P.EDIT_ORGANISATION, on=organisation_with_records)
def new_venue(organisation: Organisation) -> ResponseReturnValue:
    """Add a place."""
    form = VenueForm(shelf.form_data())
    if request.method == "POST" and form.validate():
        try:
            venue = services.add_venue(organisation, current_user, **form.told())
        except BadInput as refused:
            form.add_error(None, refused.sentence)
        else:
            shelf.clear()
            flash(f"We have saved {venue.name}.")
            return redirect(_after_venue(venue), 303)
    return _shown(
        "organisations/new_venue.html",
        form,
        organisation=organisation,
        waiting_activity=_waiting_activity(),
    )


@blueprint.route("/club/<id:organisation_id>/venues/<id:venue_id>", methods=["GET", "POST"])
@requires(P.EDIT_ORGANISATION, on=venue_for)
def venue(venue: Venue) -> ResponseReturnValue:
    """Change a place, and see what the public will see of it."""
    form = VenueForm.over(venue, shelf.form_data())

    def save() -> None:
        services.change_venue(venue, current_user, version=form.seen_version, **form.told())
        _publish(venue.organisation)

    return _changed(
        form,
        venue,
        save,
        lambda: url_for(".venue", organisation_id=venue.organisation_id, venue_id=venue.id),
        "organisations/venue.html",
        organisation=venue.organisation,
        venue=venue,
        public=public_place_of(venue),
        outside=is_outside_area(venue),
        is_listed=bool(listed_activity_ids(venue.organisation_id)),
    )


@blueprint.route("/club/<id:organisation_id>/venues/<id:venue_id>/remove", methods=["GET", "POST"])
@requires(P.EDIT_ORGANISATION, on=venue_for)
def remove_venue(venue: Venue) -> ResponseReturnValue:
    """Ask once more, then take a place away."""
    organisation = venue.organisation
    form = PlainForm(None)
    if request.method == "POST":
        name = venue.name
        try:
            services.remove_venue(venue, current_user)
        except NotAllowedNow as refused:
            form.add_error(None, refused.sentence)
        else:
            flash(f"We have removed {name}.")
            return redirect(url_for(".venues", organisation_id=organisation.id), 303)
    page = render_template(
        "organisations/remove_venue.html", form=form, organisation=organisation, venue=venue
    )
    return page, 409 if form.form_errors else 200


# Activities.


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
            return redirect(_page_after(activity, "what"), 303)
    return _shown("organisations/new_activity.html", form, organisation=organisation)


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

    def save() -> None:
        services.change_activity(activity, current_user, version=form.seen_version, **form.told())

    return _changed(
        form,
        activity,
        save,
        lambda: _page_after(activity, page),
        "organisations/activity_page.html",
        organisation=activity.organisation,
        activity=activity,
        page=page,
        page_title=wording.PAGE_TITLES[page],
        is_listed=activity.id in listed_activity_ids(activity.organisation_id),
    )


@blueprint.route(
    "/club/<id:organisation_id>/activities/<id:activity_id>/sessions", methods=["GET", "POST"]
)
@requires(P.EDIT_ORGANISATION, on=activity_for)
def sessions(activity: Activity) -> ResponseReturnValue:
    """When an activity happens: every weekly session, and a form for one more."""
    form = SessionForm(shelf.form_data())
    if request.method == "POST" and form.validate():
        try:
            session = services.add_session(activity, current_user, **form.told())
        except (BadInput, NotAllowedNow) as refused:
            form.add_error(None, refused.sentence)
        else:
            shelf.clear()
            flash(f"We have added {wording.session_in_words(session)}.")
            return redirect(request.path, 303)
    return _shown(
        "organisations/sessions.html",
        form,
        organisation=activity.organisation,
        activity=activity,
        weekly=[(one, wording.session_in_words(one)) for one in activity.sessions],
        onward=_page_after(activity, "when"),
        is_listed=activity.id in listed_activity_ids(activity.organisation_id),
    )


@blueprint.route(
    "/club/<id:organisation_id>/activities/<id:activity_id>/sessions/<id:session_id>/remove",
    methods=["GET", "POST"],
)
@requires(P.EDIT_ORGANISATION, on=activity_for)
def remove_session(activity: Activity, session_id: int) -> ResponseReturnValue:
    """Ask once more, then take a weekly session away."""
    session = session_of(activity, session_id)
    when = wording.session_in_words(session)
    if request.method == "POST":
        services.remove_session(activity, session, current_user)
        flash(f"We have removed {when}.")
        return redirect(_address(".sessions", activity), 303)
    return render_template(
        "organisations/remove_session.html",
        organisation=activity.organisation,
        activity=activity,
        session=session,
        when=when,
        is_last=len(activity.sessions) == 1,
    )


@blueprint.route(
    "/club/<id:organisation_id>/activities/<id:activity_id>/end", methods=["GET", "POST"]
)
@requires(P.EDIT_ORGANISATION, on=activity_for)
def end(activity: Activity) -> ResponseReturnValue:
    """Ask once more, then end an activity for good."""
    if request.method == "POST":
        services.end_activity(activity, current_user)
        _publish(activity.organisation)
        flash(f"{activity.name} has ended.")
        return redirect(url_for(".activities", organisation_id=activity.organisation_id), 303)
    return render_template(
        "organisations/end.html", organisation=activity.organisation, activity=activity
    )


# What the pages above share.


def _changed(
    form: VersionedForm,
    record: Any,
    save: Callable[[], None],
    onward: Callable[[], str],
    template: str,
    **shown: Any,
) -> ResponseReturnValue:
    """Save a form over a record and go on; else show the page again with all that was typed."""
    if request.method == "POST" and form.validate():
        try:
            save()
        except StaleVersion:
            read_again(record)
            others = form.others(type(form).over(record, None))
            form.version.data = str(record.version)
            return _shown(template, form, 409, others=others, **shown)
        except (BadInput, NotAllowedNow) as refused:
            form.add_error(None, refused.sentence)
        else:
            shelf.clear()
            flash("We have saved what you told us.")
            return redirect(onward(), 303)
    return _shown(template, form, **shown)


def _publish(organisation: Organisation) -> None:
    """Take out at once what an organisation on the list has just made private."""
    if listed_activity_ids(organisation.id):
        current_app.extensions["publish"](organisation)


def _shown(template: str, form: Any, status: int = 0, **shown: Any) -> ResponseReturnValue:
    """The page, with the status that says whether something is to be mended."""
    on_shelf = shelf.kept()
    page = render_template(
        template,
        form=form,
        was_away=on_shelf is not None and request.method == "GET",
        kept_word=request.values.get("kept", "") if on_shelf else "",
        **shown,
    )
    return page, status or (422 if request.method == "POST" else 200)


def _after_venue(venue: Venue) -> str:
    """Back to the activity that waits for a place, else to the place that was saved."""
    number = _waiting_activity()
    if number is not None:
        return url_for(
            ".activity_page",
            organisation_id=venue.organisation_id,
            activity_id=number,
            page="where",
        )
    return url_for(".venue", organisation_id=venue.organisation_id, venue_id=venue.id)


def _waiting_activity() -> int | None:
    """The number of the activity for which a place is being added; its page asks whose it is."""
    number = request.args.get("activity", type=int)
    return number if number is not None and 0 < number < 2**63 else None


def _page_after(activity: Activity, page: str) -> str:
    """The next page on which something is missing; else the activity itself.

    Support and access need no answer, but somebody who tells of a new activity is shown them.
    """
    if "later" in request.form:
        return _address(".activity", activity)
    open_pages = set(gaps_by_page(activity))
    if activity.state == "draft" and not activity.marks:
        open_pages.add("support")
    for after in PAGES[PAGES.index(page) + 1 :]:
        if after in open_pages:
            return _address_of_page(activity, after)
    return _address(".activity", activity)


def _address(endpoint: str, activity: Activity) -> str:
    return url_for(endpoint, organisation_id=activity.organisation_id, activity_id=activity.id)


def _address_of_page(activity: Activity, page: str) -> str:
    if page == "when":
        return _address(".sessions", activity)
    return url_for(
        ".activity_page",
        organisation_id=activity.organisation_id,
        activity_id=activity.id,
        page=page,
    )


def _standing(activity: Activity, listed: frozenset[int]) -> dict[str, str]:
    """Where an activity stands, in two words and a colour."""
    if activity.state == "ended":
        return {"text": "Ended", "colour": "grey"}
    if activity.state == "paused":
        return {"text": "Paused by you", "colour": "grey"}
    if services.activity_gaps(activity):
        return {"text": "Needs you", "colour": "yellow"}
    if activity.id in listed:
        return {"text": "On the list", "colour": ""}
    return {"text": "Complete", "colour": ""}


def _task(activity: Activity, page: str, told: str, gaps: list[str]) -> dict[str, Any]:
    """One page of an activity as a row of its task list."""
    title = wording.PAGE_TITLES[page]
    if activity.state == "ended":
        return {"title": title, "hint": told, "status": ""}
    task = {"title": title, "href": _address_of_page(activity, page), "hint": told}
    if gaps:
        missing = ". ".join(gaps)
        return task | {"hint": missing, "status": "To do", "colour": "yellow"}
    if page == "support" and not activity.marks:
        return task | {"status": "If you like"}
    return task | {"status": "Done"}
