"""What has come to the end of its time: first looked at, then let go, item by item.

A dry run and the real one ask the same questions. What is in use is never found: whatever a case
shows that is open or stands is kept, however old it is.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from registry import clock
from registry.assessments.lifecycle import OPEN, STANDING, Status
from registry.assessments.models import Assessment, Decision, Hold
from registry.assessments.steps import ask
from registry.audit import services as history
from registry.data_protection.models import DataBreach, DataRequest
from registry.data_protection.retention import RULES, Rule, is_over
from registry.data_protection.retention import rule as rule_of
from registry.data_protection.services import forgetting
from registry.database import db
from registry.errors import NotAllowedNow
from registry.files.models import StoredFile
from registry.messages.models import Message
from registry.organisations.models import Organisation
from registry.people.models import HandOver
from registry.permissions import P

log = logging.getLogger(__name__)

MOST_AT_ONCE = 200
EXAMPLES = 5
GRAVE = ("suspend", "revoke")


@dataclass(frozen=True)
class Found:
    """What one rule finds today: numbers, and how each is called without saying what is in it."""

    rule: Rule
    numbers: list[int]
    names: list[str]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.numbers)


@dataclass
class Done:
    """What one run let go of, by rule, and what went wrong."""

    erased: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many things went."""
        return sum(self.erased.values())


def report(today: date, *, with_holds: bool = False) -> list[Found]:
    """Every rule with what it finds today. Changes nothing.

    Old quiet holds are counted for those alone who may know of one.
    """
    found = [_found(rule, today) for rule in RULES]
    if not with_holds:
        return found
    holds = _quiet_holds(today)
    return [
        Found(one.rule, one.numbers + _numbers_of(holds), one.names + [n for _, n in holds][:1])
        if one.rule.key == "references"
        else one
        for one in found
    ]


def carry_out(today: date, most: int = MOST_AT_ONCE) -> Done:
    """Let go of what is due, each item in its own transaction; at most so many of each rule.

    The history gets one entry for each rule, with the count. Safe to run again at any time.
    """
    done = Done()
    for rule in RULES:
        if rule.then != "erased":
            continue
        for find, forget in _BY_RULE[rule.key]:
            for number in _numbers_of(find(today))[:most]:
                _let_go(rule, forget, number, done)
        if done.erased.get(rule.key):
            history.record(
                "retention",
                ("retention", rule.key),
                None,
                details={"erased": done.erased[rule.key]},
            )
            db.session.commit()
    return done


def to_review(today: date) -> list[tuple[int, str]]:
    """Old cases with a suspension or a revocation, for a person to look at."""
    return _references(today)


def forget_reviewed(assessment_id: int, actor: Any, today: date) -> None:
    """A person looked at an old case with a suspension and says that its reference may go."""
    ask(actor, P.ANSWER_DATA_REQUEST, None)
    if assessment_id not in _numbers_of(_references(today)):
        raise NotAllowedNow("This case is not due to be looked at.")
    forgetting.forget_case(assessment_id)
    history.record("retention_reviewed", ("assessment", assessment_id), actor)


def _let_go(rule: Rule, forget: Callable[[int], None], number: int, done: Done) -> None:
    try:
        forget(number)
        db.session.commit()
        done.erased[rule.key] = done.erased.get(rule.key, 0) + 1
    except Exception as error:
        db.session.rollback()
        log.exception("retention: %s %s", rule.key, number)
        done.failed.append(f"{rule.key} {number}: {type(error).__name__}")


Item = tuple[int, str]


def _found(rule: Rule, today: date) -> Found:
    if rule.key in _ELSEWHERE:
        return Found(rule, _left_elsewhere(rule, today), [])
    items = [item for find, _ in _BY_RULE[rule.key] for item in find(today)]
    return Found(rule, [number for number, _ in items], [name for _, name in items][:EXAMPLES])


def _numbers_of(items: Iterable[Item]) -> list[int]:
    return [number for number, _ in items]


