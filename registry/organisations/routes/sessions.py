"""When an activity happens: its sessions one by one, and the single days that are different."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import (
    abort,
    flash,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.errors import NotFound
from registry.organisations import services
from registry.organisations.forms import (
    AwayForm,
    ExtraForm,
    LastDayForm,
    PatternForm,
    VersionedForm,
    session_form,
)
from registry.organisations.forms.sessions import PATTERNS, SessionForm
from registry.organisations.keeping import keeping
from registry.organisations.models import Activity
from registry.organisations.queries import (
    activity_for,
    listed_activity_ids,
)
from registry.organisations.routes.blueprint import blueprint
from registry.organisations.routes.onward import address, page_after
from registry.organisations.routes.saving import save_or_show, shown_again
from registry.permissions import P
from registry.timetable import saying
from registry.timetable.council_terms import school_calendar
from registry.timetable.recurrence import next_dates
from registry.web import shelf
from registry.web.guard import requires

DATES_TO_CHECK = 6
_WHEN = "/club/<id:organisation_id>/activities/<id:activity_id>/sessions"
_ANY_PATTERN = f"<any({','.join(PATTERNS)}):pattern>"


@blueprint.route(_WHEN)
@requires(P.EDIT_ORGANISATION, on=activity_for)
def sessions(activity: Activity) -> ResponseReturnValue:
    """When an activity happens, and the next dates to check it by."""
    facts = services.session_facts(activity)
    recurrences, today = services.recurrences_of(activity), clock.today()
    over_on = services.over_on(activity)
    coming = next_dates(
        recurrences, school_calendar(), clock.now(), DATES_TO_CHECK, activity.last_on
    )
    return render_template(
        "organisations/sessions.html",
        organisation=activity.organisation,
        activity=activity,
        sessions=[(one["key"], saying.sentence(one)) for one in facts],
        coming=[saying.occurrence_in_words(one, today) for one in coming.dates],
        nothing=saying.next_in_words(coming, today) if facts and not coming.dates else "",
        unknown_after=coming.unknown_after,
        different=saying.exceptions(facts, today),
        over_on=over_on,
        is_over=over_on is not None and over_on < today,
        follows_terms=any(one.follows_terms() for one in recurrences),
        onward=page_after(activity, "when"),
        is_listed=_is_listed(activity),
        waits="sessions" in keeping().wanted(activity),
    )


@blueprint.route(f"{_WHEN}/new", methods=["GET", "POST"])
@requires(P.EDIT_ORGANISATION, on=activity_for)
def new_session(activity: Activity) -> ResponseReturnValue:
    """First the pattern: what is asked next depends on it."""
    form = PatternForm(shelf.form_data())
    if request.method == "POST" and form.validate():
        shelf.clear()
        return redirect(address(".session_of_pattern", activity, pattern=form.pattern.data), 303)
    return shown_again(
        "organisations/new_session.html",
        form,
        organisation=activity.organisation,
        activity=activity,
        is_first=not services.session_facts(activity),
    )


@blueprint.route(f"{_WHEN}/new/{_ANY_PATTERN}", methods=["GET", "POST"])
@requires(P.EDIT_ORGANISATION, on=activity_for)
def session_of_pattern(activity: Activity, pattern: str) -> ResponseReturnValue:
    """What the chosen pattern needs to know."""
    form = _form_over(activity, pattern)

    def save() -> None:
        services.add_session(activity, current_user, version=form.read_version, **form.told())

    return _saved(form, activity, save, "organisations/session.html", pattern=pattern, key="")


@blueprint.route(f"{_WHEN}/<session_key>", methods=["GET", "POST"])
@requires(P.EDIT_ORGANISATION, on=activity_for)
def session(activity: Activity, session_key: str) -> ResponseReturnValue:
    """Change what is said of one session. One that somebody has removed meanwhile is added."""
    pattern = request.form.get("pattern", "")
    try:
        pattern = services.session_named(activity, session_key)["pattern"]
    except NotFound:
        if request.method != "POST" or pattern not in PATTERNS:
            raise
    form = _form_over(activity, pattern, session_key)

    def save() -> None:
        told = form.told()
        try:
            services.change_session(
                activity, session_key, current_user, version=form.read_version, **told
            )
        except NotFound:
            services.add_session(activity, current_user, version=form.read_version, **told)

    return _saved(
        form, activity, save, "organisations/session.html", pattern=pattern, key=session_key
    )


@blueprint.route(f"{_WHEN}/<session_key>/remove", methods=["GET", "POST"])
@requires(P.EDIT_ORGANISATION, on=activity_for)
def remove_session(activity: Activity, session_key: str) -> ResponseReturnValue:
    """Ask once more, then take a session away."""
    when = saying.sentence(services.session_named(activity, session_key))
    if request.method == "POST":
        services.remove_session(activity, session_key, current_user)
        flash(f"We have removed {when}.")
        return redirect(address(".sessions", activity), 303)
    return render_template(
        "organisations/remove_session.html",
        organisation=activity.organisation,
        activity=activity,
        key=session_key,
        when=when,
        is_last=len(services.session_facts(activity)) == 1,
    )


@blueprint.route(f"{_WHEN}/away", methods=["GET", "POST"])
@requires(P.EDIT_ORGANISATION, on=activity_for)
def away(activity: Activity) -> ResponseReturnValue:
    """“We are not there on…”"""
    _needs_a_session(activity)
    form: Any = AwayForm.over(activity, shelf.form_data())

    def save() -> None:
        keys = form.chosen_keys()
        services.add_off(activity, keys, current_user, version=form.read_version, **form.told())

    return _saved(form, activity, save, "organisations/away.html")


@blueprint.route(f"{_WHEN}/extra", methods=["GET", "POST"])
@requires(P.EDIT_ORGANISATION, on=activity_for)
def extra(activity: Activity) -> ResponseReturnValue:
    """“We are also there on…”"""
    _needs_a_session(activity)
    form: Any = ExtraForm.over(activity, shelf.form_data())

    def save() -> None:
        key = form.chosen_keys()[0]
        services.add_extra(activity, key, current_user, version=form.read_version, **form.told())

    return _saved(form, activity, save, "organisations/extra.html")


@blueprint.post(f"{_WHEN}/days/<day>/usual")
@requires(P.EDIT_ORGANISATION, on=activity_for)
def usual_day(activity: Activity, day: str) -> ResponseReturnValue:
    """Let a single day be as always again."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        abort(404)
    services.remove_exception(activity, on, current_user)
    flash(f"{saying.day_in_words(on, clock.today())} is as always again.")
    return redirect(address(".sessions", activity), 303)


