"""Putting an organisation's cards in the directory, or taking them out.

A card is made from the submission that was approved and from nothing else; its last day is the
earliest of the organisation's, of its own risk check's, and of the activity's.
"""

from datetime import date
from typing import Any

from registry import clock
from registry.assessments.evaluating import edition_of
from registry.assessments.models import Assessment, Submission
from registry.assessments.standing import listed_assessment
from registry.config import settings
from registry.criteria.evaluation import risk_check_ok_until
from registry.directory.cards import CardRecord
from registry.directory.services import replace_cards
from registry.organisations.models import Activity, Organisation
from registry.organisations.places import narrowed


def publish(organisation: Organisation) -> None:
    """Make the directory say exactly what stands today, and raise the register's version."""
    assessment = listed_assessment(organisation.id, clock.today())
    replace_cards(organisation.id, cards_of(assessment) if assessment else [])


def cards_of(assessment: Assessment) -> list[CardRecord]:
    """The cards of a listed organisation, one for each activity that is live and risk-checked."""
    submission = approved_submission(assessment)
    if submission is None:
        return []
    live = {a.id: a for a in assessment.organisation.activities if a.state == "live"}
    found = []
    for record in submission.document["public"]["activities"]:
        activity = live.get(record["activity_id"])
        last_day = _last_day(assessment, submission, activity) if activity else None
        if activity and last_day and last_day >= clock.today():
            found.append(_card(assessment, submission, record, activity, last_day))
    return found


def approved_submission(assessment: Assessment) -> Submission | None:
    """The submission that the standing approval was made on."""
    approvals = [d for d in assessment.decisions if d.action == "approve"]
    named = {d.submission_id for d in approvals if d.submission_id}
    matching = [s for s in assessment.submissions if s.id in named]
    return matching[-1] if matching else None


def _last_day(assessment: Assessment, submission: Submission, activity: Activity) -> date | None:
    checked = risk_check_ok_until(submission.document["answers"], activity.id)
    if checked is None or assessment.listed_until is None:
        return None
    days = [assessment.listed_until, checked]
    return min([*days, activity.last_on] if activity.last_on else days)


def _card(
    assessment: Assessment,
    submission: Submission,
    record: dict[str, Any],
    activity: Activity,
    last_day: date,
) -> CardRecord:
    """One card. What a club has since made more private is left out at once."""
    organisation = _organisation(submission, activity.organisation)
    record = _without_withdrawn(record, activity)
    record["venue"] = _narrowed_venue(record, submission, activity)
    document = {
        **{key: value for key, value in record.items() if key != "activity_id"},
        "organisation": organisation,
        "read_on": assessment.decided_on.isoformat() if assessment.decided_on else "",
        "next_due_on": assessment.listed_until.isoformat() if assessment.listed_until else "",
        "criteria": [
            {"number": c.number, "label": c.point} for c in edition_of(assessment).criteria
        ],
        "reference": assessment.reference,
    }
    venue = record["venue"]
    return CardRecord(
        activity_id=activity.id,
        organisation_id=assessment.organisation_id,
        slug=record["slug"],
        organisation_slug=organisation["slug"],
        name=record["name"],
        listed_until=last_day,
        latitude=venue["latitude"],
        longitude=venue["longitude"],
        min_months=record["ages"]["min_months"],
        max_months=record["ages"]["max_months"],
        price_pence=_price(record["cost"]),
        categories=tuple(c["code"] for c in record["categories"]),
        days=tuple(sorted({s["day"] for s in record["sessions"]})),
        document=document,
    )


def _price(cost: dict[str, Any]) -> int | None:
    """What one session costs, where that is known."""
    if cost["kind"] in ("free", "haf", "donation"):
        return 0
    return int(cost["pence"]) if cost["kind"] == "session" else None


def _organisation(submission: Submission, organisation: Organisation) -> dict[str, Any]:
    """What was public of the organisation, less a website that is no longer ticked."""
    public: dict[str, Any] = submission.document["public"]["organisation"]
    return public if organisation.website_is_public else {**public, "website": ""}


def _narrowed_venue(
    record: dict[str, Any], submission: Submission, activity: Activity
) -> dict[str, Any]:
    """The place as the council read it, less what its club hides now."""
    read = {
        place["venue_id"]
        for place in submission.document["places"]
        if place["activity_id"] == activity.id
    }
    venues = [v for v in activity.organisation.venues if v.id in read or v.id == activity.venue_id]
    return narrowed(record["venue"], {v.privacy for v in venues}, settings().place_name)


def _without_withdrawn(record: dict[str, Any], activity: Activity) -> dict[str, Any]:
    """The record less every contact that is no longer ticked as public.

    Nothing new ever gets in this way: it only takes out.
    """
    organisation = activity.organisation
    ticks = {
        "phone": organisation.phone_is_public,
        "email": organisation.email_is_public,
        "website": organisation.website_is_public,
    }
    contact = {k: (v if ticks.get(k) else "") for k, v in record["contact"].items()}
    return {**record, "contact": contact}
