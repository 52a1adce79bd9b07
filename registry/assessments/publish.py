"""Putting an organisation's cards in the directory, or taking them out.

A card is made from the submission that was approved, with the changes that took effect since, and
from nothing else; its last day is the earliest of the organisation's, of its own risk check's, of
the activity's, and of what the club owes the council. One with a new risk that nobody accepted yet
has no card from the day it begins.
"""

from datetime import date, timedelta
from typing import Any

from registry import clock
from registry.assessments.evaluating import edition_of
from registry.assessments.in_force import (
    answers_in_force,
    approved_submission,
    hidden_from,
    public_record_in_force,
)
from registry.assessments.labels import with_words_of_now
from registry.assessments.models import Assessment
from registry.assessments.owed import kept_through
from registry.assessments.standing import earlier_references, listed_and_told
from registry.cards.record import CardRecord
from registry.cards.services import replace_cards, withhold_cards
from registry.config import settings
from registry.criteria.evaluation import risk_check_ok_until
from registry.organisations.models import Activity, Organisation
from registry.organisations.places import narrowed
from registry.timetable.council_terms import school_calendar
from registry.timetable.recurrence import Recurrence, last_date

__all__ = ["approved_submission", "cards_of", "publish"]


def publish(organisation: Organisation) -> None:
    """Make the directory say exactly what stands today, and raise the register's version.

    What a quiet hold takes off is kept aside for those who may not know of it (domain B.5).
    """
    today = clock.today()
    listed, told = listed_and_told(organisation.id, today)
    cards = cards_of(told) if told else []
    replace_cards(organisation.id, cards if listed else [])
    withhold_cards(organisation.id, [] if listed else cards)


def cards_of(assessment: Assessment) -> list[CardRecord]:
    """The cards of a listed organisation, one for each activity that is live and risk-checked."""
    record = public_record_in_force(assessment)
    answers, hidden = answers_in_force(assessment), hidden_from(assessment.organisation_id)
    owed = kept_through(assessment.organisation_id)
    live = {a.id: a for a in assessment.organisation.activities if a.state == "live"}
    found = []
    for public in record["activities"].values():
        activity = live.get(public["activity_id"])
        if activity is None:
            continue
        days = [
            assessment.listed_until,
            risk_check_ok_until(answers, activity.id),
            owed,
            *_own_last_days(public, activity, hidden.get(activity.id)),
        ]
        last_day = None if None in days[:2] else min(day for day in days if day)
        if last_day and last_day >= clock.today():
            found.append(_card(assessment, record["organisation"], public, activity, last_day))
    return found


def _own_last_days(
    public: dict[str, Any], activity: Activity, hidden_on: date | None
) -> tuple[date | None, ...]:
    """When the activity itself ends: as its club says, by its dates, or before a new risk."""
    dates = [Recurrence.from_record(one) for one in public["sessions"]]
    before = hidden_on - timedelta(days=1) if hidden_on else None
    return activity.last_on, last_date(dates, school_calendar()), before


def _card(
    assessment: Assessment,
    public: dict[str, Any],
    record: dict[str, Any],
    activity: Activity,
    last_day: date,
) -> CardRecord:
    read = {
        "read_on": assessment.decided_on.isoformat() if assessment.decided_on else "",
        "next_due_on": assessment.listed_until.isoformat() if assessment.listed_until else "",
        "criteria": [
            {"number": c.number, "label": c.point} for c in edition_of(assessment).criteria
        ],
        "reference": assessment.reference,
        "earlier_references": earlier_references(assessment),
    }
    return card_of(public, record, activity, read, last_day)


def card_of(
    public: dict[str, Any],
    record: dict[str, Any],
    activity: Activity,
    read: dict[str, Any],
    last_day: date,
) -> CardRecord:
    """One card. What a club has since made more private is left out at once.

    `read` is what the council did: when it read, until when that holds, and the points.
    """
    organisation = _organisation(public, activity.organisation)
    record = _without_withdrawn(record, activity)
    record |= _narrowed_places(record, activity)
    document = {
        **{key: value for key, value in record.items() if key != "activity_id"},
        "organisation": organisation,
        **read,
    }
    return CardRecord(
        activity_id=activity.id,
        organisation_id=activity.organisation_id,
        slug=record["slug"],
        organisation_slug=organisation["slug"],
        name=record["name"],
        listed_until=last_day,
        min_months=record["ages"]["min_months"],
        max_months=record["ages"]["max_months"],
        price_pence=_price(record["cost"]),
        categories=tuple(c["code"] for c in record["categories"]),
        days=_days(record["sessions"]),
        document=with_words_of_now(document),
    )


def _over_on(sessions: list[dict[str, Any]]) -> date | None:
    """The last of its dates, where they all come to an end: courses and listed dates alone."""
    return last_date(map(Recurrence.from_record, sessions), school_calendar())


def _days(sessions: list[dict[str, Any]]) -> tuple[int, ...]:
    """The days of the week on which it happens as a rule, whatever the pattern."""
    calendar = school_calendar()
    found = (Recurrence.from_record(one).weekdays(calendar) for one in sessions)
    return tuple(sorted({day for days in found for day in days}))


def _price(cost: dict[str, Any]) -> int | None:
    """What one session costs, where that is known."""
    if cost["kind"] in ("free", "haf", "donation"):
        return 0
    return int(cost["pence"]) if cost["kind"] == "session" else None


def _organisation(public: dict[str, Any], organisation: Organisation) -> dict[str, Any]:
    """What was public of the organisation, less a website that is no longer ticked."""
    return public if organisation.website_is_public else {**public, "website": ""}


def _narrowed_places(record: dict[str, Any], activity: Activity) -> dict[str, Any]:
    """The places as the council read them, less what their club hides now."""
    main, *others = (_narrowed(place, activity) for place in [record["venue"], *record["also_at"]])
    return {"venue": main, "also_at": others}


def _narrowed(place: dict[str, Any], activity: Activity) -> dict[str, Any]:
    """One place, less what is hidden now: of itself, and of where it has moved since."""
    number = place["venue_id"]
    public = {key: value for key, value in place.items() if key != "venue_id"}
    known = {venue.id: venue.privacy for venue in activity.organisation.venues}
    privacies = {known[number]} if number in known else set()
    if number not in {venue.id for venue in activity.venues}:
        privacies |= {venue.privacy for venue in activity.venues}
    return narrowed(public, privacies, settings().place_name)


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
    return {**record, "contact": contact, "picture": _kept_picture(record, activity)}


def _kept_picture(record: dict[str, Any], activity: Activity) -> dict[str, Any] | None:
    """The picture that was read, unless its club took it away or has another one now."""
    picture: dict[str, Any] | None = record["picture"]
    return picture if picture and picture == activity.picture else None
