"""An activity as families will see it: once the council has accepted all that its club wants, or
as it stands in what was sent."""

from typing import Any

from sqlalchemy import select

from registry import clock
from registry.assessments.evaluating import Answers, edition_of, working_answers
from registry.assessments.in_force import answers_in_force
from registry.assessments.models import Assessment, Submission
from registry.assessments.public_record import activity_record, organisation_record
from registry.assessments.publish import card_of
from registry.assessments.standing import earlier_references, told_as_listed
from registry.criteria.loading import current_edition
from registry.database import db
from registry.organisations.facts import set_facts
from registry.organisations.keeping import keeping
from registry.organisations.models import Activity

__all__ = ["preview_of", "preview_of_what_was_sent"]


def preview_of(activity: Activity) -> dict[str, Any]:
    """The document that a card would have, made the way a card is made. Nothing is kept of it.

    What waits is laid over the working record for the moment, and taken off again.
    """
    listed = told_as_listed(activity.organisation_id, clock.today())
    public = organisation_record(activity.organisation, _answers(activity, listed))
    waiting = keeping().wanted(activity)
    if not waiting:
        return _document(activity, public, listed)
    with db.session.begin_nested() as moment:
        set_facts(activity, waiting)
        document = _document(activity, public, listed)
        moment.rollback()
    return document


def preview_of_what_was_sent(submission: Submission, activity: Activity) -> dict[str, Any] | None:
    """The document that the card of an activity would have if this submission was approved.

    None for one that was not in it, or was not whole when it was sent.
    """
    public = submission.document["public"]
    found = [one for one in public["activities"] if one["activity_id"] == activity.id]
    if not found:
        return None
    read = {
        "read_on": "",
        "next_due_on": "",
        "criteria": [],
        "reference": "",
        "earlier_references": [],
    }
    card = card_of(public["organisation"], found[0], activity, read, clock.today())
    return card.public_document()


def _document(
    activity: Activity, public: dict[str, Any], listed: Assessment | None
) -> dict[str, Any]:
    edition = edition_of(listed) if listed else current_edition()
    read = {
        "read_on": _iso(listed.decided_on) if listed else "",
        "next_due_on": _iso(listed.listed_until) if listed else "",
        "criteria": [{"number": one.number, "label": one.point} for one in edition.criteria],
        "reference": listed.reference if listed else "",
        "earlier_references": earlier_references(listed) if listed else [],
    }
    card = card_of(public, activity_record(activity), activity, read, clock.today())
    return card.public_document()


def _answers(activity: Activity, listed: Assessment | None) -> Answers:
    if listed is not None:
        return answers_in_force(listed)
    newest = db.session.scalars(
        select(Assessment)
        .where(Assessment.organisation_id == activity.organisation_id)
        .order_by(Assessment.id.desc())
        .limit(1)
    ).first()
    return working_answers(newest) if newest else {}


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""
