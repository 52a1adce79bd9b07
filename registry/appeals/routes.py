"""Pages of appeals: for the club that asks, and for the officers of the council who answer."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.appeals import queries, services
from registry.appeals.forms import AppealForm, CorrectionForm, LateForm, answer_form
from registry.appeals.models import Appeal
from registry.appeals.rules import is_in_time, last_day_to_ask
from registry.assessments.models import Assessment
from registry.assessments.queries import organisation_in_view
from registry.errors import NotAllowedNow
from registry.messages.looking_ahead import Letter, letters_of
from registry.organisations.models import Organisation
from registry.permissions import P, can
from registry.ready_words.queries import words_for
from registry.web import shelf
from registry.web.acting import done, status_of
from registry.web.guard import requires
from registry.web.identifiers import sent_number

blueprint = Blueprint("appeals", __name__)

BOTH = ["GET", "POST"]
ONE = "/council/appeals/<id:appeal_id>"
NOT_TYPED = frozenset({"csrf_token", "act"})


# The club.


@blueprint.route("/club/<id:organisation_id>/appeal", methods=BOTH)
@requires(P.ASK_FOR_APPEAL, on=organisation_in_view)
def ask(organisation: Organisation) -> ResponseReturnValue:
    """Ask for an appeal, or see where it stands."""
    waiting = queries.under_way(organisation.id)
    found = None if waiting else queries.decision_to_appeal(organisation)
    if found is None:
        if request.method == "POST":
            raise NotAllowedNow("There is no decision that you can appeal against now.")
        return _where_it_stands(organisation, waiting)
    assessment, decision = found
    decided_on = clock.local(decision.at).date()
    in_time = is_in_time(decided_on, clock.today())
    form = AppealForm(shelf.form_data())
    if in_time:
        form.for_one_in_time()
    else:
        form.for_one_too_late("Tell us why you ask only now")
    if form.validate_on_submit() and done(
        form,
        lambda: services.ask_for_appeal(
            organisation,
            current_user,
            words=form.words.data,
            late_reason="" if in_time else form.late_reason.data,
        ),
    ):
        shelf.clear()
        flash("We have your appeal. We have sent you an email.")
        return redirect(url_for(".ask", organisation_id=organisation.id), 303)
    page = render_template(
        "appeals/ask.html",
        organisation=organisation,
        form=form,
        decision=decision,
        words=queries.words_of(assessment, decision),
        decided_on=decided_on,
        last_day=last_day_to_ask(decided_on),
        in_time=in_time,
        was_away=request.method == "GET" and shelf.form_data() is not None,
        kept_word=request.values.get("kept", ""),
    )
    return page, status_of(form)


@blueprint.post("/club/<id:organisation_id>/appeal/take-back")
@requires(P.ASK_FOR_APPEAL, on=organisation_in_view)
def take_back(organisation: Organisation) -> ResponseReturnValue:
    """Take an appeal back."""
    waiting = queries.under_way(organisation.id)
    if waiting is None:
        raise NotAllowedNow("There is no appeal to take back.")
    services.take_appeal_back(waiting, current_user)
    flash("You took your appeal back. Our decision stands.")
    return redirect(url_for(".ask", organisation_id=organisation.id), 303)


def _where_it_stands(organisation: Organisation, waiting: Appeal | None) -> str:
    return render_template(
        "appeals/where_it_stands.html",
        organisation=organisation,
        appeal=waiting,
        stands=queries.how_it_stands(waiting, clock.today()) if waiting else None,
        ended=[one for one in queries.appeals_of(organisation.id) if not one.is_under_way],
    )


# The council.


@blueprint.get("/council/appeals")
@requires(P.OPEN_APPEALS)
def appeals() -> str:
    """What waits, with the days that are left, and what was answered."""
    return render_template(
        "appeals/appeals.html",
        waiting=queries.waiting(current_user, clock.today()),
        answered=queries.answered(current_user),
    )


@blueprint.get(ONE)
@requires(P.READ_APPEAL, on=queries.appeal)
def appeal(one: Appeal) -> str:
    """One appeal: what was decided, why, and what the club says to it."""
    return _page(one)


@blueprint.post(f"{ONE}/take")
@requires(P.TAKE_APPEAL, on=queries.appeal)
def take(one: Appeal) -> ResponseReturnValue:
    """Take it, and with it the whole file to read."""
    services.take_appeal(one, current_user)
    flash("This appeal is yours. You can read the whole case.")
    return redirect(url_for(".appeal", appeal_id=one.id), 303)


@blueprint.post(f"{ONE}/put-back")
@requires(P.DECIDE_APPEAL, on=queries.appeal)
def put_back(one: Appeal) -> ResponseReturnValue:
    """Let another officer have it."""
    services.put_appeal_back(one, current_user)
    flash("The appeal is back on the list.")
    return redirect(url_for(".appeals"), 303)


@blueprint.route(f"{ONE}/late", methods=BOTH)
@requires(P.EXCUSE_LATE_APPEAL, on=queries.appeal)
def late(one: Appeal) -> ResponseReturnValue:
    """Say whether the reason for coming late is a good one."""
    if one.state != "late":
        raise NotAllowedNow("Somebody has answered this already.")
    form = LateForm(shelf.form_data())
    is_good = form.is_good.data == "yes"

    def act() -> None:
        services.excuse(
            one,
            current_user,
            version=_seen_version(),
            is_good=is_good,
            words=form.words.data or "",
        )

    return _after_letter(
        "appeals/late.html",
        one,
        form,
        act,
        "It is answered. The club has been told.",
        button="Say so to the club",
    )


@blueprint.route(f"{ONE}/decide", methods=BOTH)
@requires(P.DECIDE_APPEAL, on=queries.appeal)
def decide(one: Appeal) -> ResponseReturnValue:
    """Answer it, with the letter read before it goes."""
    if one.state != "open":
        raise NotAllowedNow(services.OVER)
    is_revoked = one.against == "revoke"
    form = answer_form(
        services.outcomes_of(one),
        is_revoked,
        shelf.form_data(),
        not_before_on=one.assessment.not_before_on,
    )

    def act() -> None:
        services.decide_appeal(
            one,
            current_user,
            version=_seen_version(),
            outcome=form.outcome.data,
            reason=form.reason.data,
            not_before_on=form.not_before_on.data if is_revoked else None,
        )

    return _after_letter(
        "appeals/decide.html",
        one,
        form,
        act,
        "It is answered. The club has been told.",
        button="Send this answer",
        ready=words_for("uphold"),
    )


@blueprint.route("/council/cases/<id:assessment_id>/corrected-letter", methods=BOTH)
@requires(P.CORRECT_LETTER, on=queries.case)
def correct_letter(assessment: Assessment) -> ResponseReturnValue:
    """Put a plain error in a letter right."""
    sent = queries.last_letter(assessment)
    if sent is None:
        raise NotAllowedNow("No letter with reasons has gone to this club.")
    form = CorrectionForm(shelf.form_data(), data={"words": sent.words})

    def act() -> None:
        services.correct_letter(
            assessment,
            current_user,
            decision_id=sent_number(request.form.get("decision", "")) or 0,
            words=form.words.data,
        )

    return _look_then_send(
        form,
        assessment.organisation_id,
        act,
        lambda: _back_to_case(assessment),
        lambda letters: render_template(
            "appeals/letter.html",
            **_typed(letters, "Send the corrected letter"),
            organisation=assessment.organisation,
            back=url_for("reviews.case", assessment_id=assessment.id),
            back_to="the case",
            section="cases",
        ),
        lambda: render_template(
            "appeals/correct_letter.html", assessment=assessment, sent=sent, form=form
        ),
    )


def _back_to_case(assessment: Assessment) -> ResponseReturnValue:
    flash("The corrected letter goes out. It is in the history of the case.")
    return redirect(url_for("reviews.case", assessment_id=assessment.id), 303)


def _page(one: Appeal) -> str:
    names = queries.names_of(
        {one.settled_by_id, one.allowed_by_id, one.asked_by_id, one.decision.by_id}
    )
    return render_template(
        "appeals/appeal.html",
        appeal=one,
        stands=queries.how_it_stands(one, clock.today()),
        words=queries.words_of(one.assessment, one.decision),
        names=names,
        is_mine=can(current_user, P.DECIDE_APPEAL, one),
        may_take=one.is_under_way and can(current_user, P.TAKE_APPEAL, one),
        may_excuse=one.state == "late" and can(current_user, P.EXCUSE_LATE_APPEAL, one),
        may_read=can(current_user, P.READ_CASE, one.assessment),
        outcomes=services.outcomes_of(one) if one.is_under_way else (),
    )


def _after_letter(
    template: str,
    one: Appeal,
    form: Any,
    act: Callable[[], None],
    sentence: str,
    *,
    button: str,
    **more: Any,
) -> ResponseReturnValue:
    """The words first, then the letter as it will go, then the act."""

    def then() -> ResponseReturnValue:
        flash(sentence)
        return redirect(url_for(".appeals"), 303)

    return _look_then_send(
        form,
        one.organisation_id,
        act,
        then,
        lambda letters: render_template(
            "appeals/letter.html",
            **_typed(letters, button),
            organisation=one.organisation,
            back=url_for(".appeal", appeal_id=one.id),
            back_to="the appeal",
            section="appeals",
        ),
        lambda: render_template(
            template,
            appeal=one,
            form=form,
            words=queries.words_of(one.assessment, one.decision),
            **more,
        ),
    )


def _look_then_send(
    form: Any,
    organisation_id: int,
    act: Callable[[], None],
    then: Callable[[], ResponseReturnValue],
    letter_page: Callable[[list[Letter]], str],
    form_page: Callable[[], str],
) -> ResponseReturnValue:
    pressed = request.form.get("act", "") if request.method == "POST" else ""
    if pressed != "change" and form.validate_on_submit():
        if pressed == "send":
            if done(form, act):
                shelf.clear()
                return then()
        else:
            letters: list[Letter] = []
            if done(form, lambda: letters.extend(letters_of(organisation_id, act))):
                return letter_page(letters)
    return form_page(), status_of(form)


def _typed(letters: list[Letter], button: str) -> dict[str, Any]:
    typed = [
        (name, value) for name, value in request.form.items(multi=True) if name not in NOT_TYPED
    ]
    return {"letters": letters, "typed": typed, "button": button}


def _seen_version() -> int:
    """The version of the appeal that was on the page."""
    return sent_number(request.form.get("version", "")) or 0
