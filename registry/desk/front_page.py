"""What the club's front page knows: the facts behind `desk`, read from where each is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from registry import clock
from registry.assessments.evaluating import edition_of
from registry.assessments.lifecycle import Action, Status
from registry.assessments.models import Assessment, Change, Decision, Hold
from registry.assessments.progress import Progress
from registry.assessments.promises import CHANGE_WITHIN, DECIDE_WITHIN, answer_by
from registry.assessments.queries import public_activities, returned_words
from registry.assessments.services.after import DAYS_TO_MEND, reply_until, why_not_extend
from registry.assessments.services.remind import dated_things_of
from registry.assessments.services.submit import what_is_missing
from registry.changes.queries import open_changes, settled_changes
from registry.changes.wording import title_of
from registry.criteria.content import Edition
from registry.desk.todo import ActivityLine, Attempt, Desk, Told
from registry.matching.queries import strong_matches
from registry.organisations.models import Organisation
from registry.organisations.services import activity_gaps
from registry.people.queries import lead_of, open_hand_over, open_invitations
from registry.web.formats import plural
from registry.working_days import add_working_days

__all__ = [
    "Improvement",
    "Said",
    "desk_of",
    "people_awaited",
    "said_by_the_council",
]

RECENTLY = timedelta(days=60)
RISK_QUESTIONS = ("hs_ra_all", "hs_ra_date", "hs_special")


@dataclass(frozen=True)
class Improvement:
    """Something to work on, which keeps nobody off the list."""

    key: str
    short: str
    words: str


@dataclass(frozen=True)
class Said:
    """What the council said last."""

    decided_on: date | None = None
    is_yes: bool = False
    improvements: Sequence[Improvement] = ()
    settled: Sequence[tuple[str, date]] = ()


def desk_of(
    organisation: Organisation,
    *,
    open_one: Assessment | None,
    standing: Assessment | None,
    latest: Assessment | None,
    holds: Sequence[Hold],
    may: Mapping[str, bool],
    today: date,
) -> Desk:
    """The facts of the front page. `holds` are those that may be shown."""
    base = f"/club/{organisation.id}"
    is_held = any(hold.takes_listing_off for hold in holds)
    changes = [_told(one) for one in open_changes(organisation.id)]
    return Desk(
        base,
        today,
        listed_until=None if is_held else _last_day(standing, today),
        attempt=_attempt(open_one, base, may, today) if open_one else None,
        changes=changes,
        dated=_dated(standing, latest),
        activities=_activities(organisation, base, changes, today),
        may_begin=may["begin"],
        may_reopen=may["reopen"],
        was_listed=latest is not None and latest.listed_until is not None,
        is_held=is_held,
        may_send_new_date=may["tell"] and _can_come_back(standing, latest, today),
        reply_until=_reply_until(standing) if may["reply"] else None,
    )


def said_by_the_council(organisation: Organisation, latest: Assessment | None) -> Said:
    """The last decision, what to work on, and which changes took effect lately."""
    settled = [
        one
        for one in settled_changes(organisation.id)
        if one.state == "accepted" and one.settled_at and one.settled_at >= clock.now() - RECENTLY
    ]
    mended = {one.question_key for one in settled if one.question_key}
    decision = _last_decision(latest)
    if decision is None or latest is None:
        return Said(settled=_when(settled))
    return Said(
        _day(decision.at),
        decision.action == Action.APPROVE,
        _improvements(latest, decision, mended) if latest.status == Status.APPROVED else (),
        _when(settled),
    )


def _reply_until(standing: Assessment | None) -> date | None:
    """The day by which a suspended club is asked to reply; None once it has."""
    if standing is None or standing.status != Status.SUSPENDED:
        return None
    replied = any(one.at >= standing.status_since for one in standing.replies)
    return None if replied else reply_until(standing)


def _last_day(standing: Assessment | None, today: date) -> date | None:
    """The last day of a listing that stands today."""
    if standing is None or standing.status != Status.APPROVED:
        return None
    last = standing.listed_until
    return last if last is not None and last >= today else None


def _can_come_back(standing: Assessment | None, latest: Assessment | None, today: date) -> bool:
    """Whether a club that lapsed lately needs no more than a new date of its plan."""
    is_lapsed = standing is None and latest is not None and latest.status == Status.LAPSED
    return is_lapsed and latest is not None and not why_not_extend(latest, today)


def _attempt(one: Assessment, base: str, may: Mapping[str, bool], today: date) -> Attempt:
    if one.status not in (Status.DRAFT, Status.RETURNED):
        spans = _spans(one)
        sent_on = spans[-1][0] if spans else None
        promised = answer_by(spans, DECIDE_WITHIN)
        return Attempt(
            one.status,
            one.is_renewal,
            sent_on=sent_on,
            answer_by=promised,
            needs_time=bool(strong_matches(one.organisation_id)),
        )
    progress = Progress(one, today)
    still = {task.key for task in progress.question_tasks if task.state == "sent_back"}
    return Attempt(
        one.status,
        one.is_renewal,
        progress.done,
        progress.total,
        progress.time_left,
        is_ready=not what_is_missing(one, today),
        may_send=may["submit"],
        returned=[
            (progress.edition.question(key).short, f"{base}/self-check/{key}", words)
            for key, words in returned_words(one).items()
            if key in still
        ],
        mend_by=add_working_days(_day(one.status_since), DAYS_TO_MEND),
    )


def _spans(one: Assessment) -> list[tuple[date, date | None]]:
    """When the council had it: from each sending to the return after it."""
    first = max([*_upheld(one), one.submitted_at or one.begun_at])
    sent = [s.submitted_at for s in one.submissions if s.submitted_at >= first] or [first]
    back = [d.at for d in one.decisions if d.action == Action.RETURN_FOR_CHANGES]
    return [
        (_day(start), next((_day(end) for end in back if end >= start), None)) for start in sent
    ]


def _upheld(one: Assessment) -> list[datetime]:
    """When an appeal brought it back: then the council's time begins afresh."""
    return [d.at for d in one.decisions if d.action == Action.UPHOLD]


