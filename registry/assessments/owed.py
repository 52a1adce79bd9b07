"""What a club owes the council by a day, and the rule that holds its listing after that day.

Pure, but for reading the changes that are open. Nothing here waits for the nightly job: a change
whose day has passed holds the listing from that midnight on, whether a hold was written down yet
or not (domain B.4). The clock stands still while a change waits for a reviewer.
"""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from registry import clock
from registry.assessments.models import OPEN_CHANGES, Change
from registry.database import db
from registry.working_days import add_working_days, working_days_between

__all__ = [
    "due_again",
    "hold_of",
    "is_overdue",
    "kept_through",
    "overdue_kinds",
    "owed_changes",
]

LEAD_VACANT, CHANGE_OVERDUE = "lead_vacant", "change_overdue"


def hold_of(change: Change) -> str:
    """The hold that this change brings when its day has passed.

    A question about the lead that another change brought along is one like any other.
    """
    is_lead = change.kind == "lead" and change.because_id is None
    return LEAD_VACANT if is_lead else CHANGE_OVERDUE


def owed_changes(organisation_id: int) -> list[Change]:
    """The open changes that the club owes us by a day, the nearest first.

    What a new risk of one activity brings along is not among them: that activity is hidden until
    it is accepted, and the others stay (domain B.4).
    """
    cause = aliased(Change)
    return list(
        db.session.scalars(
            select(Change)
            .outerjoin(cause, cause.id == Change.because_id)
            .where(
                Change.organisation_id == organisation_id,
                Change.due_on.is_not(None),
                Change.state.in_(OPEN_CHANGES),
                or_(cause.id.is_(None), cause.about != "activity"),
            )
            .order_by(Change.due_on, Change.id)
        )
    )


def is_overdue(change: Change, today: date) -> bool:
    """Whether its day has passed: before it was sent, or without its being sent."""
    if change.due_on is None or not change.is_open:
        return False
    if change.state == "waiting" and change.sent_at is not None:
        return clock.local(change.sent_at).date() > change.due_on
    return today > change.due_on


def due_again(change: Change, today: date) -> date | None:
    """The new day of one that is sent back today: as many working days as were left.

    The clock stood still while the change waited for us; one that came late stays late.
    """
    if change.due_on is None or change.sent_at is None or is_overdue(change, today):
        return change.due_on
    left = working_days_between(clock.local(change.sent_at).date(), change.due_on)
    return add_working_days(today, left)


def overdue_kinds(organisation_id: int, today: date) -> set[str]:
    """The holds that stand today because something was not sent in time."""
    return {hold_of(one) for one in owed_changes(organisation_id) if is_overdue(one, today)}


def kept_through(organisation_id: int) -> date | None:
    """The last day on which a listing can be shown, unless the club sends what it owes us.

    None where no clock runs. Cards carry this day, so the directory drops them by itself.
    """
    running = [
        one.due_on
        for one in owed_changes(organisation_id)
        if one.due_on is not None and one.state != "waiting"
    ]
    return min(running, default=None)
