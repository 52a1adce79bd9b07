"""Writing the history. Proving that nobody changed it is the business of `chain.py`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, delete, update
from sqlalchemy.orm import Session

from registry import clock
from registry.audit.chain import digest_of
from registry.audit.models import Entry, HistoryHead, SecurityEntry
from registry.database import db, short_transaction

KEPT_BESIDE_THE_CHAIN = timedelta(days=366)
# Written on every act, so they are put together once.
_HEAD = HistoryHead.__table__
_TAKE_NUMBER = (
    update(_HEAD)
    .where(_HEAD.c.id == 1)
    .values(number=_HEAD.c.number + 1)
    .returning(_HEAD.c.number, _HEAD.c.digest)
)
_KEEP_DIGEST = update(_HEAD).where(_HEAD.c.id == 1).values(digest=bindparam("sealed"))


@dataclass(frozen=True)
class Actor:
    """Who did it, by number alone."""

    id: int | None


def record(
    action: str,
    subject: Any,
    actor: Any = None,
    *,
    organisation_id: int | None = None,
    details: Mapping[str, Any] | None = None,
    restricted: bool = False,
    session: Session | None = None,
) -> Entry:
    """Write one act into the history, in the caller's transaction.

    `subject` is a record with an `id`, or a ready pair (type, id). `details` may hold ids,
    names of fields, states and digests; never free text, addresses or file content.
    """
    session = session or db.session  # type: ignore[assignment]
    assert session is not None
    session.flush()
    subject_type, subject_id = _name_of(subject)
    number, previous = session.execute(_TAKE_NUMBER).one()
    entry = Entry(
        number=number,
        at=clock.now(),
        actor_id=getattr(actor, "id", None),
        action=action,
        subject_type=subject_type,
        subject_id=subject_id,
        organisation_id=organisation_id or getattr(subject, "organisation_id", None),
        details=dict(details or {}),
        restricted=restricted,
        previous_digest=previous,
    )
    entry.digest = digest_of(entry)
    session.add(entry)
    session.execute(_KEEP_DIGEST, {"sealed": entry.digest})
    session.flush()
    return entry


def record_read(
    subject: Any, actor: Any, organisation_id: int | None = None, *, restricted: bool = False
) -> None:
    """Say that somebody read something private, before it is shown: no entry, no file."""
    _record_alone("read", subject, actor, organisation_id, {}, restricted=restricted)


def record_taken_copy(subject: Any, actor: Any) -> None:
    """Say that somebody takes a copy of everything, before it is made."""
    _record_alone("taken_copy", subject, actor, getattr(subject, "organisation_id", None), {})


def record_exported(subject: Any, actor: Any, details: Mapping[str, Any]) -> None:
    """Say that somebody takes the numbers of a report away as a file, before it is sent."""
    _record_alone("exported_report", subject, actor, None, details)


def record_taken_export(subject: Any, actor: Any, details: Mapping[str, Any]) -> None:
    """Say that somebody takes a copy of the whole register away, before it is sent."""
    _record_alone("took_register", subject, actor, None, details)


def record_refused(permission: str, subject: Any, actor: Any) -> None:
    """Say that somebody asked for what is not theirs."""
    _record_alone(
        "refused",
        subject,
        actor,
        getattr(subject, "organisation_id", None),
        {"permission": permission},
        restricted=getattr(subject, "is_restricted", False),
    )


def _record_alone(
    action: str,
    subject: Any,
    actor: Any,
    organisation_id: int | None,
    details: Mapping[str, Any],
    *,
    restricted: bool = False,
) -> None:
    """An entry in a transaction of its own. Everything is read from the records before it
    begins, because reading one again would open a second transaction that waits for this one."""
    named, who = _name_of(subject), Actor(getattr(actor, "id", None))
    with short_transaction() as session:
        record(
            action,
            named,
            who,
            organisation_id=organisation_id,
            details=details,
            restricted=restricted,
            session=session,
        )


def record_security(
    action: str, account_id: int | None, address: str = "", *, session: Session | None = None
) -> None:
    """One line beside the chain: signing in, failing to, a link used (kept for 12 months)."""
    (session or db.session).add(
        SecurityEntry(at=clock.now(), account_id=account_id, action=action, address=address)
    )


def forget_old_security_entries() -> None:
    """Let go of what was written beside the chain more than 12 months ago."""
    db.session.execute(
        delete(SecurityEntry).where(SecurityEntry.at < clock.now() - KEPT_BESIDE_THE_CHAIN)
    )


def _name_of(subject: Any) -> tuple[str, str]:
    if isinstance(subject, tuple):
        return str(subject[0]), str(subject[1])
    return type(subject).__tablename__, str(subject.id)
