"""What a club tells of its questions between two self-checks: sending it, and taking it back."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from werkzeug.datastructures import FileStorage

from registry import clock
from registry.assessments.evaluating import edition_of
from registry.assessments.in_force import (
    DATES_OF_RISK_CHECKS,
    RISK_CHECKS,
    answers_in_force,
    changed_assessment,
)
from registry.assessments.models import Assessment, Change, Evidence
from registry.assessments.publish import publish
from registry.assessments.services.evidence import own_papers, take_in
from registry.assessments.services.submit import LEAD, lead_in
from registry.assessments.steps import ask, lock
from registry.audit import services as history
from registry.changes.profiles import is_in_force, question_of, wanted_profile
from registry.changes.queries import open_change
from registry.changes.rules import DUE_WITHIN, row_of_question
from registry.changes.services.keep import starts_as
from registry.changes.services.revising import (
    ask_what_it_brings,
    begin_change,
    bump,
    check_version,
    hold_still,
    may,
    record_of,
    revise,
    settle,
)
from registry.criteria.answers import risk_check_dates, risk_check_rows
from registry.criteria.dates import add_months
from registry.criteria.evaluation import answer_problems, missing_parts
from registry.database import db
from registry.errors import BadInput, NotAllowedNow
from registry.organisations.facts import facts_of
from registry.organisations.models import Activity, Organisation
from registry.organisations.services import activity_gaps
from registry.people.services import name_lead
from registry.permissions import P
from registry.working_days import add_working_days

__all__ = ["add_paper", "ask_for", "take_back", "tell", "tell_risk_check"]

NOT_LISTED = "Your organisation is not on the list. Put this in your self-check."
RISK_CHECK_MONTHS = 12


def tell(
    organisation: Organisation,
    actor: Any,
    key: str,
    parts: Mapping[str, Any],
    *,
    version: int | None = None,
    due_on: date | None = None,
    kind: str = "",
) -> Change:
    """Send the council a new answer to one question, by the owner. What is in force stays.

    An answer that is open already is altered: `version` is the one that was on the page. The
    questions that a new profile answer brings along are asked. Raises BadInput with what to
    mend, StaleVersion where somebody else was quicker, NotAllowedNow off the list.
    """
    ask(actor, P.SEND_CHANGE, organisation)
    assessment = _assessment_of(organisation)
    if key in (RISK_CHECKS, DATES_OF_RISK_CHECKS):
        raise BadInput("Each activity has its own risk check. Send it for that activity.")
    change = open_change(organisation.id, "question", 0, key)
    if change is not None:
        hold_still(change)
        check_version(change, version)
    said = own_papers(assessment, actor, edition_of(assessment), key, parts)
    said = {name: value for name, value in said.items() if value not in (None, "", [], {})}
    _check_answer(assessment, key, said)
    now = answers_in_force(assessment).get(key, {})
    fields = {
        name: {"before": now.get(name), "after": said.get(name)}
        for name in {**now, **said}
        if now.get(name) != said.get(name)
    }
    if not fields:
        raise BadInput("This is what we have already. There is nothing to send.")
    kind = kind or (change.kind if change else row_of_question(key).kind)
    change = change or begin_change(
        assessment, actor, "question", kind, question_key=key, due_on=due_on
    )
    revise(change, fields, actor, kind)
    if key == LEAD:
        name_lead(organisation, lead_in(said))
    if key.startswith("p_"):
        brought_by = add_working_days(clock.today(), DUE_WITHIN)
        ask_what_it_brings(assessment, change, actor, brought_by)
    publish(organisation)
    return change


def tell_risk_check(
    activity: Activity,
    actor: Any,
    *,
    paper: int,
    checked_on: date,
    version: int | None = None,
) -> Change:
    """Send the council the risk check of one activity: which paper, and when it was looked at.

    That is how a new activity comes on the list. Raises BadInput with what to mend.
    """
    ask(actor, P.SEND_CHANGE, activity)
    assessment = _assessment_of(activity.organisation)
    if activity.state == "ended":
        raise NotAllowedNow("This activity has ended.")
    gaps = activity_gaps(activity)
    if gaps:
        raise BadInput(f"Finish the pages of {activity.name} first: {gaps[0]}.")
    _check_risk_check(assessment, paper, checked_on)
    change = open_change(activity.organisation_id, "question", activity.id, RISK_CHECKS)
    if change is not None:
        hold_still(change)
        check_version(change, version)
    answers = answers_in_force(assessment)
    file = risk_check_rows(answers).get(activity.id)
    day = risk_check_dates(answers).get(file) if file else None
    fields: dict[str, Any] = {
        "file": {"before": file, "after": paper},
        "checked_on": {
            "before": day.isoformat() if day else None,
            "after": checked_on.isoformat(),
        },
    }
    is_new = not is_in_force(assessment, activity)
    if is_new:
        fields["record"] = {"before": None, "after": facts_of(activity)}
    elif (file, day) == (paper, checked_on):
        raise BadInput("This is what we have already. There is nothing to send.")
    kind = "new_activity" if is_new else "risk_check"
    change = change or begin_change(
        assessment, actor, "question", kind, record_id=activity.id, question_key=RISK_CHECKS
    )
    revise(change, fields, actor, kind)
    if is_new:
        ask_what_it_brings(assessment, change, actor)
    publish(activity.organisation)
    return change


def ask_for(
    organisation: Organisation,
    actor: Any,
    key: str,
    *,
    due_on: date | None,
    kind: str = "",
    because: Change | None = None,
) -> Change:
    """Ask the club for an answer by a day. One that is open already is not asked twice."""
    there = open_change(organisation.id, "question", 0, key)
    if there is not None:
        return there
    change = begin_change(
        _assessment_of(organisation),
        actor,
        "question",
        kind or row_of_question(key).kind,
        question_key=key,
        state="asked",
        because=because,
        due_on=due_on,
    )
    change.version = 1
    db.session.flush()
    history.record(
        "ask_change",
        change,
        actor,
        organisation_id=organisation.id,
        details={"question": key, "due_on": str(due_on or "")},
    )
    return change


def add_paper(
    organisation: Organisation,
    actor: Any,
    key: str,
    sent: FileStorage,
    *,
    checked: Collection[str] = (),
) -> Evidence:
    """Take in a file for an answer that is to be sent. Raises BadInput with what to do."""
    ask(actor, P.ANSWER, organisation)
    return take_in(_assessment_of(organisation), actor, key, sent, checked=checked)


def take_back(change: Change, actor: Any, *, version: int | None = None) -> None:
    """Take back what was sent and not settled. It undoes nothing, because nothing was done.

    What the council asked for is asked again.
    """
    hold_still(change)
    may(actor, change)
    check_version(change, version)
    if change.state not in ("waiting", "sent_back"):
        raise NotAllowedNow("This is settled already.")
    bump(change)
    if _was_asked_for(change):
        change.state, change.fields, change.sent_at = "asked", {}, None
        db.session.flush()
    else:
        settle(change, "taken_back", actor)
    history.record(
        "take_back_change",
        change,
        actor,
        organisation_id=change.organisation_id,
        details={"version": change.version},
    )
    ask_what_it_brings(change.assessment, None, actor)
    if change.about == "activity":
        _starts_again(change)
    publish(change.organisation)


def _was_asked_for(change: Change) -> bool:
    return (
        change.kind == "new_activity"
        or change.because_id is not None
        or (change.about == "question" and change.due_on is not None)
    )


def _starts_again(change: Change) -> None:
    """An activity that a new risk had hidden is as it was."""
    activity = record_of(change)
    if isinstance(activity, Activity) and activity.state in ("live", "waiting"):
        activity.state = starts_as(activity)
        db.session.flush()


def _assessment_of(organisation: Organisation) -> Assessment:
    """The assessment that is changed, held until the transaction ends: one answer at a time."""
    found = changed_assessment(organisation.id, clock.today())
    if found is None:
        raise NotAllowedNow(NOT_LISTED)
    lock(found)
    return found


def _check_answer(assessment: Assessment, key: str, said: Mapping[str, Any]) -> None:
    """What an answer of a self-check has to hold too: it is complete, and may be right."""
    question = question_of(assessment, key)
    if question is None:
        return
    profile, today = wanted_profile(assessment), clock.today()
    problems = {
        **answer_problems(question, said, profile, today),
        **missing_parts(question, said, profile, today),
    }
    if problems:
        raise BadInput(". ".join(dict.fromkeys(problems.values())))


def _check_risk_check(assessment: Assessment, paper: int, checked_on: date) -> None:
    shown = next((one for one in assessment.evidence if one.id == paper), None)
    if shown is None or shown.question_key != RISK_CHECKS:
        raise BadInput("Add the paper of the risk check.")
    today = clock.today()
    if checked_on > today:
        raise BadInput("The day on which you looked at it must be today or before.")
    if add_months(checked_on, RISK_CHECK_MONTHS) < today:
        raise BadInput("You looked at it more than 12 months ago. Look at it again first.")