def _dated(standing: Assessment | None, latest: Assessment | None) -> Sequence[Any]:
    if standing is not None:
        return dated_things_of(standing) if standing.status == Status.APPROVED else ()
    if latest is not None and latest.status == Status.LAPSED:
        return dated_things_of(latest)
    return ()


def _activities(
    organisation: Organisation, base: str, changes: Sequence[Told], today: date
) -> list[ActivityLine]:
    public = public_activities(organisation.id, today)
    lines = []
    for activity in organisation.activities:
        if activity.state == "ended":
            continue
        gaps = list(activity_gaps(activity)) if activity.state == "draft" else []
        lines.append(
            ActivityLine(
                activity.name,
                f"{base}/activities/{activity.id}",
                activity.state,
                activity.id in public,
                str(gaps[0]) if gaps else "",
                _change_of(activity.id, changes),
            )
        )
    return lines


def _change_of(activity_id: int, changes: Sequence[Told]) -> str:
    """Where the change stands that an activity waits for: its own, or its risk check's."""
    for one in changes:
        if one.activity_id == activity_id or (
            not one.activity_id and one.question_key in RISK_QUESTIONS
        ):
            return one.state
    return ""


def people_awaited(organisation_id: int) -> list[str]:
    """Who has still to say something: those who were invited, a new owner, the lead."""
    now = clock.now()
    invited = [one for one in open_invitations(organisation_id) if one.expires_at > now]
    lines = []
    if invited:
        many = plural(len(invited), "person has", "people have")
        lines.append(f"{many} not yet used the link that you sent.")
    if open_hand_over(organisation_id):
        lines.append("A hand-over is under way. It waits for an answer.")
    lead = lead_of(organisation_id)
    if lead is not None and lead.asked_at and not lead.answer:
        lines.append(f"{lead.name} has not yet said yes to being your safeguarding lead.")
    return lines


def _told(change: Change) -> Told:
    sent_on = _day(change.sent_at) if change.sent_at else None
    return Told(
        title_of(change),
        change.state,
        f"/club/{change.organisation_id}/changes/{change.id}",
        change.question_key,
        change.due_on,
        sent_on,
        answer_by([(sent_on, None)], CHANGE_WITHIN) if sent_on else None,
        change.words if change.state == "sent_back" else "",
        change.record_id if change.about in ("activity", "question") else 0,
    )


def _when(changes: Sequence[Change]) -> list[tuple[str, date]]:
    return [(title_of(one), _day(one.settled_at)) for one in changes if one.settled_at]


def _last_decision(latest: Assessment | None) -> Decision | None:
    if latest is None:
        return None
    ends = (Action.APPROVE, Action.REFUSE)
    return next((one for one in reversed(latest.decisions) if one.action in ends), None)


def _improvements(
    latest: Assessment, decision: Decision, mended: set[str]
) -> tuple[Improvement, ...]:
    """What the reviewer found that is good practice and not there yet, with words for the club."""
    edition: Edition = edition_of(latest)
    words = {one.question_key: one.words for one in latest.findings}
    return tuple(
        Improvement(key, edition.question(key).short, words.get(key) or edition.question(key).help)
        for key in decision.details.get("improvement_actions", ())
        if key not in mended
    )


def _day(instant: datetime) -> date:
    return clock.local(instant).date()
