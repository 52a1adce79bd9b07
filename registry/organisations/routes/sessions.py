"""When an activity happens: its sessions, one by one."""

from flask import (
    flash,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.errors import BadInput, NotAllowedNow
from registry.organisations import services, wording
from registry.organisations.forms import (
    SessionForm,
)
from registry.organisations.models import Activity
from registry.organisations.queries import (
    activity_for,
    listed_activity_ids,
    session_of,
)
from registry.organisations.routes.blueprint import blueprint
from registry.organisations.routes.onward import address, page_after
from registry.organisations.routes.saving import shown_again
from registry.permissions import P
from registry.web import shelf
from registry.web.guard import requires


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
    return shown_again(
        "organisations/sessions.html",
        form,
        organisation=activity.organisation,
        activity=activity,
        weekly=[(one, wording.session_in_words(one)) for one in activity.sessions],
        onward=page_after(activity, "when"),
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
        return redirect(address(".sessions", activity), 303)
    return render_template(
        "organisations/remove_session.html",
        organisation=activity.organisation,
        activity=activity,
        session=session,
        when=when,
        is_last=len(activity.sessions) == 1,
    )
