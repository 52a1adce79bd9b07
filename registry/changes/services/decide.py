"""What the council does with a change. Every decision names the version that was read."""

from typing import Any

from registry import clock
from registry.assessments.carrying import pointing_at, show_in
from registry.assessments.evaluating import Answers
from registry.assessments.in_force import (
    DATES_OF_RISK_CHECKS,
    RISK_CHECKS,
    answers_in_force,
    answers_with,
    changed_assessment,
)
from registry.assessments.lifecycle import Status
from registry.assessments.models import Answer, Assessment, Change, Evidence
from registry.assessments.owed import due_again
from registry.assessments.publish import publish
from registry.assessments.standing import open_assessment
from registry.assessments.steps import ask
from registry.audit import services as history
from registry.changes import letters
from registry.changes.extending import extend_with, extends
from registry.changes.holds import mended_by
from registry.changes.profiles import evaluation_in_force, evaluation_with, new_flags_to_clear
from registry.changes.rules import adds_what_two_read
from registry.changes.services.keep import starts_as
from registry.changes.services.revising import (
    ask_what_it_brings,
    begin_change,
    check_version,
    difference,
    hold_still,
    public_now,
    record_of,
    settle,
)
from registry.criteria.evaluation import Result
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotYours
from registry.organisations.facts import fact, set_facts
from registry.organisations.models import Activity, Venue
from registry.organisations.services import activity_gaps
from registry.organisations.services.changing import claim
from registry.permissions import P, can

__all__ = [
    "accept",
    "needs_second_person",
    "read_over",
    "recommend",
    "send_back",
    "take_down",
    "what_it_would_fail",
]

GOOD_ENOUGH = (Result.NA, Result.MET)
UNDER_16 = 16 * 12
ALONE = "about.p_oneone"
NEEDS_A_REASON = "Say why. With this change the rules would not find every point met: {}."


def accept(change: Change, actor: Any, *, version: int, reason: str = "") -> bool:
    """Accept a change: it takes effect now. Answers whether it did.

    Where a second person has to sign, the first acceptance recommends and answers False. Raises
    StaleVersion where the club has altered it since, BadInput where a reason is needed, NotYours
    for whoever recommended it. A quiet hold stops nothing here, and is not lifted by it.
    """
    _begin_to_decide(change, actor, version)
    _check_reason(change, reason or change.reason)
    if needs_second_person(change):
        if change.recommended_by_id is None:
            recommend(change, actor, version=version, reason=reason)
            return False
        _check_second_person(change, actor)
    _check_flags(change, actor, reason)
    patch = _take_in_answer(change) if change.about == "question" else _write_facts(change)
    change.reason = reason.strip() or change.reason
    settle(change, "accepted", actor, patch=patch)
    _start_activity(change)
    history.record(
        "accept_change",
        change,
        actor,
        organisation_id=change.organisation_id,
        details={"version": version, "fields": sorted(change.fields)},
    )
    ask_what_it_brings(change.assessment, None, actor)
    if extends(change):
        extend_with(change, actor, reason)  # its letter says that the club is listed, until when
    else:
        letters.tell_club("club/change-accepted", change)
    publish(change.organisation)
    mended_by(change)
    return True


def recommend(change: Change, actor: Any, *, version: int, reason: str = "") -> None:
    """Recommend to accept a change that a senior has to sign."""
    _begin_to_decide(change, actor, version)
    if not needs_second_person(change):
        raise NotAllowedNow("One person is enough for this one. You can accept it.")
    if change.recommended_by_id is not None:
        raise NotAllowedNow("This is recommended already. A senior can sign it.")
    change.recommended_by_id = actor.id
    change.reason = reason.strip()
    db.session.flush()
    history.record(
        "recommend_change",
        change,
        actor,
        organisation_id=change.organisation_id,
        details={"version": version},
    )


def send_back(change: Change, actor: Any, *, version: int, words: str) -> None:
    """Send a change back to the club, with words. What is in force stays as it is."""
    _begin_to_decide(change, actor, version)
    if not words.strip():
        raise BadInput("Write what the club has to mend.")
    change.due_on = due_again(change, clock.today())
    change.state, change.words = "sent_back", words.strip()
    change.recommended_by_id = None
    db.session.flush()
    history.record(
        "send_back_change",
        change,
        actor,
        organisation_id=change.organisation_id,
        details={"version": version},
    )
    publish(change.organisation)
    letters.tell_club("club/change-sent-back", change, words=change.words)


