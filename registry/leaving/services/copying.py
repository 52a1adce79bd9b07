"""A copy of everything that is held about an organisation, or about an account, for its people.

Only what its own people told us, what the council said to them, and what they did. What is the
council's own (notes, recommendations, matches, holds) is not in here, nor who at the council did
what: each table is copied by the names of its columns, so nothing new comes along by itself.
"""

import json
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time
from tempfile import TemporaryFile
from typing import IO, Any

from sqlalchemy import select

from registry import clock
from registry.accounts.models import Account
from registry.accounts.web_sessions import open_web_sessions
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment, Change, ReturnedQuestion
from registry.assessments.standing import all_assessments
from registry.audit.models import Entry, SecurityEntry
from registry.config import settings
from registry.database import db
from registry.errors import DomainError, Unavailable
from registry.files.models import StoredFile
from registry.files.services import open_file
from registry.messages.models import Message
from registry.organisations.facts import facts_of
from registry.organisations.models import Membership, Organisation
from registry.people.models import HandOver, Invitation, NamedLead

# What the council wrote to the club with a decision. The words of the others are its own notes.
SAID_TO_THE_CLUB = (
    "refuse",
    "suspend",
    "lift",
    "revoke",
    "uphold",
    "change_on_appeal",
    "not_upheld",
    "correct_letter",
)
DECIDED = ("approve", "extend", *SAID_TO_THE_CLUB)
WITH_THE_COUNCIL = (Status.SUBMITTED, Status.IN_REVIEW, Status.RECOMMENDED)
# Who did one of these belonged to it from then on.
CAME = ("register_organisation", "join")
PIECE = 64 * 1024


def facts_about(organisation: Organisation) -> dict[str, Any]:
    """Everything but the files, as plain JSON."""
    return _plain(
        {
            "made_at": clock.now(),
            "organisation": {
                "name": organisation.name,
                "on_the_register_since": organisation.created_at,
                "closed_at": organisation.closed_at,
                "contact_confirmed_on": organisation.contact_confirmed_on,
                **facts_of(organisation),
            },
            "places": [{"id": one.id, **facts_of(one)} for one in organisation.venues],
            "activities": [
                {"id": one.id, "state": one.state, **facts_of(one)}
                for one in organisation.activities
            ],
            "people": [_person(one) for one in organisation.members],
            "invitations": _invitations(organisation),
            "hand_overs": _hand_overs(organisation),
            "safeguarding_leads": _leads(organisation),
            "self_checks": [_self_check(one) for one in all_assessments(organisation.id)],
            "changes": _changes(organisation),
            "history": _history(organisation),
            "emails_sent": _letters(organisation),
            "files": [
                {"id": one.id, "name": one.name, "sha256": one.sha256, "sent_at": one.uploaded_at}
                for one in files_of(organisation)
            ],
        }
    )


def files_of(organisation: Organisation) -> list[StoredFile]:
    """The files that its people sent about it. What a helper proved to the council stays there."""
    proofs = select(HandOver.file_id).where(HandOver.file_id.is_not(None))
    return list(
        db.session.scalars(
            select(StoredFile)
            .where(StoredFile.organisation_id == organisation.id, StoredFile.id.not_in(proofs))
            .order_by(StoredFile.id)
        )
    )


def packed(facts: Mapping[str, Any], files: list[StoredFile]) -> IO[bytes]:
    """One ZIP in a temporary file, ready to be read from its beginning. The caller closes it.

    A file that may not be opened (a scanner refused it, or it was erased) is named, with why.
    Raises Unavailable where there is no room for it.
    """
    packet = TemporaryFile(dir=settings().data_dir)  # noqa: SIM115  the caller reads it
    try:
        _pack(packet, facts, files)
    except OSError as error:
        packet.close()
        raise Unavailable("We could not make your copy just now. Try again later.") from error
    packet.seek(0)
    return packet