def _drafts(today: date) -> list[Item]:
    rows = db.session.scalars(
        select(Assessment)
        .where(
            Assessment.status == Status.ABANDONED,
            Assessment.status_since < _long_ago("drafts"),
            ~Assessment.submissions.any(),
            or_(Assessment.answers.any(), Assessment.evidence.any()),
        )
        .order_by(Assessment.id)
    )
    return [
        (one.id, one.reference) for one in rows if is_over("drafts", _day(one.status_since), today)
    ]


def _papers(today: date) -> list[Item]:
    """Files that no open or standing case shows, with the day on which the last one ended."""
    rows = db.session.scalars(
        select(StoredFile)
        .where(
            StoredFile.use == "paper",
            StoredFile.erased_at.is_(None),
            StoredFile.uploaded_at < _long_ago("papers"),
        )
        .order_by(StoredFile.id)
    ).all()
    in_use, last_shown = _shown({one.organisation_id for one in rows})
    return [
        (one.id, f"file {one.id}")
        for one in rows
        if one.id not in in_use
        and is_over("papers", last_shown.get(one.id, _day(one.uploaded_at)), today)
    ]


def _long_ago(key: str) -> datetime:
    """An instant before which it is worth looking: nothing younger can be over. The days
    themselves are asked of `is_over`."""
    return clock.now() - timedelta(days=28 * rule_of(key).months)


def _shown(organisations: set[int]) -> tuple[set[int], dict[int, date]]:
    """Which files of these clubs are in use, and until when each of the others was."""
    in_use: set[int] = set()
    last: dict[int, date] = {}

    def note(file_id: int, ended_on: date) -> None:
        last[file_id] = max(ended_on, last.get(file_id, ended_on))

    attempts = select(Assessment).where(Assessment.organisation_id.in_(organisations))
    for one in db.session.scalars(attempts.order_by(Assessment.id)):
        files = {evidence.file_id for evidence in one.evidence}
        for submission in one.submissions:
            files |= {shown["file_id"] for shown in submission.document["evidence"]}
        files |= {entry.declaration_id for entry in one.assisted_entries}
        if one.status in OPEN | STANDING:
            in_use |= files
        else:
            for file_id in files:
                note(file_id, ended_on(one))
    proved = select(HandOver).where(
        HandOver.file_id.is_not(None), HandOver.organisation_id.in_(organisations)
    )
    for asked in db.session.scalars(proved):
        if asked.state == "open" or asked.settled_at is None:
            in_use.add(asked.file_id or 0)
        else:
            note(asked.file_id or 0, _day(asked.settled_at))
    return in_use, last


def ended_on(assessment: Assessment) -> date:
    """The day on which a case was over: the last day of its listing where that ran out, else the
    day on which it was refused, revoked, closed or replaced."""
    if assessment.status == Status.LAPSED and assessment.listed_until is not None:
        return assessment.listed_until
    return _day(assessment.status_since)


def _over(today: date, grave: bool) -> list[Item]:
    key = "references" if grave else "cases"
    kept = db.session.scalars(
        select(Assessment)
        .where(
            Assessment.status.not_in(OPEN | STANDING),
            Assessment.status_since < _long_ago(key),
            or_(Assessment.submissions.any(), Assessment.decisions.any()),
        )
        .order_by(Assessment.id)
    )
    grave_ids = set(
        db.session.scalars(select(Decision.assessment_id).where(Decision.action.in_(GRAVE)))
    )
    return [
        (one.id, one.reference)
        for one in kept
        if (one.id in grave_ids) is grave and is_over(key, ended_on(one), today)
    ]


def _cases(today: date) -> list[Item]:
    return _over(today, grave=False)


def _references(today: date) -> list[Item]:
    return _over(today, grave=True)


