"""What becomes of an edit on a page: written at once, or kept until the council has read it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from registry import clock
from registry.assessments.in_force import (
    LAPSED_AT_MOST,
    answers_in_force,
    approved_submission,
    changed_assessment,
    took_effect_since,
)
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment, Change, Submission
from registry.assessments.publish import publish
from registry.audit import services as history
from registry.changes.holds import answered_by, mended_by
from registry.changes.profiles import is_in_force
from registry.changes.queries import open_change, open_changes
from registry.changes.rules import DUE_WITHIN, FLAGS_THAT_HIDE, kind_of, waits
from registry.changes.services.revising import (
    ask_what_it_brings,
    begin_change,
    bump,
    difference,
    is_hidden,
    public_now,
    revise,
    settle,
)
from registry.database import db
from registry.organisations.facts import Record, fact, facts_of, set_facts
from registry.organisations.keeping import Kept
from registry.organisations.models import Activity, Organisation, Venue
from registry.working_days import add_working_days

__all__ = ["added", "approved", "ended", "is_read", "keep", "starts_as", "wanted"]

PICTURE = "picture"
RISK_CHECKS = "hs_ra_all"


def keep(
    record: Record, values: Mapping[str, Any], actor: Any, begins_on: date | None = None
) -> Kept:
    """Write facts of a record, or let them wait, as the table of rules says.

    Everything is written where the organisation is not on the list, and of an activity or a
    place that the council has not accepted yet. Whoever may do this was asked before.
    """
    organisation = _organisation_of(record)
    assessment = changed_assessment(organisation.id, clock.today())
    if assessment is None or not _is_in_force(assessment, record):
        set_facts(record, values)
        if assessment is not None:
            _read_again(record, actor)
        return Kept(written=values)
    about = _about(record)
    live, waiting = _parted(about, record, values)
    if live:
        _write(assessment, record, live, actor)
    _let_wait(assessment, record, about, waiting, set(values), actor, begins_on)
    publish(organisation)
    return Kept(written=live, waiting=waiting)


def wanted(record: Record) -> dict[str, Any]:
    """The facts of a record that wait; none where edits are written at once."""
    found: dict[str, Any] = {}
    if changed_assessment(_organisation_of(record).id, clock.today()) is None:
        return found
    for about in (_about(record), PICTURE):
        change = open_change(_organisation_of(record).id, about, _number(record))
        if change is not None and (about != PICTURE or isinstance(record, Activity)):
            found |= change.after
    return found


def added(activity: Activity, actor: Any) -> None:
    """A new activity of an organisation on the list: its risk check is asked for."""
    assessment = changed_assessment(activity.organisation_id, clock.today())
    if assessment is None:
        return
    change = begin_change(
        assessment,
        actor,
        "question",
        "new_activity",
        record_id=activity.id,
        question_key=RISK_CHECKS,
        state="asked",
    )
    change.version = 1
    db.session.flush()
    history.record(
        "ask_change",
        change,
        actor,
        organisation_id=change.organisation_id,
        details={"question": RISK_CHECKS, "activity": activity.id},
    )


def starts_as(activity: Activity) -> str:
    """The state of an activity with nothing missing: live, or waiting for the council."""
    assessment = changed_assessment(activity.organisation_id, clock.today())
    if assessment is None:
        return "live"
    return "live" if is_in_force(assessment, activity) and not is_hidden(activity) else "waiting"


def is_read(record: Record) -> bool:
    """Whether the council has accepted this record, so that an edit of it is a change."""
    assessment = changed_assessment(_organisation_of(record).id, clock.today())
    return assessment is not None and _is_in_force(assessment, record)


def ended(activity: Activity, actor: Any) -> None:
    """Nothing about an activity that has ended is left to read, nor what it brought along."""
    for change in open_changes(activity.organisation_id):
        if change.record_id == activity.id and change.about in ("activity", "picture", "question"):
            settle(change, "taken_back", actor)
    assessment = changed_assessment(activity.organisation_id, clock.today())
    if assessment is not None:
        ask_what_it_brings(assessment, None, actor)


def approved(assessment: Assessment) -> None:
    """What was edited while the council was reading is a change like any other (domain B.4).

    The working records go back to what was read; then every edit is kept by the same rules.
    """
    submission = approved_submission(assessment)
    if submission is None or "facts" not in submission.document:
        return
    organisation = assessment.organisation
    for owed in answered_by(assessment, submission):
        settle(owed, "taken_back", None)
        mended_by(owed, tells=False)  # the letter of the approval says that the club is listed
    for change in open_changes(organisation.id):
        _move(change, assessment, submission)
    since = took_effect_since(organisation.id, submission)
    later: list[tuple[Record, dict[str, Any]]] = []
    for record in _records_of(organisation):
        read = submission.document["facts"][_about(record)].get(str(_number(record)))
        if read is None:
            _was_added_meanwhile(record)
            continue
        read = _with_changes(read, since, record)
        edited = {
            name: value
            for name, value in facts_of(record).items()
            if name in read or name.startswith("about.")
            if read.get(name) != value
        }
        if edited:
            set_facts(record, {name: read.get(name) for name in edited})
            later.append((record, edited))
    for record, edited in later:
        keep(record, edited, None)
    ask_what_it_brings(assessment, None, None)
    _hide_again(assessment)


def _move(change: Change, assessment: Assessment, submission: Submission) -> None:
    """An open change goes on with the assessment that stands now, unless that says it already, or
    the one that it was about is long over."""
    before = change.assessment
    change.assessment_id, change.assessment = assessment.id, assessment
    if before.id != assessment.id and before.status != Status.SUPERSEDED and _is_long_over(before):
        settle(change, "taken_back", None)
    elif change.kind == "new_activity" and (change.sent_at or change.told_at) < (
        submission.submitted_at
    ):
        read = {one["activity_id"] for one in submission.document["public"]["activities"]}
        if change.record_id in read:
            settle(change, "accepted", None)


def _is_long_over(assessment: Assessment) -> bool:
    last_day = assessment.listed_until
    return last_day is None or clock.today() > last_day + timedelta(days=1) + LAPSED_AT_MOST


def _hide_again(assessment: Assessment) -> None:
    """An approval starts what was read; a new risk that nobody accepted hides it all the same."""
    for activity in assessment.organisation.activities:
        if activity.state in ("live", "waiting"):
            activity.state = starts_as(activity)
    db.session.flush()
    publish(assessment.organisation)


def _parted(
    about: str, record: Record, values: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts that are written at once, and those that wait. What is so already is neither."""
    live: dict[str, Any] = {}
    waiting: dict[str, Any] = {}
    for name, value in values.items():
        now = fact(record, name)
        if now == value:
            continue
        (waiting if waits(about, name, now, value) else live)[name] = value
    return live, waiting


