"""What happened to a club at the council, in one line of time, told from the history.

Whoever may not know of something finds no gap: entries that are restricted, and changes for a
senior, are left out as if they were not there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from registry import clock
from registry.assessments.evaluating import edition_of
from registry.assessments.lifecycle import Action
from registry.assessments.models import Assessment, CaseNote, Change, Decision
from registry.assessments.standing import all_assessments
from registry.audit.models import Entry
from registry.changes.wording import title_of
from registry.database import db
from registry.permissions import P, can
from registry.reviews.flags import FLAGS
from registry.reviews.notes import notes_on
from registry.reviews.queries import people

__all__ = ["Moment", "Timeline", "timeline_of"]

A = Action
FINDING, WRITE_NOTE = "finding", "write_note"
STEPS: dict[str, str] = {
    A.BEGIN: "Began a self-check",
    A.SUBMIT: "Sent it to the council",
    A.TAKE_BACK: "Took it back before anybody read it",
    A.START_REVIEW: "Took the case",
    A.RELEASE: "Put the case back in the queue",
    "reassign": "Gave the case to {to}",
    A.RETURN_FOR_CHANGES: "Sent questions back",
    A.RECOMMEND: "Recommended {what}",
    A.SEND_BACK: "Sent the recommendation back to the reviewer",
    A.APPROVE: "Approved",
    A.REFUSE: "Refused",
    A.EXTEND: "Gave the listing a new last day",
    A.SUSPEND: "Suspended",
    A.LIFT: "Lifted the suspension",
    A.REVOKE: "Revoked",
    A.UPHOLD: "Upheld an appeal",
    A.LAPSE: "The listing ended: its last day was over",
    A.SUPERSEDE: "Its renewal took its place",
    A.GIVE_UP: "Put aside: nobody went on with it",
    A.REOPEN: "Opened it again",
    A.CLOSE: "Closed",
    "clear_flag": "Cleared a flag: {flag}",
    "reply": "Replied to the council",
    "hold": "Off the list: {kind}",
    "end_hold": "Back on the list: the hold is over ({kind})",
    "wrong_file": "Erased a wrong file",
    "ask_again": "Told the club that a file was erased, and asked for another",
    "begin_assisting": "Began to enter for the club",
    "prepare_entry": "Entered it for the club, with the paper that it signed",
    "confirm_entry": "Confirmed what was entered for the club",
    "decline_entry": "Found that what was entered is not what the paper says",
}
OF_CHANGES = {
    "ask_change": "Was asked: {change}",
    "send_change": "Sent a change: {change}",
    "live_change": "Changed, live at once: {change}",
    "take_back_change": "Took a change back: {change}",
    "accept_change": "Accepted a change: {change}",
    "recommend_change": "Recommended a change: {change}",
    "send_back_change": "Sent a change back: {change}",
    "take_down": "Took a change down: {change}",
}
# Restricted: for those alone who may know of a quiet hold.
OF_HOLDS = {
    "propose_set_hold": "Proposed a quiet hold",
    "sign_set_hold": "Signed a quiet hold",
    "take_back_set_hold": "Took the proposal of a quiet hold back",
    "propose_end_hold": "Proposed that the quiet hold ends",
    "sign_end_hold": "Signed that the quiet hold ends",
    "take_back_end_hold": "Took back that the quiet hold ends",
}
WHAT = {"approve": "to put the club on the list", "refuse": "to refuse"}
KINDS = {"lead_vacant": "no safeguarding lead", "change_overdue": "a change was not sent in time"}
CLUB, COUNCIL, NOTE, HOLD, CLOCK = "club", "council", "note", "hold", "clock"
BY_CLUB = (A.BEGIN, A.SUBMIT, A.TAKE_BACK, A.REOPEN, A.CLOSE, "reply", "send_change",
           "live_change", "take_back_change")  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """One thing that happened: when, who did it, what, and what was said with it.

    `number` is its place in the history, for the order alone: a gap would tell of what is hidden.
    """

    number: int
    at: datetime
    who: str
    words: str
    kind: str
    reference: str = ""
    said: str = ""
    assessment_id: int = 0
    change_id: int = 0


@dataclass(frozen=True)
class Timeline:
    """The moments, the newest first, and whether some of them are about a quiet hold."""

    moments: Sequence[Moment]
    tells_of_quiet_hold: bool


def timeline_of(assessment: Assessment, actor: Any) -> Timeline:
    """Everything that this person may know of the club's attempts, changes and holds."""
    organisation_id = assessment.organisation_id
    cases = {one.id: one for one in all_assessments(organisation_id)}
    told = _entries(organisation_id, can(actor, P.SEE_QUIET_HOLD, assessment))
    teller = _Teller(cases, told, actor)
    moments = list(teller.moments())
    return Timeline(
        sorted(moments, key=lambda one: one.number, reverse=True),
        any(one.kind == HOLD for one in moments),
    )


def _entries(organisation_id: int, of_holds: bool) -> list[Entry]:
    wanted = [*STEPS, *OF_CHANGES, FINDING, WRITE_NOTE, *(OF_HOLDS if of_holds else ())]
    found = select(Entry).where(
        Entry.organisation_id == organisation_id, Entry.action.in_([str(one) for one in wanted])
    )
    if not of_holds:
        found = found.where(Entry.restricted.is_(False))
    return list(db.session.scalars(found.order_by(Entry.number)))


