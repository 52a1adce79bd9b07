"""Everything that is held about one person, put together for them (domain D, rights).

Left out, always: what concerns somebody else, what somebody told in confidence, and what is held
back to protect a child or an investigation. The officer sees what is in and what is not, and why,
before the pack is made. The words about what is left out are the same whether there is any or not.
"""

import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from io import BytesIO
from typing import Any

from sqlalchemy import func, or_, select

from registry import clock
from registry.accounts.models import Account
from registry.assessments.models import Answer, Assessment, CaseNote, Change, Finding, Submission
from registry.audit.models import Entry, SecurityEntry
from registry.data_protection.models import DataRequest
from registry.database import db
from registry.messages.models import Message
from registry.organisations.models import Membership, Organisation
from registry.people.models import HandOver, Invitation, NamedLead

__all__ = ["LEFT_OUT", "Pack", "packed", "what_is_held"]

SOMEBODY = "[somebody else]"
LEFT_OUT = (
    ("Details of other people", "They have the same right to have theirs kept private."),
    ("What somebody told the council in confidence", "It could show who told it."),
    (
        "Anything that is held back to protect a child, or for the police",
        "Data Protection Act 2018, schedules 2 and 3. Where there is none, nothing is left out.",
    ),
    ("The papers of a club themselves", "They belong to the club. Its owner can take a copy."),
)
LEAD_QUESTIONS = ("sg_lead", "sg_lone_contact")
LONGEST_PART = 2000


@dataclass
class Pack:
    """What is held about one person, part by part, in plain words and values."""

    name: str
    email: str
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How much there is of each part."""
        return [(title, len(rows)) for title, rows in self.parts.items()]

    def add(self, title: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """One more part; an empty one says that there is nothing."""
        self.parts[title] = [_plain(dict(row)) for row in rows]


def what_is_held(name: str, email: str) -> Pack:
    """Everything about the person with this email address, or, without one, with this name."""
    pack = Pack(name.strip(), email.strip().lower())
    account = _account(pack)
    leads = _leads(pack)
    pack.add("Account", _of_account(account))
    pack.add("Clubs that they belong to", _memberships(account))
    pack.add("Sign-ins", _security(account))
    pack.add("Named as the lead of a club", [_lead(one) for one in leads])
    pack.add("Said of them in answers", _contacts(pack))
    pack.add("Invitations and hand-overs", _comings(pack, account))
    pack.add("What they signed", _declarations(pack, account))
    pack.add("What they wrote in answers and changes", _written(pack, account))
    pack.add("What reviewers noted about them", _notes(pack, account, leads))
    pack.add("What they did, as the history has it", _deeds(account))
    pack.add("Messages to them", _messages(pack))
    return pack


def packed(pack: Pack, asked: DataRequest) -> BytesIO:
    """The pack as a ZIP: everything as JSON, and the same to be read as a page."""
    target = BytesIO()
    whole = {
        "for": pack.name or pack.email,
        "made_on": clock.today().isoformat(),
        "asked_on": asked.received_on.isoformat(),
        "left_out": [{"what": what, "why": why} for what, why in LEFT_OUT],
        **pack.parts,
    }
    stamp = clock.local(clock.now()).timetuple()[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(whole, indent=2, ensure_ascii=False)
        archive.writestr(zipfile.ZipInfo("what-we-hold.json", stamp), text)
        archive.writestr(zipfile.ZipInfo("what-we-hold.html", stamp), _page(pack, asked))
    target.seek(0)
    return target


def _account(pack: Pack) -> Account | None:
    if pack.email:
        return db.session.scalar(select(Account).where(func.lower(Account.email) == pack.email))
    found = list(
        db.session.scalars(select(Account).where(func.lower(Account.name) == pack.name.lower()))
    )
    return found[0] if len(found) == 1 else None


def _leads(pack: Pack) -> list[NamedLead]:
    is_them = (
        func.lower(NamedLead.email) == pack.email
        if pack.email
        else func.lower(NamedLead.name) == pack.name.lower()
    )
    rows = db.session.scalars(select(NamedLead).where(is_them).order_by(NamedLead.id))
    return list(rows)


def _of_account(account: Account | None) -> list[dict[str, Any]]:
    if account is None:
        return []
    return [
        {
            "number": account.id,
            "name": account.name,
            "email": account.email,
            "made_at": account.created_at,
            "email_confirmed_at": account.email_confirmed_at,
            "works_for_the_council_as": sorted(account.roles),
        }
    ]


def _memberships(account: Account | None) -> list[dict[str, Any]]:
    if account is None:
        return []
    rows = db.session.scalars(
        select(Membership).where(Membership.account_id == account.id).order_by(Membership.id)
    )
    return [{"club": one.organisation.name, "as": one.role, "since": one.since} for one in rows]


def _security(account: Account | None) -> list[dict[str, Any]]:
    if account is None:
        return []
    rows = db.session.scalars(
        select(SecurityEntry)
        .where(SecurityEntry.account_id == account.id)
        .order_by(SecurityEntry.id)
    )
    return [{"at": one.at, "what": one.action, "from": one.address} for one in rows]


def _lead(one: NamedLead) -> dict[str, Any]:
    return {
        "club": one.organisation.name,
        "name": one.name,
        "email": one.email,
        "named_at": one.named_at,
        "asked_at": one.asked_at,
        "answer": one.answer,
        "answered_at": one.answered_at,
    }


def _contacts(pack: Pack) -> list[dict[str, Any]]:
    """Where a club gave this person's details in an answer: the working one, and what was sent."""
    found = []
    for answer in db.session.scalars(select(Answer).order_by(Answer.id)):
        for contact in _contacts_in(answer.parts, pack):
            attempt = db.session.get_one(Assessment, answer.assessment_id)
            found.append(
                {
                    "club": attempt.organisation.name,
                    "question": answer.question_key,
                    "in": "the answer as it is now",
                    **contact,
                }
            )
    for submission in db.session.scalars(select(Submission).order_by(Submission.id)):
        attempt = db.session.get_one(Assessment, submission.assessment_id)
        for key, parts in submission.document["answers"].items():
            found += [
                {
                    "club": attempt.organisation.name,
                    "question": key,
                    "in": f"what was sent on {clock.local(submission.submitted_at).date()}",
                    **contact,
                }
                for contact in _contacts_in(parts, pack)
            ]
    return found