def _write(assessment: Assessment, record: Record, live: Mapping[str, Any], actor: Any) -> Change:
    """Write facts that take effect at once, and keep what follows for the cards."""
    organisation = _organisation_of(record)
    answers = answers_in_force(assessment)
    fields = {name: {"before": fact(record, name), "after": value} for name, value in live.items()}
    before = public_now(organisation, answers, record)
    set_facts(record, live)
    patch = difference(before, public_now(organisation, answers, record))
    about = _about(record)
    change = begin_change(assessment, actor, about, kind_of(about, fields), state="live")
    change.record_id = _number(record)
    change.version, change.fields, change.sent_at = 1, fields, clock.now()
    settle(change, "live", actor, patch=patch)
    history.record(
        "live_change",
        change,
        actor,
        organisation_id=organisation.id,
        details={"fields": sorted(fields), "kind": change.kind},
    )
    return change


def _let_wait(
    assessment: Assessment,
    record: Record,
    about: str,
    waiting: Mapping[str, Any],
    edited: set[str],
    actor: Any,
    begins_on: date | None,
) -> None:
    """Lay facts that wait into the open change of their record; what was edited back leaves it."""
    for part in (about, PICTURE):
        mine = {n: v for n, v in waiting.items() if (n == PICTURE) == (part == PICTURE)}
        change = open_change(assessment.organisation_id, part, _number(record))
        if part == PICTURE and not isinstance(record, Activity):
            continue
        stay = {n: t for n, t in (change.fields if change else {}).items() if n not in edited}
        told = {n: {"before": fact(record, n), "after": v} for n, v in mine.items()}
        fields = {**stay, **told}
        if change is None and not fields:
            continue
        if change is not None and fields == change.fields and change.state == "waiting":
            continue
        hid = change is not None and change.kind == FLAGS_THAT_HIDE
        if not fields:
            assert change is not None
            bump(change)
            settle(change, "taken_back", actor)
        else:
            kind = kind_of(part, fields)
            change = change or begin_change(
                assessment, actor, part, kind, record_id=_number(record)
            )
            if any(name.startswith("about.") for name in mine):
                change.begins_on = begins_on
            revise(change, fields, actor, kind)
        if hid or change.kind == FLAGS_THAT_HIDE:
            _flags_changed(assessment, record, change, actor)


