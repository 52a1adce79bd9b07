"""Asking for an appeal, reading it, answering it; and putting a plain error in a letter right.

While one is under way the decision stands. Nobody who had a part in the case reads or answers it.
"""

from datetime import date
from typing import Any

from registry import clock
from registry.appeals import letters
from registry.appeals.models import Appeal
from registry.appeals.queries import (
    decision_that_stands,
    decision_to_appeal,
    last_letter,
    under_way,
)
from registry.appeals.rules import is_in_time
from registry.assessments import services as assessments
from registry.assessments.models import Assessment, Decision
from registry.assessments.services.review import decide as write_decision
from registry.assessments.steps import ask, lock
from registry.audit.models import Entry
from registry.audit.services import record
from registry.criteria.dates import add_months
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, StaleVersion
from registry.organisations.models import Organisation
from registry.permissions import P
from registry.web.formats import long_date

OVER = "This appeal has ended. Look at the list of appeals."
TOO_LATE = "More than 20 working days have gone since our decision. Tell us why you ask only now."
UPHELD = ("upheld", "sent_back")


def ask_for_appeal(
    organisation: Organisation, actor: Any, *, words: str, late_reason: str = ""
) -> Appeal:
    """Ask that the decision that stands now is looked at again.

    Within 20 working days, day 20 included. Later only with a reason, which somebody of the
    council finds good or not. Raises NotAllowedNow where there is nothing to appeal against.
    """
    ask(actor, P.ASK_FOR_APPEAL, organisation)
    found = decision_to_appeal(organisation)
    if found is None:
        raise NotAllowedNow("There is no decision that you can appeal against now.")
    assessment, decision = found
    lock(assessment)
    stands = decision_that_stands(assessment)
    if under_way(organisation.id) is not None or stands is None or stands.id != decision.id:
        raise NotAllowedNow("This has moved on since you opened the page. Read it again.")
    if not words.strip():
        raise BadInput("Tell us why you think that we are wrong")
    in_time = is_in_time(_day(decision), clock.today())
    if not in_time and not late_reason.strip():
        raise BadInput(TOO_LATE)
    appeal = Appeal(
        organisation_id=organisation.id,
        organisation=organisation,
        assessment_id=assessment.id,
        assessment=assessment,
        decision_id=decision.id,
        decision=decision,
        against=decision.action,
        state="open" if in_time else "late",
        words=words.strip(),
        late_reason="" if in_time else late_reason.strip(),
        asked_at=clock.now(),
        asked_by_id=actor.id,
        begins_on=clock.today() if in_time else None,
    )
    db.session.add(appeal)
    assessment.appeal_since = appeal.asked_at
    entry = _entry("ask_for_appeal", appeal, actor)
    letters.received(appeal, entry.number)
    return appeal


def take_appeal_back(appeal: Appeal, actor: Any) -> None:
    """The club thinks better of it. Within the 20 days it can ask again."""
    _held(appeal)
    ask(actor, P.ASK_FOR_APPEAL, appeal)
    _under_way(appeal)
    _settle(appeal, actor, "taken_back")
    _entry("take_appeal_back", appeal, actor)


def excuse(appeal: Appeal, actor: Any, *, version: int, is_good: bool, words: str) -> None:
    """Say whether the reason for coming late is a good one. If not, it ends, with words."""
    _held(appeal, version)
    ask(actor, P.EXCUSE_LATE_APPEAL, appeal)
    if appeal.state != "late":
        raise NotAllowedNow("Somebody has answered this already.")
    if not is_good and not words.strip():
        raise BadInput("Write the reasons that the club will read")
    appeal.allowed_by_id = actor.id
    if is_good:
        appeal.state, appeal.begins_on = "open", clock.today()
        entry = _entry("excuse_late_appeal", appeal, actor)
        letters.excused(appeal, entry.number)
        return
    _settle(appeal, actor, "decided", "turned_down", words)
    entry = _entry("turn_down_appeal", appeal, actor)
    letters.answered(appeal, entry.number)


def take_appeal(appeal: Appeal, actor: Any) -> None:
    """Take an appeal to read and to answer; from another officer, too, who cannot go on."""
    _held(appeal)
    ask(actor, P.TAKE_APPEAL, appeal)
    _under_way(appeal)
    appeal.assessment.appeal_officer_id = actor.id
    _entry("take_appeal", appeal, actor)


def put_appeal_back(appeal: Appeal, actor: Any) -> None:
    """Let another officer have it."""
    _held(appeal)
    ask(actor, P.DECIDE_APPEAL, appeal)
    _under_way(appeal)
    appeal.assessment.appeal_officer_id = None
    _entry("put_appeal_back", appeal, actor)


def outcomes_of(appeal: Appeal) -> tuple[str, ...]:
    """How it can end. Where the decision has gone meanwhile, there is nothing left to answer."""
    stands = decision_that_stands(appeal.assessment)
    has_gone = stands is None or stands.id != appeal.decision_id
    if has_gone or appeal.organisation.closed_at is not None:
        return ("over",)
    first = "sent_back" if appeal.against == "refuse" else "upheld"
    return (first, "changed", "not_upheld")