def _contacts_in(value: Any, pack: Pack) -> list[dict[str, Any]]:
    if isinstance(value, Mapping):
        if _is_them(value, pack):
            return [{name: str(said) for name, said in value.items()}]
        return [one for inner in value.values() for one in _contacts_in(inner, pack)]
    if isinstance(value, list):
        return [one for inner in value for one in _contacts_in(inner, pack)]
    return []


def _is_them(value: Mapping[str, Any], pack: Pack) -> bool:
    email, name = str(value.get("email", "")).lower(), str(value.get("name", "")).lower()
    if pack.email and email:
        return email == pack.email
    return bool(pack.name) and name == pack.name.lower() and bool({"email", "phone"} & set(value))


def _comings(pack: Pack, account: Account | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if pack.email:
        for one in db.session.scalars(
            select(Invitation).where(func.lower(Invitation.email) == pack.email)
        ):
            found.append({"club": one.organisation.name, "invited_at": one.invited_at})
    if account is not None:
        for asked in db.session.scalars(
            select(HandOver).where(
                or_(HandOver.from_id == account.id, HandOver.to_id == account.id)
            )
        ):
            mine = asked.to_id == account.id
            found.append(
                {
                    "club": asked.organisation.name,
                    "hand_over": asked.kind,
                    "begun_at": asked.begun_at,
                    "state": asked.state,
                    "what_you_wrote": asked.reason if mine else "",
                    "what_we_answered": asked.words if mine else "",
                }
            )
    return found


def _declarations(pack: Pack, account: Account | None) -> list[dict[str, Any]]:
    signed = func.lower(Submission.declared_name) == pack.name.lower()
    is_theirs = Submission.submitted_by_id == account.id if account else signed
    rows = db.session.scalars(select(Submission).where(is_theirs).order_by(Submission.id))
    return [
        {
            "club": db.session.get_one(Assessment, one.assessment_id).organisation.name,
            "name_signed": one.declared_name,
            "job": one.declared_role,
            "at": one.submitted_at,
        }
        for one in rows
    ]


def _written(pack: Pack, account: Account | None) -> list[dict[str, Any]]:
    if account is None or account.is_staff:
        return []
    found = []
    for answer in db.session.scalars(
        select(Answer).where(Answer.updated_by_id == account.id).order_by(Answer.id)
    ):
        club = db.session.get_one(Assessment, answer.assessment_id).organisation
        found.append(
            {
                "club": club.name,
                "question": answer.question_key,
                "at": answer.updated_at,
                "said": _without_others(answer.parts, pack),
            }
        )
    for change in db.session.scalars(
        select(Change).where(Change.told_by_id == account.id).order_by(Change.id)
    ):
        found.append(
            {
                "club": change.organisation.name,
                "change": change.question_key or change.about,
                "at": change.told_at,
                "said": _without_others(change.after, pack),
            }
        )
    return found


def _without_others(value: Any, pack: Pack) -> Any:
    """An answer, with the contacts of anybody else taken out."""
    if isinstance(value, Mapping):
        if {"email", "phone"} & set(value) and not _is_them(value, pack):
            return SOMEBODY
        return {name: _without_others(inner, pack) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without_others(inner, pack) for inner in value]
    return value


def _notes(pack: Pack, account: Account | None, leads: list[NamedLead]) -> list[dict[str, Any]]:
    """What reviewers wrote about them: on the question about the lead while they were it, on a
    club that is one person alone, and wherever they are named. Other names are taken out."""
    leading = {one.organisation_id for one in leads}
    alone = _clubs_of_one(account)
    found = []
    rows = db.session.scalars(select(Finding).order_by(Finding.id))
    for one in rows:
        club = db.session.get_one(Assessment, one.assessment_id).organisation
        about = (club.id in leading and one.question_key in LEAD_QUESTIONS) or club.id in alone
        texts = [text for text in (one.reason, one.words) if text]
        if not texts or not (about or any(_names(text, pack) for text in texts)):
            continue
        others = _others_of(club, pack)
        found.append(
            {
                "club": club.name,
                "question": one.question_key,
                "found": one.result,
                "at": one.found_at,
                "note": _redacted(one.reason, others, pack),
                "words_to_the_club": _redacted(one.words, others, pack),
            }
        )
    return found + _desk_notes(pack, leading, alone) + _notes_elsewhere(pack)


def _desk_notes(pack: Pack, leading: set[int], alone: set[int]) -> list[dict[str, Any]]:
    """Internal notes of the desk, by the same rule; every version that is kept."""
    found = []
    for one in db.session.scalars(select(CaseNote).order_by(CaseNote.id)):
        club = db.session.get_one(Assessment, one.assessment_id).organisation
        about = (club.id in leading and one.question_key in LEAD_QUESTIONS) or club.id in alone
        if not (about or any(_names(version.text, pack) for version in one.versions)):
            continue
        others = _others_of(club, pack)
        found += [
            {
                "club": club.name,
                "kind": "A note at the desk",
                "question": one.question_key,
                "at": version.written_at,
                "note": _redacted(version.text, others, pack),
            }
            for version in one.versions
        ]
    return found


def _notes_elsewhere(pack: Pack) -> list[dict[str, Any]]:
    """Notes of the desk, and reasons of decisions, that name the person."""
    found = []
    for title, table, columns in _TEXTS:
        rows = db.metadata.tables[table]
        for row in db.session.execute(select(rows)).mappings():
            texts = [str(row[column]) for column in columns if row.get(column)]
            if not any(_names(text, pack) for text in texts):
                continue
            attempt = db.session.get_one(Assessment, row["assessment_id"])
            others = _others_of(attempt.organisation, pack)
            found.append(
                {
                    "club": attempt.organisation.name,
                    "kind": title,
                    "note": " ".join(_redacted(text, others, pack) for text in texts),
                }
            )
    return found


# What else is written about a case. A proposal, a hold and a concern are never among them.
_TEXTS = (
    ("The reason of a decision", "decision", ("reason",)),
    ("Words that were sent back", "returned_question", ("words",)),
    ("Why a flag was cleared", "flag_clearance", ("reason",)),
)


def _clubs_of_one(account: Account | None) -> set[int]:
    """The clubs in which this person is alone: what is said of one is said of the other."""
    if account is None:
        return set()
    mine = db.session.scalars(
        select(Membership).where(Membership.account_id == account.id, Membership.role == "owner")
    )
    return {one.organisation_id for one in mine if len(one.organisation.members) == 1}


def _names(text: str, pack: Pack) -> bool:
    said = text.lower()
    whole_name = pack.name and re.search(rf"\b{re.escape(pack.name.lower())}\b", said)
    return bool(whole_name or (pack.email and pack.email in said))


def _others_of(club: Organisation, pack: Pack) -> set[str]:
    """Names and addresses of everybody else whom the register knows at a club."""
    people = [(one.account.name, one.account.email) for one in club.members]
    people += [
        (one.name, one.email)
        for one in db.session.scalars(select(NamedLead).where(NamedLead.organisation_id == club.id))
    ]
    mine = {pack.name.lower(), pack.email}
    return {
        text
        for name, email in people
        if email.lower() != pack.email or not pack.email
        for text in (name, email)
        if text and text.lower() not in mine
    }


_REACH = re.compile(r"[\w.+-]+@[\w.-]+\w|\+?\d[\d ()-]{8,}\d")


def _redacted(text: str, others: set[str], pack: Pack) -> str:
    """A note without the names, addresses and numbers of other people."""
    for name in sorted(others, key=len, reverse=True):
        text = re.sub(re.escape(name), SOMEBODY, text, flags=re.IGNORECASE)
    return _REACH.sub(
        lambda found: found.group() if found.group().lower() == pack.email else SOMEBODY, text
    )


def _deeds(account: Account | None) -> list[dict[str, Any]]:
    if account is None:
        return []
    rows = db.session.scalars(
        select(Entry)
        .where(
            Entry.restricted.is_(False),
            or_(
                Entry.actor_id == account.id,
                (Entry.subject_type == "account") & (Entry.subject_id == str(account.id)),
            ),
        )
        .order_by(Entry.number)
    )
    return [{"number": one.number, "at": one.at, "what": one.action} for one in rows]


def _messages(pack: Pack) -> list[dict[str, Any]]:
    if not pack.email:
        return []
    rows = db.session.scalars(
        select(Message).where(func.lower(Message.recipient) == pack.email).order_by(Message.id)
    )
    return [
        {"about": one.template, "queued_at": one.queued_at, "sent_at": one.sent_at} for one in rows
    ]


def _page(pack: Pack, asked: DataRequest) -> str:
    """The same to be read: one page that opens anywhere and fetches nothing."""
    lines = [
        "<!doctype html><html lang=en-GB><head><meta charset=utf-8>",
        "<title>What we hold about you</title></head><body>",
        "<h1>What we hold about you</h1>",
        f"<p>For {escape(pack.name or pack.email)}. Asked on {asked.received_on.isoformat()}, "
        f"made on {clock.today().isoformat()}.</p>",
    ]
    for title, rows in pack.parts.items():
        lines.append(f"<h2>{escape(title)}</h2>")
        if not rows:
            lines.append("<p>Nothing.</p>")
        for row in rows:
            lines.append("<dl>")
            for name, value in row.items():
                said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                label = escape(name.replace("_", " "))
                lines.append(f"<dt>{label}</dt><dd>{escape(said)}</dd>")
            lines.append("</dl>")
    lines.append("<h2>What is left out, and why</h2><ul>")
    lines += [f"<li>{escape(what)}. {escape(why)}</li>" for what, why in LEFT_OUT]
    lines.append("</ul></body></html>")
    return "\n".join(lines)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
