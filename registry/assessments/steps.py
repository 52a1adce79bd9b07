"""The one function that takes a step of the lifecycle, in the caller's transaction.

Table → permission → status → history → messages → cards. Nothing else assigns a status.
"""

from collections.abc import Mapping
from typing import Any

from registry import clock
from registry.assessments import letters
from registry.assessments.lifecycle import WITHOUT_A_PERSON, Action, Status, Step, find
from registry.assessments.models import Assessment
from registry.assessments.publish import publish
from registry.audit import services as history
from registry.audit.models import Entry
from registry.database import db
from registry.errors import NotAllowedNow, NotYours
from registry.permissions import P, can

# Lists that belong to it are read again where somebody asks for them, and not before.
_READ_AT_ONCE = (*Assessment.__table__.columns.keys(), "organisation")


def lock(assessment: Assessment) -> None:
    """Hold the assessment until the transaction ends, and read it as it is now."""
    db.session.flush()
    db.session.expire(assessment)
    db.session.refresh(assessment, _READ_AT_ONCE, with_for_update={"of": Assessment})


def prepare(assessment: Assessment, action: Action, actor: Any) -> None:
    """Before anything is changed: hold the record, and refuse a step that cannot be taken.

    Raises NotAllowedNow where the table has no such row from here, NotYours for a stranger to it.
    """
    lock(assessment)
    _check_who(find(assessment.status, action), actor, assessment)


def ask(actor: Any, permission: P, record: Any) -> None:
    """Ask for a permission again where the act is done. Raises NotYours."""
    if not can(actor, permission, record):
        raise NotYours()


def take_step(
    assessment: Assessment,
    action: Action,
    actor: Any,
    *,
    to: Status | None = None,
    details: Mapping[str, Any] | None = None,
    words: Mapping[str, str] | None = None,
) -> Entry:
    """Take one step. `actor` None is the clock or another step.

    `to` is needed where the row has two ends. `details` go into the history (ids, states and
    digests only); `words` into the messages. Raises NotAllowedNow where the table has no such
    row from here, and NotYours where the person may not.
    """
    step = find(assessment.status, action)
    _check_who(step, actor, assessment)
    before, after = assessment.status, _end_of(step, to)
    assessment.status = after
    assessment.status_since = clock.now()
    assessment.version = (assessment.version or 0) + 1
    db.session.add(assessment)
    db.session.flush()
    entry = history.record(
        action,
        assessment,
        actor,
        organisation_id=assessment.organisation_id,
        details={"from": str(before), "to": str(after), **(details or {})},
    )
    for template in step.tells:
        letters.send(template, assessment, entry, words or {})
    publish(assessment.organisation)
    return entry


def _check_who(step: Step, actor: Any, assessment: Assessment) -> None:
    """A person's row needs that person. Nobody's name stands on the clock's rows, nor where
    another step brings one along (a revocation closes the attempt that is open)."""
    if actor is None:
        if step.action not in WITHOUT_A_PERSON:
            raise NotYours()
    elif step.by is None:
        raise NotYours()
    else:
        ask(actor, step.by, assessment)


def _end_of(step: Step, to: Status | None) -> Status:
    if to is None and len(step.ends) == 1:
        return next(iter(step.ends))
    if to not in step.ends:
        raise NotAllowedNow()
    return to
