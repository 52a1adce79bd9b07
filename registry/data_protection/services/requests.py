"""What people ask about their data: written down with its day, answered in time."""

from datetime import date, timedelta
from typing import Any

from registry import clock
from registry.accounts.queries import account_by_email
from registry.assessments.steps import ask
from registry.audit import services as history
from registry.criteria.dates import add_months
from registry.data_protection.models import REQUEST_KINDS, DataRequest
from registry.database import db
from registry.errors import BadInput, StaleVersion
from registry.permissions import P

__all__ = ["due_on", "open_request", "settle_request", "was_packed"]

# A complaint is acknowledged within 30 days; everything else is answered within one month.
TO_ACKNOWLEDGE = timedelta(days=30)


def due_on(kind: str, received_on: date) -> date:
    """The last day to answer, or, of a complaint, to say that we have it."""
    if kind == "complaint":
        return received_on + TO_ACKNOWLEDGE
    return add_months(received_on, 1)


def open_request(
    actor: Any, *, kind: str, name: str, reach: str, words: str, received_on: date
) -> DataRequest:
    """Write down what somebody asks, with the day on which it came."""
    ask(actor, P.ANSWER_DATA_REQUEST, None)
    if kind not in REQUEST_KINDS:
        raise BadInput("Choose what they ask for.")
    if received_on > clock.today():
        raise BadInput("The day on which it came must be today or before.")
    account = account_by_email(reach) if "@" in reach else None
    asked = DataRequest(
        kind=kind,
        name=name.strip(),
        reach=reach.strip(),
        words=words.strip(),
        account_id=account.id if account else None,
        received_on=received_on,
        due_on=due_on(kind, received_on),
        entered_by_id=actor.id,
        entered_at=clock.now(),
    )
    db.session.add(asked)
    db.session.flush()
    history.record("data_request", asked, actor, details={"kind": kind})
    return asked


def settle_request(
    asked: DataRequest,
    actor: Any,
    *,
    version: int,
    acknowledged_on: date | None,
    settled_on: date | None,
    outcome: str,
) -> None:
    """Write down when it was acknowledged and answered, and how it ended."""
    ask(actor, P.ANSWER_DATA_REQUEST, None)
    if asked.version != version:
        raise StaleVersion("Somebody changed this while you had it open. Look at it again.")
    for day in (acknowledged_on, settled_on):
        if day is not None and not asked.received_on <= day <= clock.today():
            raise BadInput("A day must lie between the day on which it came and today.")
    if settled_on is not None and not outcome.strip():
        raise BadInput("Write how it ended.")
    asked.acknowledged_on, asked.settled_on = acknowledged_on, settled_on
    asked.outcome, asked.version = outcome.strip(), asked.version + 1
    history.record(
        "data_request_answered",
        asked,
        actor,
        details={
            "acknowledged_on": str(acknowledged_on or ""),
            "settled_on": str(settled_on or ""),
        },
    )


def was_packed(asked: DataRequest, actor: Any) -> None:
    """Say that a pack is made, in a transaction of its own, before it is."""
    ask(actor, P.ANSWER_DATA_REQUEST, None)
    history.record_taken_copy(("data_request", asked.id), actor)
