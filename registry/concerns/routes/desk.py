"""The council's side: what waits by colour, and a page for each with what may be done."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.assessments.standing import latest_assessment
from registry.audit.services import record_read
from registry.changes.queries import open_changes
from registry.changes.wording import title_of
from registry.concerns import queries, services
from registry.concerns.forms import (
    COLOUR_WORDS,
    HANDED_TO_WORDS,
    OUTCOME_WORDS,
    CloseForm,
    ColourForm,
    HandOverForm,
    LinkForm,
    VersionForm,
)
from registry.concerns.models import Concern
from registry.concerns.routes.blueprint import blueprint
from registry.organisations.models import Organisation
from registry.permissions import P, can
from registry.web import shelf
from registry.web.acting import done, form_page, settled
from registry.web.guard import requires
from registry.web.identifiers import sent_number


@blueprint.get("/council/concerns")
@requires(P.READ_CONCERN)
def concerns() -> str:
    """What waits, the most pressing first, with how many of each colour; and what is done with."""
    today = clock.today()
    return render_template(
        "concerns/concerns.html",
        colours=queries.by_colour(current_user, today),
        rows=queries.waiting(current_user),
        settled=queries.settled(current_user),
        handed_to=HANDED_TO_WORDS,
        outcomes=OUTCOME_WORDS,
        today=today,
    )


@blueprint.get("/council/concerns/<id:concern_id>")
@requires(P.READ_CONCERN, on=queries.concern_to_read)
def concern(concern: Concern) -> str:
    """One concern. That somebody read it is an entry before it is shown."""
    record_read(("concern", concern.id), current_user)
    return render_template("concerns/concern.html", **_told(concern))


@blueprint.get("/council/concerns/<id:concern_id>/teller")
@requires(P.READ_TELLER, on=queries.concern_to_read)
def teller(concern: Concern) -> str:
    """Who told us, where they said so: an entry of its own, for those who need it."""
    record_read(("concern_teller", concern.id), current_user)
    return render_template("concerns/teller.html", concern=concern)


@blueprint.route("/council/concerns/<id:concern_id>/colour", methods=["GET", "POST"])
@requires(P.WORK_CONCERN, on=queries.concern_to_read)
def colour(concern: Concern) -> ResponseReturnValue:
    """Say how pressing it is, and why."""
    form = ColourForm(shelf.form_data())
    return _act(
        concern,
        form,
        "concerns/colour.html",
        lambda: services.change_colour(
            concern,
            current_user,
            version=form.read_version,
            colour=form.colour.data,
            reason=form.reason.data,
        ),
        "The colour is changed.",
    )


@blueprint.route("/council/concerns/<id:concern_id>/hand-over", methods=["GET", "POST"])
@requires(P.WORK_CONCERN, on=queries.concern_to_read)
def hand_over(concern: Concern) -> ResponseReturnValue:
    """Write down to whom it was referred, on which day, under which reference."""
    form = HandOverForm(shelf.form_data())
    return _act(
        concern,
        form,
        "concerns/hand_over.html",
        lambda: services.hand_over(
            concern,
            current_user,
            version=form.read_version,
            to=form.to.data,
            on=form.on.data,
            reference=form.reference.data,
        ),
        "Handed over. What was told is deleted 30 days after that day.",
    )


@blueprint.route("/council/concerns/<id:concern_id>/close", methods=["GET", "POST"])
@requires(P.WORK_CONCERN, on=queries.concern_to_read)
def close(concern: Concern) -> ResponseReturnValue:
    """Say what was done, and close it."""
    form = CloseForm(shelf.form_data())
    return _act(
        concern,
        form,
        "concerns/close.html",
        lambda: services.close(
            concern,
            current_user,
            version=form.read_version,
            outcome=form.outcome.data,
            words=form.words.data,
        ),
        "Closed. What was told is deleted in 30 days.",
    )


@blueprint.route("/council/concerns/<id:concern_id>/organisation", methods=["GET", "POST"])
@requires(P.WORK_CONCERN, on=queries.concern_to_read)
def organisation(concern: Concern) -> ResponseReturnValue:
    """Find the organisation that it is about, or say that it is about none."""
    form = LinkForm(shelf.form_data())
    named = request.args.get("name", "")[:100]
    return _act(
        concern,
        form,
        "concerns/organisation.html",
        lambda: services.link(
            concern, current_user, version=form.read_version, organisation=_chosen()
        ),
        "That is kept.",
        named=named,
        found=queries.organisations_named(named, current_user, P.WORK_CONCERN),
    )


def _act(
    concern: Concern,
    form: VersionForm,
    template: str,
    act: Callable[[], None],
    sentence: str,
    **more: Any,
) -> ResponseReturnValue:
    if form.validate_on_submit() and done(form, act):
        # Whoever linked it to a club of their own cannot open it any more.
        is_theirs = can(current_user, P.READ_CONCERN, concern)
        address = url_for(".concern", concern_id=concern.id) if is_theirs else url_for(".concerns")
        return settled(sentence, address)
    return form_page(template, form, concern=concern, **more)


def _chosen() -> Organisation | None:
    """The organisation whose button was pressed; none where that was said."""
    number = sent_number(request.form.get("organisation", "")) or 0
    return queries.organisation_to_hold(number) if number else None


def _told(concern: Concern) -> dict[str, Any]:
    club = concern.organisation
    case = latest_assessment(club.id) if club else None
    seen = case if case and case.submissions and can(current_user, P.READ_CASE, case) else None
    changes = open_changes(club.id) if club else []
    return {
        "concern": concern,
        "due_on": queries.due_of(concern),
        "people": queries.people({step.by_id for step in concern.steps}),
        "colours": COLOUR_WORDS,
        "handed_to": HANDED_TO_WORDS,
        "outcomes": OUTCOME_WORDS,
        "may_work": concern.is_open and can(current_user, P.WORK_CONCERN, concern),
        "may_see_teller": concern.has_teller and can(current_user, P.READ_TELLER, concern),
        "may_hold": club is not None and can(current_user, P.SET_QUIET_HOLD, club),
        "case": seen,
        "changes": [
            (one, title_of(one)) for one in changes if can(current_user, P.READ_CHANGE, one)
        ],
        "today": clock.today(),
    }
