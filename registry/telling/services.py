"""Telling the council what has to be told, and what follows from it (domain B.4)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from registry import clock
from registry.assessments.in_force import answers_in_force, changed_assessment
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment, Change
from registry.assessments.publish import publish
from registry.assessments.services.after import why_not_extend
from registry.assessments.services.evidence import take_in
from registry.assessments.steps import ask
from registry.audit import services as history
from registry.changes import services as changes
from registry.changes.holds import hold_still
from registry.changes.queries import open_change
from registry.criteria.dates import written_date
from registry.criteria.profile import Profile
from registry.database import db
from registry.errors import BadInput, NotAllowedNow
from registry.organisations.models import Organisation
from registry.permissions import P
from registry.telling import letters
from registry.telling.things import answer_by, appoint_by, cover_by
from registry.web.formats import long_date

__all__ = [
    "NOT_ALONE",
    "NOT_LISTED",
    "ask_about_ended_insurance",
    "confirm_contact",
    "employs_people",
    "insurance_ended",
    "lead_leaves",
    "people_of",
    "plan_checked",
    "regulator_acts",
    "somebody_helps",
    "with_ended_insurance",
]

LEAD, TRAINING, PLAN, REGULATOR = "sg_lead", "sg_lead_training", "sg_review_date", "regulator"
EMPLOYERS, PUBLIC = "hs_employers", "hs_public"
NOT_ALONE = "You told us before that you are not alone. There is nothing new to tell."
NOT_LISTED = "You are not on the list now. There is nothing that you must tell us here."


def lead_leaves(
    organisation: Organisation, actor: Any, *, cover: Mapping[str, str] | None
) -> Change:
    """The safeguarding lead goes. With somebody who covers there are 28 days to name a new one,
    with nobody 5 working days; then the listing is held. The council is told the same day.

    Telling it again moves no day but once: when somebody is found who covers.
    """
    ask(actor, P.SEND_CHANGE, organisation)
    _assessment_of(organisation)
    today = clock.today()
    change = open_change(organisation.id, "question", 0, LEAD)
    if change is not None and change.state == "waiting":
        raise NotAllowedNow("You sent us the new lead already. We are reading it.")
    is_new = change is None or change.due_on is None
    change = change or changes.ask_for(
        organisation, actor, LEAD, due_on=cover_by(today), kind="lead"
    )
    covered_before = bool(change.fields.get("cover"))
    if is_new or (cover and not covered_before):
        change.due_on = appoint_by(today) if cover else cover_by(today)
    if cover:
        change.fields = {"cover": {"before": None, "after": dict(cover)}}
    changes.ask_for(organisation, actor, TRAINING, due_on=None)
    db.session.flush()
    history.record(
        "lead_leaves",
        change,
        actor,
        organisation_id=organisation.id,
        details={"covered": bool(change.fields.get("cover")), "due_on": str(change.due_on)},
    )
    publish(organisation)
    letters.lead_is_leaving(change)
    return change


def somebody_helps(organisation: Organisation, actor: Any, *, people: int) -> Change:
    """Somebody who worked alone has help: the questions that this brings are asked."""
    ask(actor, P.SEND_CHANGE, organisation)
    if people_of(_assessment_of(organisation)) != 1:
        raise NotAllowedNow(NOT_ALONE)
    if people < 2:
        raise BadInput("Count yourself and whoever helps: 2 or more.")
    return changes.tell(organisation, actor, "p_people", {"number": people}, kind="first_helper")


def plan_checked(
    organisation: Organisation,
    actor: Any,
    *,
    checked_on: date,
    papers: Sequence[FileStorage],
    looked_at: Collection[str] = (),
) -> Change:
    """The safeguarding plan was checked again: one question, which a reviewer reads anew.

    `looked_at` names the risks of the papers that the person says they have looked at. Raises
    BadInput for a day that is no newer, NotAllowedNow where a whole self-check is due.
    """
    ask(actor, P.SEND_CHANGE, organisation)
    assessment = _assessment_of(organisation)
    problem = why_not_extend(assessment, clock.today())
    if problem:
        raise NotAllowedNow(problem)
    known = written_date((answers_in_force(assessment).get(PLAN) or {}).get("date"))
    if known is not None and checked_on <= known:
        raise BadInput(f"We have {long_date(known)} already. Give a newer day.")
    shown = [take_in(assessment, actor, PLAN, one, checked=looked_at).id for one in papers]
    there = open_change(organisation.id, "question", 0, PLAN)
    if not shown and there is not None:
        shown = list(there.after.get("papers") or [])
    if not shown:
        raise BadInput("Add the plan with the new date, or a note of the meeting.")
    return changes.tell(
        organisation,
        actor,
        PLAN,
        {"date": checked_on.isoformat(), "papers": shown},
        kind="review_date",
    )


def insurance_ended(
    organisation: Organisation, actor: Any, *, which: str, ended_on: date
) -> Change | None:
    """An insurance ends and is not renewed. What the law asks for is asked again at once;
    anything else is an action to improve. None where nothing follows."""
    ask(actor, P.SEND_CHANGE, organisation)
    assessment = _assessment_of(organisation)
    if which == EMPLOYERS:
        if not employs_people(assessment):
            return None
        change = changes.ask_for(
            organisation, actor, EMPLOYERS, due_on=answer_by(clock.today()), kind="insurance"
        )
        publish(organisation)
        letters.insurance_is_ending(change)
        return change
    parts = answers_in_force(assessment).get(PUBLIC) or {}
    return changes.tell(
        organisation,
        actor,
        PUBLIC,
        {**parts, "ends_on": ended_on.isoformat()},
        kind="insurance",
    )


def regulator_acts(organisation: Organisation, actor: Any, *, who: str, reference: str) -> Change:
    """Somebody else looks into something, or a serious accident: kind and reference, no story."""
    ask(actor, P.SEND_CHANGE, organisation)
    _assessment_of(organisation)
    there = open_change(organisation.id, "question", 0, REGULATOR)
    before = list(there.after.get("told") or []) if there else []
    line = f"{who}, reference {reference}, told on {long_date(clock.today())}"
    change = changes.tell(organisation, actor, REGULATOR, {"told": [*before, line]})
    letters.tell_a_senior(change, who, reference)
    return change


def confirm_contact(organisation: Organisation, actor: Any) -> None:
    """The public contact was looked at and is still right."""
    ask(actor, P.EDIT_ORGANISATION, organisation)
    organisation.contact_confirmed_on = clock.today()
    db.session.flush()
    history.record("confirm_contact", organisation, actor)


def employs_people(assessment: Assessment) -> bool:
    """Whether the club employs anybody, by the answers in force."""
    return Profile.from_answers(answers_in_force(assessment), []).employees > 0


def people_of(assessment: Assessment) -> int | None:
    """How many people help, by the answers in force."""
    return Profile.from_answers(answers_in_force(assessment), []).people


def with_ended_insurance(today: date) -> list[int]:
    """The organisations on the list whose employers’ liability has ended, and nobody asked yet."""
    standing = db.session.scalars(
        select(Assessment)
        .where(Assessment.status == Status.APPROVED, Assessment.listed_until >= today)
        .order_by(Assessment.id)
    )
    return [
        one.organisation_id
        for one in standing
        if one.organisation.closed_at is None and _has_ended(one, today)
    ]


def ask_about_ended_insurance(organisation: Organisation) -> Change:
    """The clock asks on the day after: a new paper, within 20 working days."""
    hold_still(organisation)
    change = changes.ask_for(
        organisation, None, EMPLOYERS, due_on=answer_by(clock.today()), kind="insurance"
    )
    publish(organisation)
    return change


def _has_ended(assessment: Assessment, today: date) -> bool:
    ends_on = written_date((answers_in_force(assessment).get(EMPLOYERS) or {}).get("ends_on"))
    return (
        ends_on is not None
        and ends_on < today
        and employs_people(assessment)
        and open_change(assessment.organisation_id, "question", 0, EMPLOYERS) is None
    )


def _assessment_of(organisation: Organisation) -> Assessment:
    found = changed_assessment(organisation.id, clock.today())
    if found is None:
        raise NotAllowedNow(NOT_LISTED)
    return found
