"""Sealing: years of the history that are past retention go into a file, and out of the database.

This is the only code that may lift the trigger which refuses every change to the history. It
takes entries from the front of the chain alone, whole years at a time, after the whole chain was
found unbroken; their last digest stays as the anchor from which the chain goes on.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, func, select, text

from registry import clock
from registry.audit.chain import SEALED, Anchor, as_lines, first_break, last_anchor
from registry.audit.models import Entry, HistorySeal
from registry.audit.services import record
from registry.database import db
from registry.errors import NotAllowedNow

YEARS_KEPT = 6


@dataclass(frozen=True)
class Sealable:
    """What could be sealed today."""

    first_number: int
    last_number: int
    last_year: int

    @property
    def entries(self) -> int:
        """How many entries these are."""
        return self.last_number - self.first_number + 1


@dataclass(frozen=True)
class Sealed:
    """What was sealed, and the file that has it."""

    path: Path
    entries: int
    last_year: int
    file_digest: str


def last_year_to_seal() -> int:
    """The last year that is past retention to its last day."""
    return clock.today().year - YEARS_KEPT - 1


def sealable() -> Sealable | None:
    """The entries at the front of the chain that are older than retention asks for."""
    year = last_year_to_seal()
    end = datetime(year + 1, 1, 1, tzinfo=clock.LONDON)
    anchor = last_anchor()
    stays = db.session.scalar(select(func.min(Entry.number)).where(Entry.at >= end))
    last = stays - 1 if stays else db.session.scalar(select(func.max(Entry.number))) or 0
    return Sealable(anchor.number + 1, last, year) if last > anchor.number else None


def seals() -> list[HistorySeal]:
    """What was sealed until now, the last first."""
    return list(db.session.scalars(select(HistorySeal).order_by(HistorySeal.number.desc())))


def seal(folder: Path) -> Sealed | None:
    """Export what is past retention, and take it out. Answers None where there is nothing.

    The file is on disk, whole, before anything is taken out. Raises NotAllowedNow where the
    chain is broken: nothing is sealed that could not be proved.
    """
    broken = first_break()
    if broken is not None:
        raise NotAllowedNow(
            f"The history is broken at entry {broken}. Nothing is sealed until that is explained."
        )
    found = sealable()
    if found is None:
        return None
    last = db.session.get_one(Entry, found.last_number)
    anchor = Anchor(last.number, last.digest)
    name = f"history-{found.first_number}-{found.last_number}-to-{found.last_year}.jsonl"
    digest = _write(folder / name, found)
    # The entry comes first: it makes every other writer wait until this is done.
    record(
        SEALED,
        ("history", str(found.last_year)),
        details={
            "number": anchor.number,
            "digest": anchor.digest,
            "first": found.first_number,
            "file_digest": digest,
        },
    )
    with _trigger_lifted():
        db.session.execute(delete(Entry).where(Entry.number <= found.last_number))
    db.session.add(
        HistorySeal(
            number=anchor.number,
            digest=anchor.digest,
            first_number=found.first_number,
            last_year=found.last_year,
            file_name=name,
            file_digest=digest,
            sealed_at=clock.now(),
        )
    )
    db.session.flush()
    return Sealed(folder / name, found.entries, found.last_year, digest)


def _write(path: Path, found: Sealable) -> str:
    """The entries as JSON lines, sure to be on disk. Returns the SHA-256 of the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    digest = hashlib.sha256()
    entries = db.session.scalars(
        select(Entry).where(Entry.number <= found.last_number).order_by(Entry.number)
    ).yield_per(1000)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for line in as_lines(entries):
            file.write(line.encode())
            digest.update(line.encode())
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    return digest.hexdigest()


@contextmanager
def _trigger_lifted() -> Iterator[None]:
    """Let entries be taken out, in this transaction alone; the trigger is there again after it."""
    db.session.flush()
    db.session.expunge_all()
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE entry DISABLE TRIGGER entry_kept_as_written"))
        yield
        connection.execute(text("ALTER TABLE entry ENABLE TRIGGER entry_kept_as_written"))
        return
    kept = connection.execute(
        text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'entry_no_delete'")
    ).scalar_one()
    connection.execute(text("DROP TRIGGER entry_no_delete"))
    yield
    connection.exec_driver_sql(kept)
