"""Proving that nobody changed the history: each entry carries the digest of the one before it."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.audit.models import Entry, HistoryHead, HistorySeal
from registry.database import db

GENESIS = "0" * 64
SEALED = "history_sealed"
# How often somebody who waits is told how far it is.
TOLD_EVERY = 5_000


@dataclass(frozen=True)
class Anchor:
    """From where the chain is walked: the last entry that is not here any more."""

    number: int
    digest: str


@dataclass(frozen=True)
class Walk:
    """What a walk along the chain found: how many entries, and the first that does not fit."""

    entries: int
    broken_at: int | None


def walk(session: Session | None = None, tell: Callable[[int], None] | None = None) -> Walk:
    """Hold every entry against the one before it, from the last seal to the head.

    `tell` hears now and then how many were read. A long walk brings a session that only reads.
    """
    session = session or db.session  # type: ignore[assignment]
    assert session is not None
    anchor = last_anchor(session)
    number, previous, read = anchor.number, anchor.digest, 0
    for entry in session.scalars(select(Entry).order_by(Entry.number)).yield_per(1000):
        read += 1
        if not _follows(entry, number, previous):
            return Walk(read, entry.number)
        previous, number = entry.digest, entry.number
        if tell and read % TOLD_EVERY == 0:
            tell(read)
    head = session.execute(select(HistoryHead.number, HistoryHead.digest)).one()
    if tuple(head) != (number, previous):
        return Walk(read, number + 1)
    return Walk(read, None if anchor.number == 0 or _is_sworn(session, anchor) else anchor.number)


def first_break() -> int | None:
    """The number of the first entry that does not fit the chain, or None if all fit."""
    return walk().broken_at


def count_entries() -> int:
    """How many entries there are to walk along."""
    return db.session.scalar(select(func.count()).select_from(Entry)) or 0


def last_anchor(session: Session | None = None) -> Anchor:
    """Where the chain begins now: with nothing, or after what was sealed last."""
    sealed = (
        (session or db.session)
        .execute(
            select(HistorySeal.number, HistorySeal.digest)
            .order_by(HistorySeal.number.desc())
            .limit(1)
        )
        .one_or_none()
    )
    return Anchor(*sealed) if sealed else Anchor(0, GENESIS)


def digest_of(entry: Entry) -> str:
    """SHA-256 over everything that the entry says and the digest of the one before it."""
    return digest_of_facts(facts_of(entry))


def facts_of(entry: Entry) -> dict[str, Any]:
    """What an entry says, as it is exported: enough to make its digest again."""
    return {
        "number": entry.number,
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor_id": entry.actor_id,
        "action": entry.action,
        "subject_type": entry.subject_type,
        "subject_id": entry.subject_id,
        "organisation_id": entry.organisation_id,
        "details": entry.details,
        "restricted": entry.restricted,
        "previous_digest": entry.previous_digest,
    }


def digest_of_facts(facts: Mapping[str, Any]) -> str:
    """The same from an export: the values in the order above, as JSON without spaces."""
    text = json.dumps(
        list(facts.values()), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).hexdigest()


def as_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """JSON lines, one for each entry, with its digest."""
    for entry in entries:
        said = {**facts_of(entry), "digest": entry.digest}
        yield json.dumps(said, separators=(",", ":"), ensure_ascii=False) + "\n"


def walk_file(lines: Iterable[str]) -> Walk:
    """Walk along an exported file; its first line is where it begins."""
    read, before = 0, None
    for line in lines:
        said = json.loads(line)
        digest, here = said.pop("digest"), int(said["number"])
        follows = before is None or before == Anchor(here - 1, said["previous_digest"])
        read, before = read + 1, Anchor(here, digest)
        if not follows or digest_of_facts(said) != digest:
            return Walk(read, here)
    return Walk(read, None)


def _follows(entry: Entry, number: int, previous: str) -> bool:
    return (
        entry.number == number + 1
        and entry.previous_digest == previous
        and entry.digest == digest_of(entry)
    )


def _is_sworn(session: Session, anchor: Anchor) -> bool:
    """Whether an entry of the chain says that it was sealed up to here."""
    sworn = session.scalars(
        select(Entry.details).where(Entry.action == SEALED).order_by(Entry.number.desc()).limit(1)
    ).first()
    return sworn is not None and (sworn.get("number"), sworn.get("digest")) == (
        anchor.number,
        anchor.digest,
    )
