"""A self-check that was entered for a club: made ready, confirmed, and then sent as its own.

Nothing is in the queue before somebody else has confirmed it: the club by the code of a letter,
or a second person of the council who holds the paper beside what was entered.
"""

from datetime import date, timedelta
from typing import Any, BinaryIO

from sqlalchemy import select

from registry import clock
from registry.assessments import services as assessments
from registry.assessments.lifecycle import Action, find
from registry.assessments.models import Assessment, AssistedEntry
from registry.assessments.services.submit import Incomplete, what_is_missing
from registry.assessments.steps import ask, lock
from registry.assisted.codes import digest_of_code, letter_code, new_seed
from registry.assisted.services.helping import owner_of
from registry.audit import services as history
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotFound, StaleVersion
from registry.files import services as files
from registry.messages import services as messages
from registry.permissions import P, assisting

CODE_LASTS = timedelta(days=60)


def prepare(
    assessment: Assessment,
    actor: Any,
    *,
    declared_name: str,
    declared_role: str,
    signed_on: date,
    declaration: BinaryIO,
    filename: str,
) -> AssistedEntry:
    """Make what was entered ready to be confirmed, with the paper that the club signed.

    Raises Incomplete naming what is missing. Everybody stops entering for the club.
    """
    lock(assessment)
    organisation = assessment.organisation
    if not assisting(actor, organisation):
        ask(actor, P.ANSWER, organisation)
        raise NotAllowedNow("You do not enter for this club now.")
    find(assessment.status, Action.SUBMIT)
    if missing := what_is_missing(assessment, clock.today()):
        raise Incomplete(missing)
    if not declared_name.strip() or not declared_role.strip():
        raise BadInput("Enter who signed, and their job in the club.")
    if signed_on > clock.today():
        raise BadInput("The day of the signature must be today or before.")
    stored = files.keep(declaration, filename, organisation.id, actor.id)
    seed = new_seed()
    entered_by = {one.updated_by_id for one in assessment.answers} & organisation.assisted_ids
    now = clock.now()
    entry = AssistedEntry(
        assessment_id=assessment.id,
        how=next(one.how for one in organisation.assistances if one.account_id == actor.id),
        declared_name=declared_name.strip(),
        declared_role=declared_role.strip(),
        signed_on=signed_on,
        declaration_id=stored.id,
        code_digest=digest_of_code(letter_code(seed)),
        prepared_at=now,
        prepared_by_id=actor.id,
        entered_by_ids=sorted({actor.id, *entered_by, *organisation.assisting_ids}),
    )
    assessment.assisted_entries.append(entry)
    for one in organisation.assistances:
        one.ended_at = one.ended_at or now
    db.session.flush()
    history.record(
        "prepare_entry",
        entry,
        actor,
        organisation_id=organisation.id,
        details={"assessment": assessment.id, "file": stored.id, "sha256": stored.sha256},
    )
    owner = owner_of(organisation)
    messages.queue(
        "club/assisted-entry",
        owner.email,
        {
            "name": owner.name,
            "organisation": organisation.name,
            "reference": assessment.reference,
            "signed_by": entry.declared_name,
            "seed": seed,
        },
        f"club/assisted-entry:{entry.id}",
        organisation_id=organisation.id,
    )
    return entry


def confirm_by_second(entry: AssistedEntry, actor: Any) -> None:
    """A second person of the council has held the paper beside what was entered."""
    ask(actor, P.CONFIRM_ENTRY, entry)
    _send(entry, actor, "second")


def confirm_by_club(code: str) -> AssistedEntry:
    """The club confirms by the code of its letter. Raises NotFound where it works no more."""
    entry = entry_behind(code)
    if entry is None:
        raise NotFound()
    _send(entry, owner_of(entry.assessment.organisation), "club")
    return entry


def decline(entry: AssistedEntry, actor: Any, words: str) -> None:
    """A second person found that it does not say what the paper says. It is entered again."""
    ask(actor, P.CONFIRM_ENTRY, entry)
    if not words.strip():
        raise BadInput("Write what does not match.")
    _withdraw(entry, actor, words)


def decline_by_club(code: str) -> AssistedEntry:
    """The club says that something is wrong. Somebody of the council calls it."""
    entry = entry_behind(code)
    if entry is None:
        raise NotFound()
    owner = owner_of(entry.assessment.organisation)
    _withdraw(entry, owner, "The club says that something is not right. Call them.")
    return entry


def entry_behind(code: str) -> AssistedEntry | None:
    """What waits behind the code of a letter, if it still works."""
    found = db.session.scalar(
        select(AssistedEntry).where(
            AssistedEntry.code_digest == digest_of_code(code),
            AssistedEntry.confirmed_at.is_(None),
            AssistedEntry.withdrawn_at.is_(None),
        )
    )
    return found if found and found.prepared_at + CODE_LASTS > clock.now() else None


def _send(entry: AssistedEntry, by: Any, how: str) -> None:
    """Send it as the club's own: its owner signed. Refused where anything moved meanwhile."""
    assessment = entry.assessment
    lock(assessment)
    db.session.refresh(entry)
    if not entry.is_open:
        raise NotAllowedNow("This is confirmed already, or was taken back.")
    if any(one.updated_at > entry.prepared_at for one in assessment.answers):
        raise StaleVersion("An answer was changed after this was made ready. Enter it again.")
    history.record(
        "confirm_entry",
        entry,
        by,
        organisation_id=entry.organisation_id,
        details={"assessment": assessment.id, "how": how},
    )
    assessments.submit(
        assessment,
        owner_of(assessment.organisation),
        declared_name=entry.declared_name,
        declared_role=entry.declared_role,
    )
    entry.confirmed_at, entry.confirmed_by_id, entry.confirmed_how = clock.now(), by.id, how
    entry.code_digest = None
    db.session.flush()


def _withdraw(entry: AssistedEntry, by: Any, words: str) -> None:
    if not entry.is_open:
        raise NotAllowedNow("This is confirmed already, or was taken back.")
    entry.withdrawn_at, entry.words, entry.code_digest = clock.now(), words.strip(), None
    history.record("decline_entry", entry, by, organisation_id=entry.organisation_id)
    db.session.flush()
