"""The two holds that a rule sets: written down by the clock, ended when the change is accepted.

From midnight after its day a change that was not sent holds the listing, whether or not this ran
(registry.assessments.owed). What is done here is to write the hold down, and to tell the club.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from registry import clock
from registry.assessments import letters
from registry.assessments.evaluating import edition_of
from registry.assessments.in_force import answers_in_force
from registry.assessments.lifecycle import Status
from registry.assessments.models import OPEN_CHANGES, Assessment, Change, Hold, Submission
from registry.assessments.owed import hold_of, is_overdue, overdue_kinds, owed_changes
from registry.assessments.publish import publish
from registry.assessments.standing import standing_assessment, told_as_listed, told_written_holds
from registry.audit import services as history
from registry.database import db
from registry.organisations.models import Organisation
from registry.web.formats import long_date

__all__ = ["answered_by", "hold_still", "mended_by", "set_overdue", "with_overdue_changes"]


def with_overdue_changes(today: date) -> list[int]:
    """The organisations whose day for something has passed, and nobody wrote that down yet."""
    due = db.session.scalars(
        select(Change)
        .where(Change.due_on < today, Change.state.in_(OPEN_CHANGES))
        .order_by(Change.organisation_id, Change.id)
    )
    found = {one.organisation_id for one in due if is_overdue(one, today)}
    return sorted(number for number in found if _not_written(number, today))


def set_overdue(organisation: Organisation) -> None:
    """Write down the holds whose day has passed, and tell the club what to do."""
    today = clock.today()
    hold_still(organisation)
    kinds = _not_written(organisation.id, today)
    for change in owed_changes(organisation.id):
        kind = hold_of(change)
        if kind in kinds and is_overdue(change, today):
            kinds.remove(kind)
            _write(change, kind, tells=_would_be_listed(organisation.id, today))
    publish(organisation)


def hold_still(organisation: Organisation) -> None:
    """Hold the organisation until the transaction ends: two nights at once are one."""
    db.session.flush()
    db.session.refresh(organisation, with_for_update={"of": Organisation})


def answered_by(assessment: Assessment, submission: Submission) -> list[Change]:
    """What the club still owed us, and has answered anew in the self-check that is approved now."""
    return [
        one
        for one in owed_changes(assessment.organisation_id)
        if one.state != "waiting"
        and one.told_at <= submission.submitted_at
        and _is_new(one, submission.document["answers"].get(one.question_key))
    ]


def mended_by(change: Change, *, tells: bool = True) -> None:
    """End the hold that this accepted change mends, unless something else is owed as well.

    Called in the transaction of the acceptance, when the change has its new state. `tells` is
    for the club to be told here that it is back.
    """
    organisation, today = change.organisation, clock.today()
    db.session.flush()
    kind, still = hold_of(change), overdue_kinds(organisation.id, today)
    if kind in still:
        return
    written = [hold for hold in told_written_holds(organisation.id) if hold.kind == kind]
    for hold in written:
        hold.until = clock.now()
    db.session.flush()
    publish(organisation)
    for hold in written:
        entry = history.record(
            "end_hold", hold, None, organisation_id=organisation.id, details=_details(hold, change)
        )
        listed = told_as_listed(organisation.id, today)
        if listed is not None and tells:
            letters.send("club/back", listed, entry, {})


def _is_new(change: Change, answer: Mapping[str, Any] | None) -> bool:
    before = answers_in_force(change.assessment).get(change.question_key)
    return bool(answer) and answer != before


def _write(change: Change, kind: str, *, tells: bool) -> None:
    hold = Hold(
        organisation_id=change.organisation_id,
        kind=kind,
        takes_listing_off=True,
        since=clock.now(),
    )
    db.session.add(hold)
    db.session.flush()
    entry = history.record(
        "hold", hold, None, organisation_id=change.organisation_id, details=_details(hold, change)
    )
    if tells:
        letters.send("club/off-the-list", change.assessment, entry, _what_was_owed(change, kind))


def _details(hold: Hold, change: Change) -> dict[str, str | int]:
    return {"kind": hold.kind, "change": change.id}


def _what_was_owed(change: Change, kind: str) -> dict[str, str]:
    edition, key = edition_of(change.assessment), change.question_key
    short = next((one.short for one in edition.questions if one.key == key), "")
    return {
        "kind": kind,
        "told_on": long_date(clock.local(change.told_at).date()),
        "due_on": long_date(change.due_on),
        "what": short,
        "change_link": f"{letters.desk_link(change.organisation)}/changes/{change.id}",
    }


def _not_written(organisation_id: int, today: date) -> set[str]:
    """The kinds of hold that stand by their day alone."""
    written = {hold.kind for hold in told_written_holds(organisation_id)}
    return overdue_kinds(organisation_id, today) - written


def _would_be_listed(organisation_id: int, today: date) -> bool:
    """Whether the club would be listed but for this: only then is it told that it came off.

    As far as it may know: a quiet hold changes none of its emails (domain B.5)."""
    standing = standing_assessment(organisation_id)
    if standing is None or standing.status != Status.APPROVED or standing.listed_until is None:
        return False
    held = any(hold.takes_listing_off for hold in told_written_holds(organisation_id))
    return standing.listed_until >= today and not held
