"""What the verbs share: opening a change, revising it, settling it, and what follows from that."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from registry import clock
from registry.assessments.evaluating import Answers
from registry.assessments.in_force import answers_in_force, hidden_from
from registry.assessments.models import Assessment, Change
from registry.assessments.public_record import activity_record, organisation_record
from registry.assessments.steps import ask
from registry.audit import services as history
from registry.changes import letters
from registry.changes.profiles import brought_questions
from registry.changes.queries import last_settled, open_change, open_changes
from registry.changes.rules import row_of_question
from registry.database import db
from registry.errors import NotAllowedNow, StaleVersion
from registry.organisations.facts import Record
from registry.organisations.models import Activity, Organisation, Venue
from registry.permissions import P

__all__ = [
    "ask_what_it_brings",
    "begin_change",
    "bump",
    "check_version",
    "difference",
    "find_record",
    "hold_still",
    "is_hidden",
    "public_now",
    "record_of",
    "revise",
    "settle",
    "take_effect_at",
]


def begin_change(
    assessment: Assessment,
    actor: Any,
    about: str,
    kind: str,
    *,
    record_id: int = 0,
    question_key: str = "",
    state: str = "waiting",
    because: Change | None = None,
    due_on: date | None = None,
) -> Change:
    """A new change with nothing in it yet."""
    change = Change(
        organisation_id=assessment.organisation_id,
        organisation=assessment.organisation,
        assessment_id=assessment.id,
        assessment=assessment,
        because_id=because.id if because else None,
        about=about,
        kind=kind,
        record_id=record_id,
        question_key=question_key,
        state=state,
        fields={},
        patch={},
        earlier=[],
        version=0,
        told_at=clock.now(),
        told_by_id=getattr(actor, "id", None),
        due_on=due_on,
    )
    db.session.add(change)
    return change


def revise(change: Change, fields: Mapping[str, Any], actor: Any, kind: str) -> None:
    """Make a change say this, and send it to the council. What was read of it before is kept."""
    is_new_to_us = change.state != "waiting" or change.version == 0
    bump(change)
    change.fields, change.kind = dict(fields), kind
    change.state, change.words = "waiting", ""
    change.told_by_id = getattr(actor, "id", None) or change.told_by_id
    if is_new_to_us:
        change.sent_at = clock.now()
    db.session.flush()
    history.record(
        "send_change",
        change,
        actor,
        organisation_id=change.organisation_id,
        details={"fields": sorted(fields), "kind": kind, "version": change.version},
    )
    if is_new_to_us:
        letters.tell_council(change)


def bump(change: Change) -> None:
    """One version more: whoever read the last one has to read this one before deciding."""
    if change.version:
        before = {"version": change.version, "fields": change.fields, "words": change.words}
        change.earlier = [*change.earlier, before]
    change.version += 1
    change.recommended_by_id = None


def settle(
    change: Change, state: str, actor: Any, *, patch: Mapping[str, Any] | None = None
) -> None:
    """End a change, with the keys of the cards that follow from it where it took effect."""
    change.state = state
    change.settled_at = take_effect_at(change.organisation_id)
    change.settled_by_id = getattr(actor, "id", None)
    change.patch = dict(patch or {})
    db.session.flush()


def take_effect_at(organisation_id: int) -> datetime:
    """Now, or the next moment after the last change of this organisation: they keep their order."""
    now, last = clock.now(), last_settled(organisation_id)
    return max(now, last + timedelta(microseconds=1)) if last else now


def hold_still(change: Change) -> None:
    """Hold the change until the transaction ends, and read it as it is now."""
    db.session.flush()
    db.session.refresh(change, with_for_update={"of": Change})


def check_version(change: Change, version: int | None) -> None:
    """A decision names the version that was read. Raises StaleVersion where it is an older one."""
    if version is not None and version != change.version:
        raise StaleVersion("The club has altered this since you opened it. Read it again.")


def may(actor: Any, change: Change) -> None:
    """A member may alter what a page edits; what answers a question is for the owner."""
    ask(actor, P.SEND_CHANGE if change.about == "question" else P.EDIT_ORGANISATION, change)


def find_record(change: Change) -> Record | None:
    """The working record that a change is about; None where it is gone, or has ended."""
    if change.about == "organisation":
        return change.organisation
    found: Venue | Activity | None
    if change.about == "venue":
        found = db.session.get(Venue, change.record_id)
    else:
        found = db.session.get(Activity, change.record_id)
    return None if getattr(found, "state", "") == "ended" else found


def record_of(change: Change) -> Record:
    """The same. Raises NotAllowedNow where it is gone."""
    found = find_record(change)
    if found is None:
        raise NotAllowedNow("What this is about is not there any more.")
    return found


def public_now(
    organisation: Organisation, answers: Answers, record: Record | None = None
) -> dict[str, Any]:
    """What would be public of the working records as they are: all, or what one of them touches."""
    return {
        "organisation": organisation_record(organisation, answers),
        "activities": {
            str(one.id): activity_record(one)
            for one in organisation.activities
            if one.state not in ("draft", "ended") and _is_touched(one, record)
        },
    }


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The keys that are not as they were: the patch of a change. Contacts differ one by one."""
    activities = {}
    for number, record in after["activities"].items():
        keys = _changed(before["activities"].get(number, {}), record)
        if keys:
            activities[number] = keys
    patch = {
        "organisation": _changed(before["organisation"], after["organisation"]),
        "activities": activities,
    }
    return {name: keys for name, keys in patch.items() if keys}


def is_hidden(activity: Activity) -> bool:
    """Whether a new risk that has begun hides this activity today."""
    day = hidden_from(activity.organisation_id).get(activity.id)
    return day is not None and day <= clock.today()


def ask_what_it_brings(
    assessment: Assessment, because: Change | None, actor: Any, due_on: date | None = None
) -> list[Change]:
    """Ask the questions that what waits brings along, and no longer those that nothing brings."""
    brought = brought_questions(assessment, clock.today())
    for change in open_changes(assessment.organisation_id):
        if change.state != "asked" or change.because_id is None or change.record_id:
            continue
        if change.question_key not in brought:
            settle(change, "taken_back", None)
    asked = []
    for key in sorted(brought):
        if open_change(assessment.organisation_id, "question", 0, key) is None and because:
            change = begin_change(
                assessment,
                actor,
                "question",
                row_of_question(key).kind,
                question_key=key,
                state="asked",
                because=because,
                due_on=due_on,
            )
            change.version = 1
            db.session.flush()
            history.record(
                "ask_change",
                change,
                actor,
                organisation_id=change.organisation_id,
                details={"question": key, "because": because.id},
            )
            asked.append(change)
    return asked


def answers_of(assessment: Assessment) -> Answers:
    """The answers in force, for the public numbers among them."""
    return answers_in_force(assessment)


def _is_touched(activity: Activity, record: Record | None) -> bool:
    if isinstance(record, Activity):
        return activity.id == record.id
    return not isinstance(record, Venue) or record in activity.venues


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    keys = {name: value for name, value in after.items() if before.get(name) != value}
    if before and "contact" in keys:
        old = before["contact"]
        keys["contact"] = {n: v for n, v in keys["contact"].items() if old.get(n) != v}
    return keys