def _quiet_holds(today: date) -> list[Item]:
    """Only how many: a hold has no name that may stand in a report."""
    rows = db.session.scalars(select(Hold).where(Hold.kind == "quiet", Hold.until.is_not(None)))
    return [
        (one.id, "a case held by the partners")
        for one in rows
        if one.until is not None and is_over("references", _day(one.until), today)
    ]


def _closed_clubs(today: date) -> list[Item]:
    rows = db.session.scalars(
        select(Organisation)
        .where(
            Organisation.closed_at.is_not(None),
            or_(Organisation.phone != "", Organisation.email != "", Organisation.members.any()),
        )
        .order_by(Organisation.id)
    )
    return [
        (one.id, f"organisation {one.id}")
        for one in rows
        if one.closed_at is not None and is_over("closed_clubs", _day(one.closed_at), today)
    ]


def _messages(today: date) -> list[Item]:
    rows: Any = db.session.execute(
        select(Message.id, Message.sent_at, Message.given_up_at)
        .where(
            or_(
                Message.sent_at < _long_ago("messages"),
                Message.given_up_at < _long_ago("messages"),
            )
        )
        .order_by(Message.id)
    )
    return [
        (row.id, f"message {row.id}")
        for row in rows
        if is_over("messages", _day(row.sent_at or row.given_up_at), today)
    ]


def _requests(today: date) -> list[Item]:
    rows = db.session.scalars(select(DataRequest).where(DataRequest.settled_on.is_not(None)))
    return [
        (one.id, f"request {one.id}")
        for one in rows
        if one.settled_on and is_over("requests", one.settled_on, today)
    ]


def _breaches(today: date) -> list[Item]:
    rows = db.session.scalars(select(DataBreach).where(DataBreach.settled_at.is_not(None)))
    return [
        (one.id, f"breach {one.id}")
        for one in rows
        if one.settled_at and is_over("requests", _day(one.settled_at), today)
    ]


def _left_elsewhere(rule: Rule, today: date) -> list[int]:
    """What another room should have erased by now: nothing, where every night came."""
    table_name, column_name, unless = _ELSEWHERE[rule.key]
    table = db.metadata.tables[table_name]
    key, since = next(iter(table.primary_key)), table.c[column_name]
    query = select(key, since).where(since.is_not(None))
    if unless:
        query = query.where(table.c[unless].is_(None))
    if rule.key == "concerns":
        query = query.where(table.c.words.is_not(None))
    return [
        number
        for number, (_, began) in enumerate(db.session.execute(query), start=1)
        if is_over(rule.key, began if type(began) is date else _day(began), today)
    ]


def _day(instant: datetime) -> date:
    return clock.local(instant).date()


_ELSEWHERE: dict[str, tuple[str, str, str]] = {
    # rule: the table, the day from which it counts, and what must still be empty
    "concerns": ("concern", "handed_on", ""),
    "exports": ("register_export", "made_at", "erased_at"),
    "sign_ins": ("security_entry", "at", ""),
    "history": ("entry", "at", ""),
    "invitations": ("invitation", "expires_at", "used_at"),
    "imports": ("import_run", "begun_at", "rows_gone_at"),
    "web_sessions": ("web_session", "ended_at", ""),
    "looks": ("listing_look", "week", ""),
    "missed_words": ("missed_trace", "day", ""),
    "shelf": ("shelf_item", "expires_at", ""),
}
Finder = Callable[[date], list[Item]]
_BY_RULE: dict[str, tuple[tuple[Finder, Callable[[int], None]], ...]] = {
    "drafts": ((_drafts, forgetting.forget_draft),),
    "papers": ((_papers, forgetting.forget_paper),),
    "cases": ((_cases, forgetting.forget_case),),
    "references": ((_references, forgetting.forget_case),),
    "closed_clubs": ((_closed_clubs, forgetting.forget_closed_club),),
    "messages": ((_messages, forgetting.forget_message),),
    "requests": ((_requests, forgetting.forget_request), (_breaches, forgetting.forget_breach)),
}