class _Teller:
    """Tells the entries of one club in words."""

    def __init__(self, cases: Mapping[int, Assessment], entries: list[Entry], actor: Any) -> None:
        self.cases = cases
        self.entries = entries
        self.decisions = {one.id: one for one in _decisions(cases)}
        self.changes = {one.id: one for one in _changes(entries) if can(actor, P.READ_CHANGE, one)}
        self.case_notes = {note.id: note for note in notes_on(cases)}
        given = {entry.details.get("to") for entry in entries if entry.action == "reassign"}
        acted = {entry.actor_id for entry in entries}
        self.names = people(acted | given)

    def moments(self) -> Iterable[Moment]:
        """What was done, with the findings of one person on one day as one line."""
        findings: dict[tuple[Any, ...], list[Entry]] = {}
        for entry in self.entries:
            if entry.action == FINDING:
                day = clock.local(entry.at).date()
                findings.setdefault((entry.subject_id, entry.actor_id, day), []).append(entry)
            elif entry.action == WRITE_NOTE:
                yield from self._note(entry)
            elif entry.subject_type != Change.__tablename__:
                yield self._step(entry)
            elif int(entry.subject_id) in self.changes:
                yield self._change(entry, self.changes[int(entry.subject_id)])
        yield from (self._findings(group) for group in findings.values())

    def _note(self, entry: Entry) -> Iterable[Moment]:
        """What somebody noted, as it says now."""
        note = self.case_notes.get(entry.details.get("note") or 0)
        if note is not None:
            case = self.cases[note.assessment_id]
            yield Moment(
                entry.number,
                entry.at,
                self._who(entry),
                f"Noted{self._on(case, note)}",
                NOTE,
                case.reference,
                note.text,
                case.id,
            )

    def _step(self, entry: Entry) -> Moment:
        case = self._case(entry)
        decision = self.decisions.get(entry.details.get("decision") or 0)
        holds = OF_HOLDS.get(entry.action)
        words = holds or STEPS[entry.action].format(
            to=self.names.get(entry.details.get("to") or 0, "another reviewer"),
            what=WHAT.get(str(entry.details.get("what")), "a decision"),
            flag=_flag(entry.details.get("flag")),
            kind=KINDS.get(str(entry.details.get("kind")), "a rule"),
        )
        return Moment(
            entry.number,
            entry.at,
            self._who(entry),
            words,
            HOLD if holds else self._kind(entry),
            case.reference if case else "",
            self._said(case, entry, decision),
            case.id if case else 0,
        )

    def _change(self, entry: Entry, change: Change) -> Moment:
        words = OF_CHANGES[entry.action].format(change=title_of(change))
        who, kind = self._who(entry), self._kind(entry)
        return Moment(entry.number, entry.at, who, words, kind, change_id=change.id)

    def _findings(self, group: list[Entry]) -> Moment:
        case = self._case(group[0])
        keys = list(dict.fromkeys(entry.details.get("question", "") for entry in group))
        many = "1 question" if len(keys) == 1 else f"{len(keys)} questions"
        return Moment(
            group[-1].number,
            group[-1].at,
            self._who(group[-1]),
            f"Wrote findings on {many}",
            COUNCIL,
            case.reference if case else "",
            _results(case, group) if case else "",
            case.id if case else 0,
        )

    def _case(self, entry: Entry) -> Assessment | None:
        if entry.subject_type != Assessment.__tablename__:
            return None
        return self.cases.get(int(entry.subject_id))

    def _who(self, entry: Entry) -> str:
        return self.names.get(entry.actor_id or 0, "" if entry.actor_id else "The clock")

    def _kind(self, entry: Entry) -> str:
        if entry.actor_id is None:
            return CLOCK
        return CLUB if entry.action in BY_CLUB else COUNCIL

    def _said(self, case: Assessment | None, entry: Entry, decision: Decision | None) -> str:
        if entry.action == A.RETURN_FOR_CHANGES and case is not None:
            keys = entry.details.get("questions") or []
            return ", ".join(_short(case, key) for key in keys)
        return decision.reason if decision else ""

    def _on(self, case: Assessment, note: CaseNote) -> str:
        on = f" on {_short(case, note.question_key)}" if note.question_key else ""
        return f"{on}, and changed the note later" if note.number > 1 else on


def _results(case: Assessment, findings: Iterable[Entry]) -> str:
    """How many were met, and by name those that were not. The last finding on a question counts."""
    last = {str(one.details.get("question")): str(one.details.get("result")) for one in findings}
    met = sum(result == "met" for result in last.values())
    said = [f"{met} met"] if met else []
    for result, words in (("partly", "Partly"), ("not_met", "Not met"), ("na", "No concern")):
        names = [_short(case, key) for key, found in last.items() if found == result]
        said += [f"{words}: {', '.join(names)}"] if names else []
    return ". ".join(said)


def _decisions(cases: Iterable[int]) -> list[Decision]:
    found = select(Decision).where(Decision.assessment_id.in_(list(cases)))
    return list(db.session.scalars(found))


def _changes(entries: Iterable[Entry]) -> list[Change]:
    numbers = {
        int(entry.subject_id) for entry in entries if entry.subject_type == Change.__tablename__
    }
    return list(db.session.scalars(select(Change).where(Change.id.in_(numbers))))


def _flag(key: Any) -> str:
    return FLAGS[key].words if key in FLAGS else str(key)


def _short(case: Assessment, key: str) -> str:
    return next((one.short for one in edition_of(case).questions if one.key == key), key)