@blueprint.route(
    "/club/<id:organisation_id>/activities/<id:activity_id>/last-day", methods=["GET", "POST"]
)
@requires(P.EDIT_ORGANISATION, on=activity_for)
def last_day(activity: Activity) -> ResponseReturnValue:
    """The last day of the whole activity: after it, families see it no more."""
    form = LastDayForm.over(activity, shelf.form_data())

    def save() -> None:
        services.change_activity(activity, current_user, version=form.read_version, **form.told())

    return _saved(form, activity, save, "organisations/last_day.html")


def _form_over(activity: Activity, pattern: str, key: str = "") -> Any:
    form: type[SessionForm] = session_form(pattern, key)
    return form.over(activity, shelf.form_data())


def _saved(
    form: VersionedForm,
    activity: Activity,
    save: Callable[[], None],
    template: str,
    **shown: Any,
) -> ResponseReturnValue:
    """Save and go back to all sessions, where the next dates show whether it is right."""

    return save_or_show(
        form,
        activity,
        save,
        lambda: address(".sessions", activity),
        template,
        organisation=activity.organisation,
        activity=activity,
        is_listed=_is_listed(activity),
        **shown,
    )


def _needs_a_session(activity: Activity) -> None:
    """Days can only differ from something."""
    if not services.session_facts(activity):
        raise NotFound()


def _is_listed(activity: Activity) -> bool:
    return activity.id in listed_activity_ids(activity.organisation_id)