def read_over(change: Change, actor: Any) -> None:
    """Say that somebody has looked at a change that went live by itself. Twice is once."""
    hold_still(change)
    ask(actor, P.DECIDE_CHANGE, change)
    if change.state != "live":
        raise NotAllowedNow()
    if change.read_at is None:
        change.read_at, change.read_by_id = clock.now(), actor.id
        history.record("read_over_change", change, actor, organisation_id=change.organisation_id)


def take_down(change: Change, actor: Any, *, words: str) -> Change:
    """Take down at once what a change put on the list: a picture, or words. The club is told.

    A picture goes; anything else is again what it was before, if the club has not changed it
    since.
    """
    hold_still(change)
    ask(actor, P.DECIDE_CHANGE, change)
    if change.state not in ("live", "accepted") or change.about == "question":
        raise NotAllowedNow("Only what is on the list can be taken down.")
    if not words.strip():
        raise BadInput("Write for the club why you take it down.")
    record = record_of(change)
    back = {
        name: {"before": told["after"], "after": None if name == "picture" else told["before"]}
        for name, told in change.fields.items()
        if fact(record, name) == told["after"]
    }
    if not back:
        raise NotAllowedNow("The club has changed this since. There is nothing to take down.")
    answers = answers_in_force(change.assessment)
    before = public_now(change.organisation, answers, record)
    claim(record, None)
    set_facts(record, {name: told["after"] for name, told in back.items()})
    down = begin_change(
        change.assessment,
        actor,
        change.about,
        change.kind,
        record_id=change.record_id,
        state="live",
    )
    down.version, down.fields, down.sent_at = 1, back, clock.now()
    down.words = words.strip()
    down.read_at, down.read_by_id = clock.now(), actor.id
    patch = difference(before, public_now(change.organisation, answers, record))
    settle(down, "live", actor, patch=patch)
    if change.state == "live" and change.read_at is None:
        change.read_at, change.read_by_id = clock.now(), actor.id
    history.record(
        "take_down",
        down,
        actor,
        organisation_id=change.organisation_id,
        details={"fields": sorted(back), "change": change.id},
    )
    publish(change.organisation)
    letters.tell_club("club/taken-down", down, words=down.words)
    return down


def needs_second_person(change: Change) -> bool:
    """Whether a senior who did not recommend it has to sign: it adds nights away, personal care,
    or an adult alone with a child under 16 (domain G2)."""
    if change.about == "activity":
        told = [(n, one["before"], one["after"]) for n, one in change.fields.items()]
    elif change.kind == "new_activity":
        facts = (change.after.get("record") or {}).items()
        told = [(n, None, value) for n, value in facts if n.startswith("about.")]
    else:
        return False
    if change.about == "activity" and not _has_under_16s(change):
        told = [one for one in told if one[0] != ALONE]
    return adds_what_two_read(told)


def what_it_would_fail(change: Change) -> list[str]:
    """The points that the rules find met today, and would not with this change: short words."""
    today = clock.today()
    now = evaluation_in_force(change.assessment, today).questions
    then = evaluation_with(change.assessment, change, today).questions
    return [
        one.question.short
        for key, one in then.items()
        if one.applies
        and one.level.blocks
        and one.result not in GOOD_ENOUGH
        and (now[key].result in GOOD_ENOUGH or key == change.question_key)
        and key not in (RISK_CHECKS, DATES_OF_RISK_CHECKS)
    ]


def _begin_to_decide(change: Change, actor: Any, version: int) -> None:
    hold_still(change)
    ask(actor, P.DECIDE_CHANGE, change)
    if change.state != "waiting":
        raise NotAllowedNow("This does not wait for us any more.")
    if changed_assessment(change.organisation_id, clock.today()) is None:
        raise NotAllowedNow("The club is long off the list. Its next self-check says it all.")
    check_version(change, version)


def _check_reason(change: Change, reason: str) -> None:
    failing = what_it_would_fail(change)
    if failing and not reason.strip():
        raise BadInput(NEEDS_A_REASON.format("; ".join(failing)))


def _check_second_person(change: Change, actor: Any) -> None:
    if change.recommended_by_id == actor.id or not can(actor, P.SIGN_CHANGE, change):
        raise NotYours("A senior who did not recommend this has to sign it.")