def _pack(packet: IO[bytes], facts: Mapping[str, Any], files: list[StoredFile]) -> None:
    missing = []
    with zipfile.ZipFile(packet, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for one in files:
            try:
                with open_file(one) as source, archive.open(_name_in(one), "w") as target:
                    while piece := source.read(PIECE):
                        target.write(piece)
            except DomainError as problem:
                missing.append({"id": one.id, "name": one.name, "why": problem.sentence})
        whole = {**facts, "files_that_are_not_here": missing}
        archive.writestr(
            zipfile.ZipInfo("everything.json", clock.local(clock.now()).timetuple()[:6]),
            json.dumps(whole, indent=2, ensure_ascii=False),
            zipfile.ZIP_DEFLATED,
        )


def facts_about_account(account: Account) -> dict[str, Any]:
    """What is held about one account; not what its person did at the council's desk."""
    memberships = db.session.scalars(
        select(Membership).where(Membership.account_id == account.id).order_by(Membership.id)
    )
    security = db.session.scalars(
        select(SecurityEntry)
        .where(SecurityEntry.account_id == account.id)
        .order_by(SecurityEntry.id)
    )
    return _plain(
        {
            "made_at": clock.now(),
            "account": {
                "number": account.id,
                "name": account.name,
                "email": account.email,
                "email_confirmed_at": account.email_confirmed_at,
                "made_at": account.created_at,
                "council_roles": sorted(account.roles),
            },
            "clubs": [
                {"name": one.organisation.name, "role": _role(one.role), "since": one.since}
                for one in memberships
            ],
            "signed_in": [
                {"since": one.began_at, "last_used_at": one.last_seen_at}
                for one in open_web_sessions(account)
            ],
            "security": [
                {"at": one.at, "what": one.action, "from": one.address} for one in security
            ],
            "what_you_did": [] if account.is_staff else _deeds(account),
        }
    )


def _self_check(assessment: Assessment) -> dict[str, Any]:
    status = assessment.status
    return {
        "reference": assessment.reference,
        "edition": assessment.edition,
        # What happens at the council's desk meanwhile is its own.
        "status": "with the council" if status in WITH_THE_COUNCIL else str(status),
        "begun_at": assessment.begun_at,
        "sent_at": assessment.submitted_at,
        "listed_until": assessment.listed_until,
        "answers": {
            one.question_key: {"parts": one.parts, "saved_at": one.updated_at}
            for one in assessment.answers
        },
        "papers": [
            {
                "question": one.question_key,
                "file": one.file_id,
                "page": one.page,
                "asked_about": one.risks,
            }
            for one in assessment.evidence
        ],
        "sent": [
            {
                "number": one.number,
                "sent_at": one.submitted_at,
                "declared_name": one.declared_name,
                "declared_role": one.declared_role,
                "document": one.document,
            }
            for one in assessment.submissions
        ],
        "sent_back": [
            {"question": one.question_key, "words": one.words}
            for one in db.session.scalars(
                select(ReturnedQuestion)
                .where(ReturnedQuestion.assessment_id == assessment.id)
                .order_by(ReturnedQuestion.id)
            )
        ],
        "decisions": [
            {
                "what": one.action,
                "at": one.at,
                "listed_until": one.listed_until,
                "words": one.reason if one.action in SAID_TO_THE_CLUB else "",
            }
            for one in assessment.decisions
            if one.action in DECIDED
        ],
    }


def _changes(organisation: Organisation) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(Change).where(Change.organisation_id == organisation.id).order_by(Change.id)
    )
    return [
        {
            "about": one.about,
            "record": one.record_id,
            "question": one.question_key,
            "kind": one.kind,
            "state": one.state,
            "fields": one.fields,
            "told_at": one.told_at,
            "sent_at": one.sent_at,
            "due_on": one.due_on,
            "begins_on": one.begins_on,
            "settled_at": one.settled_at,
            "words": one.words,
        }
        for one in rows
    ]


def _person(one: Membership) -> dict[str, Any]:
    return {
        "name": one.account.name,
        "email": one.account.email,
        "role": _role(one.role),
        "since": one.since,
    }


def _role(role: str) -> str:
    return "owner" if role == "owner" else "helper"


def _invitations(organisation: Organisation) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(Invitation)
        .where(Invitation.organisation_id == organisation.id)
        .order_by(Invitation.id)
    )
    return [
        {
            "email": one.email,
            "role": _role(one.role),
            "invited_at": one.invited_at,
            "until": one.expires_at,
            "used_at": one.used_at,
            "withdrawn_at": one.withdrawn_at,
        }
        for one in rows
    ]


def _hand_overs(organisation: Organisation) -> list[dict[str, Any]]:
    """Who handed over to whom. What a helper wrote to the council about an owner is not here."""
    rows = db.session.scalars(
        select(HandOver).where(HandOver.organisation_id == organisation.id).order_by(HandOver.id)
    )
    return [
        {
            "kind": one.kind,
            "from": one.giver.name if one.giver else None,
            "to": one.taker.name,
            "begun_at": one.begun_at,
            "state": one.state,
            "settled_at": one.settled_at,
        }
        for one in rows
    ]


def _leads(organisation: Organisation) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(NamedLead).where(NamedLead.organisation_id == organisation.id).order_by(NamedLead.id)
    )
    return [
        {
            "name": one.name,
            "email": one.email,
            "named_at": one.named_at,
            "asked_at": one.asked_at,
            "answer": one.answer,
            "answered_at": one.answered_at,
        }
        for one in rows
    ]


def _history(organisation: Organisation) -> list[dict[str, Any]]:
    """What its own people did, those who left too. Nothing that somebody of the council did, no
    reads and no restricted entries; nor the numbers of entries: their gaps speak of others."""
    own = Entry.organisation_id == organisation.id
    came = select(Entry.actor_id).where(own, Entry.action.in_(CAME))
    ids = {*db.session.scalars(came), *organisation.member_ids}
    accounts = db.session.scalars(select(Account).where(Account.id.in_(ids)))
    people = {one.id: one.name for one in accounts if not one.is_staff}
    rows = db.session.scalars(
        select(Entry)
        .where(
            own,
            Entry.actor_id.in_(people),
            Entry.restricted.is_(False),
            Entry.action.not_in(("read", "refused")),
        )
        .order_by(Entry.number)
    )
    return [{"at": one.at, "who": people[one.actor_id or 0], "what": one.action} for one in rows]


def _letters(organisation: Organisation) -> list[dict[str, Any]]:
    """Which emails were sent to its people, and when. Not the links that were in them."""
    people = [one.account.email for one in organisation.members]
    rows = db.session.scalars(
        select(Message)
        .where(
            Message.organisation_id == organisation.id,
            Message.recipient.in_(people),
            Message.template.like("club/%"),
            Message.sent_at.is_not(None),
        )
        .order_by(Message.id)
    )
    return [{"to": one.recipient, "about": one.template, "sent_at": one.sent_at} for one in rows]


def _deeds(account: Account) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(Entry)
        .where(Entry.actor_id == account.id, Entry.restricted.is_(False))
        .order_by(Entry.number)
    )
    return [{"at": one.at, "what": one.action} for one in rows]


def _name_in(stored: StoredFile) -> str:
    """A name inside the ZIP that is like no other and leads out of no folder."""
    plain = "".join(c if c.isalnum() or c in " .-_()" else "_" for c in stored.name).strip(" .")
    return f"files/{stored.id}-{plain or stored.kind}"


def _plain(value: Any) -> Any:
    """Dates and times as ISO words, everything else as JSON knows it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value