def _flags_changed(assessment: Assessment, record: Any, change: Change, actor: Any) -> None:
    """A new risk hides its activity, and brings its questions; one taken back does neither."""
    due_on = add_working_days(clock.today(), DUE_WITHIN)
    ask_what_it_brings(assessment, change if change.is_open else None, actor, due_on)
    if record.state in ("live", "waiting"):
        record.state = starts_as(record)
        db.session.flush()


def _read_again(record: Record, actor: Any) -> None:
    """What is not accepted yet is edited freely; but nobody accepts what they did not read."""
    for change in open_changes(_organisation_of(record).id):
        if change.state != "waiting" or not _shows(change, record):
            continue
        fields = dict(change.fields)
        if change.kind == "new_activity":
            activity = db.session.get_one(Activity, change.record_id)
            fields["record"] = {"before": None, "after": facts_of(activity)}
        bump(change)
        change.fields = fields
        history.record(
            "send_change",
            change,
            actor,
            organisation_id=change.organisation_id,
            details={"version": change.version},
        )


def _shows(change: Change, record: Record) -> bool:
    """Whether whoever read this change read that record too."""
    if isinstance(record, Activity):
        return change.kind == "new_activity" and change.record_id == record.id
    if not isinstance(record, Venue):
        return False
    if change.kind == "new_activity":
        activity = db.session.get(Activity, change.record_id)
        return activity is not None and record in activity.venues
    return record.id in (change.after.get("venues") or ())


def _was_added_meanwhile(record: Record) -> None:
    """An activity that nobody has read is asked for its risk check, and waits."""
    if isinstance(record, Activity):
        is_asked = open_change(record.organisation_id, "question", record.id, RISK_CHECKS)
        if is_asked is None:
            added(record, None)
        if record.state == "live":
            record.state = "waiting"
            db.session.flush()


def _with_changes(read: Mapping[str, Any], since: list[Change], record: Record) -> dict[str, Any]:
    """The facts that were read, with those of the changes that took effect meanwhile."""
    facts = dict(read)
    for change in since:
        mine = change.about == _about(record) or (
            change.about == PICTURE and isinstance(record, Activity)
        )
        if mine and change.record_id == _number(record):
            facts |= change.after
    return facts


def _is_in_force(assessment: Assessment, record: Record) -> bool:
    if isinstance(record, Activity):
        return is_in_force(assessment, record)
    if isinstance(record, Venue):
        return any(
            record in one.venues and is_in_force(assessment, one)
            for one in record.organisation.activities
            if one.state != "ended"
        )
    return True


def _records_of(organisation: Organisation) -> list[Record]:
    running = [one for one in organisation.activities if one.state != "ended"]
    return [organisation, *organisation.venues, *running]


def _organisation_of(record: Record) -> Organisation:
    return record if isinstance(record, Organisation) else record.organisation


def _about(record: Record) -> str:
    return record.__tablename__


def _number(record: Record) -> int:
    return 0 if isinstance(record, Organisation) else record.id