def _check_flags(change: Change, actor: Any, reason: str) -> None:
    """What would stop an approval stops this too, until a senior says why it does not."""
    if not new_flags_to_clear(change.assessment, change):
        return
    if "senior" not in actor.roles or not reason.strip():
        raise NotAllowedNow(
            "With this change the club may need to be registered elsewhere, such as with Ofsted. "
            "A senior can accept it, with a reason."
        )


def _has_under_16s(change: Change) -> bool:
    activity = record_of(change)
    youngest = change.after.get("min_months", getattr(activity, "min_months", 0))
    return youngest is None or youngest < UNDER_16


def _write_facts(change: Change) -> dict[str, Any]:
    """Write what waited into its record, and answer what follows for the cards."""
    record = record_of(change)
    _check_places(change)
    answers = answers_in_force(change.assessment)
    change.fields = {
        name: {"before": fact(record, name), "after": told["after"]}
        for name, told in change.fields.items()
    }
    before = public_now(change.organisation, answers, record)
    claim(record, None)
    set_facts(record, change.after)
    return difference(before, public_now(change.organisation, answers, record))


def _check_places(change: Change) -> None:
    for number in change.after.get("venues") or ():
        place = db.session.get(Venue, number)
        if place is None or place.organisation_id != change.organisation_id:
            raise NotAllowedNow("The club has removed this place since. Send it back.")


def _take_in_answer(change: Change) -> dict[str, Any]:
    """Write an answer where the next self-check finds it, and answer what follows for cards."""
    now = answers_in_force(change.assessment)
    then = answers_with(now, change) if change.question_key != "regulator" else now
    keys = [key for key in then if then[key] != now.get(key)]
    for key in keys:
        _write_answer(change.assessment, key, then[key], change)
    renewal = open_assessment(change.organisation_id)
    if renewal is not None and renewal.status in (Status.DRAFT, Status.RETURNED):
        _carry_over(change, renewal, keys, then)
    patch = difference(public_now(change.organisation, now), public_now(change.organisation, then))
    if change.kind == "new_activity":
        activity = record_of(change)
        if not isinstance(activity, Activity) or activity_gaps(activity):
            raise NotAllowedNow("Something is missing on the pages of this activity. Send it back.")
        whole = public_now(change.organisation, then, activity)["activities"]
        patch = {**patch, "activities": {**patch.get("activities", {}), **whole}}
    return patch


def _write_answer(
    assessment: Assessment, key: str, parts: dict[str, Any], change: Change, confirmed: bool = True
) -> None:
    row = next((one for one in assessment.answers if one.question_key == key), None)
    if row is None:
        row = Answer(assessment_id=assessment.id, question_key=key, parts={}, version=0)
        assessment.answers.append(row)
    row.parts, row.confirmed = parts, confirmed
    row.version += 1
    row.updated_at, row.updated_by_id = clock.now(), change.told_by_id
    db.session.flush()


def _carry_over(change: Change, renewal: Assessment, keys: list[str], then: Answers) -> None:
    """A renewal that was begun already takes the new answer along, where its own is not yet
    confirmed; the risk check of one activity joins the others."""
    rows = {one.question_key: one for one in renewal.answers}
    for key in keys:
        row = rows.get(key)
        if change.record_id and key in (RISK_CHECKS, DATES_OF_RISK_CHECKS):
            mine = answers_with({k: one.parts for k, one in rows.items()}, change)
            _write_answer(renewal, key, _in_renewal(mine[key], change, renewal), change, False)
        elif row is None or not row.confirmed:
            _write_answer(renewal, key, _in_renewal(then[key], change, renewal), change, False)


def _in_renewal(parts: Any, change: Change, renewal: Assessment) -> Any:
    """The same answer, pointing at the renewal's own rows of the papers."""

    def copy_of(number: int) -> int:
        paper = db.session.get(Evidence, number)
        if paper is None or paper.assessment_id != change.assessment_id:
            return number
        return show_in(renewal, paper).id

    return pointing_at(parts, copy_of)


def _start_activity(change: Change) -> None:
    """An activity that waited for this may start, unless something else hides it."""
    if change.about != "activity" and change.kind != "new_activity":
        return
    activity = record_of(change)
    if isinstance(activity, Activity) and activity.state in ("live", "waiting"):
        activity.state = starts_as(activity)
        db.session.flush()