def decide_appeal(
    appeal: Appeal,
    actor: Any,
    *,
    version: int,
    outcome: str,
    reason: str,
    not_before_on: date | None = None,
) -> None:
    """Answer it. The club reads the reasons.

    Upheld: listed again, or lapsed if its day has passed. Sent back: submitted again, for people
    with no part in it. Changed: the decision stands with other reasons, or another first day on
    which the club may apply. Raises StaleVersion where it moved on since it was read.
    """
    _held(appeal, version)
    ask(actor, P.DECIDE_APPEAL, appeal)
    if appeal.state != "open":
        raise NotAllowedNow(OVER)
    if outcome not in outcomes_of(appeal):
        raise BadInput("Choose how the appeal ends")
    if not reason.strip():
        raise BadInput("Write the reasons that the club will read")
    if outcome in UPHELD:
        assessments.uphold(appeal.assessment, actor, reason=reason)
    elif outcome == "changed":
        _change(appeal, actor, reason, not_before_on)
    elif outcome == "not_upheld":
        _write(appeal, actor, "not_upheld", reason, {})
    _settle(appeal, actor, "decided", outcome, reason)
    entry = _entry("decide_appeal", appeal, actor)
    if outcome not in UPHELD:
        letters.answered(appeal, entry.number)


def correct_letter(assessment: Assessment, actor: Any, *, decision_id: int, words: str) -> Decision:
    """Put a plain error in a letter right. The decision stays; so do the days to appeal.

    Raises StaleVersion where there has been a newer letter since it was read.
    """
    lock(assessment)
    ask(actor, P.CORRECT_LETTER, assessment)
    wrong = last_letter(assessment)
    if wrong is None:
        raise NotAllowedNow("No letter with reasons has gone to this club.")
    if wrong.decision.id != decision_id:
        raise StaleVersion("A newer letter has gone since you opened the page. Read it again.")
    if not words.strip():
        raise BadInput("Write the words as they should have been")
    if words.strip() == wrong.words:
        raise BadInput("These are the words that went already")
    written = write_decision(
        assessment,
        actor,
        "correct_letter",
        reason=words,
        details={"corrects": wrong.decision.id},
    )
    entry = record(
        "correct_letter",
        assessment,
        actor,
        details={"decision": written.id, "corrects": wrong.decision.id},
    )
    decided_on = long_date(_day(wrong.decision))
    letters.corrected(assessment, wrong.decision.action, decided_on, words.strip(), entry.number)
    return written


def _change(appeal: Appeal, actor: Any, reason: str, not_before_on: date | None) -> None:
    """The decision stands, and its reasons or the first day to apply again are others now."""
    assessment = appeal.assessment
    before = assessment.not_before_on
    if not_before_on and not_before_on > add_months(_day(appeal.decision), 12):
        raise BadInput("The day from which they may apply is at most 12 months after the decision.")
    if appeal.against == "revoke":
        assessment.not_before_on = not_before_on
    days = {"before": before, "after": assessment.not_before_on}
    told = {name: day.isoformat() if day else None for name, day in days.items()}
    _write(appeal, actor, "change_on_appeal", reason, told)


def _write(appeal: Appeal, actor: Any, action: str, reason: str, details: dict[str, Any]) -> None:
    write_decision(
        appeal.assessment,
        actor,
        action,
        reason=reason,
        details={"appeal": appeal.id, "corrects": appeal.decision_id, **details},
    )


def _held(appeal: Appeal, version: int | None = None) -> None:
    """Hold the case and the appeal, and read both as they are now."""
    lock(appeal.assessment)
    db.session.refresh(appeal, with_for_update={"of": Appeal})
    if version is not None and appeal.version != version:
        raise StaleVersion("This appeal has moved on since you opened it. Read it again.")


def _under_way(appeal: Appeal) -> None:
    if not appeal.is_under_way:
        raise NotAllowedNow(OVER)


def _settle(
    appeal: Appeal, actor: Any, state: str, outcome: str | None = None, reason: str = ""
) -> None:
    """It has ended: nobody reads the case because of it any more."""
    appeal.state, appeal.outcome, appeal.reason = state, outcome, reason.strip()
    appeal.settled_at, appeal.settled_by_id = clock.now(), actor.id
    appeal.assessment.appeal_since = None
    appeal.assessment.appeal_officer_id = None


def _entry(action: str, appeal: Appeal, actor: Any) -> Entry:
    appeal.version = (appeal.version or 0) + 1
    db.session.flush()
    return record(
        action,
        appeal,
        actor,
        organisation_id=appeal.organisation_id,
        details={
            "assessment": appeal.assessment_id,
            "decision": appeal.decision_id,
            "state": appeal.state,
            "outcome": appeal.outcome,
        },
    )


def _day(decision: Decision) -> date:
    return clock.local(decision.at).date()
