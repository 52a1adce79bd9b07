"""What is in force: what the council read last, with every change that took effect since.

A card is the submission that was approved, and the patches of those changes laid over it in the
order in which they took effect. Nothing else ever adds to one.
"""

import copy
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from registry import clock
from registry.assessments.evaluating import Answers
from registry.assessments.lifecycle import Status
from registry.assessments.models import IN_FORCE, OPEN_CHANGES, Assessment, Change, Submission
from registry.assessments.standing import standing_assessment
from registry.database import db

__all__ = [
    "DATES_OF_RISK_CHECKS",
    "LAPSED_AT_MOST",
    "RISK_CHECKS",
    "answers_in_force",
    "answers_with",
    "approved_submission",
    "changed_assessment",
    "hidden_from",
    "patched",
    "public_record_in_force",
    "took_effect_since",
]

LAPSED_AT_MOST = timedelta(days=90)
RISK_CHECKS, DATES_OF_RISK_CHECKS = "hs_ra_all", "hs_ra_date"
# The risk that hides its activity until the council has accepted it.
FLAG_ON = "flag_on"


def approved_submission(assessment: Assessment) -> Submission | None:
    """The submission that the standing approval was made on."""
    approvals = [d for d in assessment.decisions if d.action == "approve"]
    named = {d.submission_id for d in approvals if d.submission_id}
    matching = [s for s in assessment.submissions if s.id in named]
    return matching[-1] if matching else None


def changed_assessment(organisation_id: int, today: date) -> Assessment | None:
    """The assessment that an edit would change: the one that stands, or that lapsed lately.

    None where nobody at the council has to read an edit: never on the list, or long off it.
    """
    found = standing_assessment(organisation_id) or _lapsed(organisation_id)
    if found is None or approved_submission(found) is None:
        return None
    if found.status == Status.SUSPENDED or found.listed_until is None:
        return found
    return found if today <= found.listed_until + timedelta(days=1) + LAPSED_AT_MOST else None


def took_effect_since(organisation_id: int, submission: Submission) -> list[Change]:
    """The changes that took effect after something was sent, in the order in which they did."""
    return list(
        db.session.scalars(
            select(Change)
            .where(
                Change.organisation_id == organisation_id,
                Change.state.in_(IN_FORCE),
                Change.settled_at >= submission.submitted_at,
            )
            .order_by(Change.settled_at, Change.id)
        )
    )


def answers_in_force(assessment: Assessment) -> Answers:
    """The answers of the approved submission, with those that the council accepted since.

    An answer that was told before the submission was sent is the older word of the club, even
    where the council accepted it later.
    """
    submission = approved_submission(assessment)
    if submission is None:
        return {}
    answers: Answers = copy.deepcopy(submission.document["answers"])
    for change in took_effect_since(assessment.organisation_id, submission):
        if change.about == "question" and (change.sent_at or change.told_at) >= (
            submission.submitted_at
        ):
            answers = answers_with(answers, change)
    return answers


def answers_with(answers: Answers, change: Change) -> Answers:
    """The answers with one change of a question laid over them. Others are left as they are."""
    if change.question_key == RISK_CHECKS and change.record_id:
        return _with_risk_check(answers, change)
    parts = {**answers.get(change.question_key, {}), **change.after}
    said = {name: value for name, value in parts.items() if value not in (None, "", [], {})}
    return {**answers, change.question_key: said}


def public_record_in_force(assessment: Assessment) -> dict[str, Any]:
    """What may be public: the `organisation`, and its `activities` by their numbers."""
    submission = approved_submission(assessment)
    if submission is None:
        return {"organisation": {}, "activities": {}}
    public = submission.document["public"]
    record: dict[str, Any] = {
        "organisation": public["organisation"],
        "activities": {str(one["activity_id"]): one for one in public["activities"]},
    }
    for change in took_effect_since(assessment.organisation_id, submission):
        record = patched(record, change.patch)
    return record


def patched(record: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """A public record with a patch laid over it.

    A patch of an activity that is not public yet is passed over, unless it brings the whole of
    it: that is how a new one comes in.
    """
    activities = dict(record["activities"])
    for number, keys in patch.get("activities", {}).items():
        if number in activities:
            activities[number] = _laid_over(activities[number], keys)
        elif "activity_id" in keys:
            activities[number] = keys
    return {
        "organisation": {**record["organisation"], **patch.get("organisation", {})},
        "activities": activities,
    }


def hidden_from(organisation_id: int) -> dict[int, date]:
    """The activities with a new risk that nobody accepted yet: from which day each is hidden.

    One that has begun is hidden from the day on which it was told.
    """
    rows = db.session.scalars(
        select(Change).where(
            Change.organisation_id == organisation_id,
            Change.about == "activity",
            Change.kind == FLAG_ON,
            Change.state.in_(OPEN_CHANGES),
        )
    )
    return {one.record_id: one.begins_on or clock.local(one.told_at).date() for one in rows}


def _laid_over(record: Mapping[str, Any], keys: Mapping[str, Any]) -> dict[str, Any]:
    """The contacts of an activity change one by one; every other key changes as a whole."""
    contact = {**record.get("contact", {}), **keys.get("contact", {})}
    return {**record, **keys, "contact": contact}


def _with_risk_check(answers: Answers, change: Change) -> Answers:
    """One activity's own risk check: its row, and the day of its paper. No other row is touched."""
    after = change.after
    if "file" not in after:
        return answers
    mapped = [row for row in _rows(answers, RISK_CHECKS) if row["activity_id"] != change.record_id]
    dated = [row for row in _rows(answers, DATES_OF_RISK_CHECKS) if row["file"] != after["file"]]
    return {
        **answers,
        RISK_CHECKS: {
            **answers.get(RISK_CHECKS, {}),
            "rows": [*mapped, {"activity_id": change.record_id, "file": after["file"]}],
        },
        DATES_OF_RISK_CHECKS: {
            **answers.get(DATES_OF_RISK_CHECKS, {}),
            "rows": [*dated, {"file": after["file"], "checked_on": after["checked_on"]}],
        },
    }


def _rows(answers: Answers, key: str) -> Iterator[dict[str, Any]]:
    wanted = "activity_id" if key == RISK_CHECKS else "file"
    yield from (row for row in answers.get(key, {}).get("rows") or () if wanted in row)


def _lapsed(organisation_id: int) -> Assessment | None:
    return db.session.scalar(
        select(Assessment)
        .where(Assessment.organisation_id == organisation_id, Assessment.status == Status.LAPSED)
        .order_by(Assessment.listed_until.desc(), Assessment.id.desc())
        .limit(1)
    )
