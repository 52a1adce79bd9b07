"""Freezing what a club sends: one document that is never changed afterwards.

The reviewer reads it, decisions name it, and cards are built from it. So nothing becomes public
that was not in front of the reviewer, whatever the club changes meanwhile.
"""

from typing import Any

from registry.assessments.evaluating import working_answers
from registry.assessments.models import Assessment, Evidence
from registry.assessments.public_record import activity_record, organisation_record
from registry.organisations.facts import facts_of
from registry.organisations.models import Activity, Organisation, Venue
from registry.organisations.services import activity_profile


def frozen_document(assessment: Assessment) -> dict[str, Any]:
    """Everything that is sent, as plain JSON."""
    organisation = assessment.organisation
    answers = working_answers(assessment)
    activities = [a for a in organisation.activities if a.state != "ended"]
    return {
        "edition": assessment.edition,
        "answers": answers,
        "evidence": [_evidence(one) for one in assessment.evidence],
        "activities": [activity_profile(a) for a in activities],
        "organisation": {
            "name": organisation.name,
            "description": organisation.description,
            "website": organisation.website,
            "phone": organisation.phone,
            "email": organisation.email,
            "version": organisation.version,
        },
        **_entered_for_the_club(assessment),
        "places": [place for a in activities for place in _places(a)],
        "facts": _facts(organisation),
        "public": {
            "organisation": organisation_record(organisation, answers),
            # A draft still has gaps: it can be listed once it is whole and was read.
            "activities": [activity_record(a) for a in activities if a.state != "draft"],
        },
    }


def _entered_for_the_club(assessment: Assessment) -> dict[str, Any]:
    """That people of the council entered it, from the paper that the club signed."""
    waiting = next((one for one in assessment.assisted_entries if one.is_open), None)
    if waiting is None:
        return {}
    return {
        "entered_by_staff": {
            "how": waiting.how,
            "signed_on": waiting.signed_on.isoformat(),
            "declaration": waiting.declaration_id,
            "by": list(waiting.entered_by_ids),
        }
    }


def _facts(organisation: Organisation) -> dict[str, Any]:
    """Every fact of the working records: what is altered afterwards is told by these."""
    running = [one for one in organisation.activities if one.state != "ended"]
    return {
        "organisation": {"0": facts_of(organisation)},
        "venue": {str(one.id): facts_of(one) for one in organisation.venues},
        "activity": {str(one.id): facts_of(one) for one in running},
    }


def _evidence(one: Evidence) -> dict[str, Any]:
    return {
        "id": one.id,
        "question_key": one.question_key,
        "file_id": one.file_id,
        "page": one.page,
        "risks": list(one.risks or []),
        "name": one.file.name,
        "kind": one.file.kind,
        "size": one.file.size,
        "pages": one.file.pages,
        "sha256": one.file.sha256,
    }


def _places(activity: Activity) -> list[dict[str, Any]]:
    """The real places of an activity: for the reviewer only, never for a card."""
    found: list[Venue | None] = [*activity.venues] if activity.place_kind == "venues" else []
    return [_place(activity, venue) for venue in found or [None]]


def _place(activity: Activity, venue: Venue | None) -> dict[str, Any]:
    return {
        "activity_id": activity.id,
        "activity": activity.name,
        "kind": activity.place_kind,
        "area": activity.place_area,
        "venue_id": venue.id if venue else None,
        "name": venue.name if venue else "",
        "address": venue.address if venue else "",
        "postcode": venue.postcode if venue else "",
        "privacy": venue.privacy if venue else "",
        "ward": venue.ward_name if venue else "",
    }
