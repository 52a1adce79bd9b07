"""Reminding the owners of what runs out: one email a day at most, with all that is due in it."""

from datetime import date, timedelta

from sqlalchemy import select

from registry import clock
from registry.assessments import letters
from registry.assessments.dated_things import (
    LISTED,
    DatedThing,
    contact_check,
    dated_things,
)
from registry.assessments.evaluating import edition_of
from registry.assessments.in_force import answers_in_force, approved_submission
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment, Reminder
from registry.assessments.reminders import LADDER, LAPSE_NOTICE, STANDS_FOR, Due, Told, due_today
from registry.assessments.standing import latest_assessment, open_assessment
from registry.assessments.steps import lock
from registry.criteria.evaluation import applies
from registry.criteria.profile import Profile
from registry.database import db

__all__ = ["dated_things_of", "due_reminders", "lapse_was_told", "remind", "reminded_since"]

WITH_US = (Status.SUBMITTED, Status.IN_REVIEW, Status.RECOMMENDED)


def reminded_since(today: date) -> date:
    """Listings that ended before this day are reminded of nothing any more."""
    return today - timedelta(days=LADDER[-1]) - STANDS_FOR


def remind(assessment: Assessment) -> bool:
    """Send what is due today, and write down that it was told. Answers whether anything was.

    Where nobody is left to write to nothing is told, and nothing is written down.
    """
    lock(assessment)  # two nights at once are one
    due = due_reminders(assessment, clock.today())
    if not due:
        return False
    if renewal_is_with_us(assessment):
        told = letters.still_reading(assessment)
    else:
        told = letters.remind(assessment, [one.thing for one in due])
    if told:
        for one in due:
            _write_down(assessment, one.thing.key, one.thing.on, one.rung)
    return told


def lapse_was_told(assessment: Assessment) -> None:
    """Write down that the notice of a lapse went out: it is the reminder of the day after."""
    assert assessment.listed_until is not None
    _write_down(assessment, LISTED, assessment.listed_until, LAPSE_NOTICE)


def due_reminders(assessment: Assessment, today: date) -> list[Due]:
    """What the owners have to be reminded of today."""
    if not _may_be_reminded(assessment):
        return []
    rows = db.session.scalars(
        select(Reminder).where(Reminder.organisation_id == assessment.organisation_id)
    )
    told = [Told(row.key, row.ends_on, row.rung, row.sent_on) for row in rows]
    return due_today(
        _told_of(assessment), told, today, renewal_is_with_us=renewal_is_with_us(assessment)
    )


def dated_things_of(assessment: Assessment) -> list[DatedThing]:
    """Every dated thing of a listed club, from the answers that are in force."""
    submission = approved_submission(assessment)
    if submission is None or assessment.listed_until is None:
        return []
    answers = answers_in_force(assessment)
    profile = Profile.from_answers(answers, submission.document["activities"])
    asked = {one.key for one in edition_of(assessment).questions if applies(one, profile)}
    live = {one.id: one.name for one in assessment.organisation.activities if one.state == "live"}
    return dated_things(answers, asked, live, assessment.listed_until, assessment.decided_on)


def renewal_is_with_us(assessment: Assessment) -> bool:
    """Whether a renewal was sent and waits for the council."""
    renewal = open_assessment(assessment.organisation_id)
    return renewal is not None and renewal.status in WITH_US


def _may_be_reminded(assessment: Assessment) -> bool:
    """Listed, or the latest that lapsed; never of an organisation that has left."""
    if assessment.organisation.closed_at is not None or assessment.listed_until is None:
        return False
    if assessment.status == Status.APPROVED:
        return True
    latest = latest_assessment(assessment.organisation_id)
    came_back = latest is not None and latest.id > assessment.id and latest.decided_on is not None
    return assessment.status == Status.LAPSED and not came_back


def _told_of(assessment: Assessment) -> list[DatedThing]:
    """A club that came off is reminded of its listing alone; the rest begins again with it."""
    found = dated_things_of(assessment)
    if assessment.status != Status.APPROVED:
        return [one for one in found if one.key == LISTED]
    organisation = assessment.organisation
    since = organisation.contact_confirmed_on or assessment.decided_on
    if organisation.has_public_contact and since is not None:
        found.append(contact_check(since))
    return found


def _write_down(assessment: Assessment, key: str, ends_on: date, rung: int) -> None:
    db.session.add(
        Reminder(
            organisation_id=assessment.organisation_id,
            key=key,
            ends_on=ends_on,
            rung=rung,
            sent_on=clock.today(),
        )
    )
    db.session.flush()
