"""Erasing the bytes of a file for good, and keeping them from coming back.

A wrong file is erased at once: its bytes, and everything that was made of them. Its digest and the
reason stay, in the database and in a list beside it. The list is for the day on which an older
copy of the database is put back: it is replayed first (`flask --app wsgi registry files
replay-erasures`), before anybody can open anything.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update

from registry import clock
from registry.config import settings
from registry.database import db
from registry.errors import BadInput
from registry.files.models import WRONG_FILES, ErasedFile, StoredFile
from registry.files.paper_pages import forget_pages, is_kept
from registry.files.store import blob_store

__all__ = [
    "ERASED_NAME",
    "erase_bytes",
    "erase_use",
    "erase_wrong_file",
    "erasure_list",
    "refuse_erased",
    "replay_erasures",
    "was_wrong",
]

ERASED_NAME = "Erased file"
_LIST = "erased-files.jsonl"


def refuse_erased(content: bytes) -> None:
    """Raises BadInput for bytes that were erased as a wrong file."""
    if was_wrong(hashlib.sha256(content).hexdigest()):
        raise BadInput(
            "We cannot take this file. It has things in it that we may not keep. "
            "Send a blank one, or ask us."
        )


def was_wrong(sha256: str) -> bool:
    """Whether these bytes were erased as a wrong file."""
    found = select(ErasedFile.sha256).where(ErasedFile.sha256 == sha256)
    return db.session.scalar(found) is not None


def erase_wrong_file(sha256: str, reason: str, by_id: int | None) -> None:
    """Erase a wrong file and block its digest. The list beside the database is written first."""
    now = clock.now()
    if not was_wrong(sha256):
        _write_down(sha256, reason, now)
        db.session.add(ErasedFile(sha256=sha256, reason=reason, erased_at=now, erased_by_id=by_id))
    erase_bytes(sha256)


def erase_bytes(sha256: str) -> None:
    """Erase the bytes of every file with this digest, and everything that was made of them.

    The rows stay, without the name that somebody gave the file.
    """
    db.session.execute(
        update(StoredFile)
        .where(StoredFile.sha256 == sha256, StoredFile.erased_at.is_(None))
        .values(erased_at=clock.now(), name=ERASED_NAME)
    )
    forget_pages(sha256)
    blob_store().delete(sha256)


def erase_use(stored: StoredFile) -> None:
    """Let one file go; its bytes with it, unless somebody else sent the same ones."""
    stored.erased_at, stored.name = clock.now(), ERASED_NAME
    db.session.flush()
    if not is_kept(stored.sha256):
        erase_bytes(stored.sha256)


def erasure_list() -> Path:
    """The list beside the database: one line for each wrong file."""
    return settings().data_dir / _LIST


def replay_erasures(path: Path | None = None) -> int:
    """Erase again, and block again, everything that the list names. Answers how many there are.

    Safe to run at any time and as often as one likes. The caller commits.
    """
    known = {one.sha256: (one.reason, one.erased_at) for one in db.session.query(ErasedFile)}
    told = {sha256: (reason, at) for sha256, reason, at in _told(path or erasure_list())}
    for sha256, (reason, at) in {**told, **known}.items():
        if sha256 not in known:
            db.session.add(ErasedFile(sha256=sha256, reason=reason, erased_at=at))
        if sha256 not in told and path is None:
            _write_down(sha256, reason, at)
        erase_bytes(sha256)
    db.session.flush()
    return len({**told, **known})


def _told(path: Path) -> Iterator[tuple[str, str, datetime]]:
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        reason = said["reason"] if said["reason"] in WRONG_FILES else "other"
        yield said["sha256"], reason, datetime.fromisoformat(said["erased_at"])


def _write_down(sha256: str, reason: str, at: datetime) -> None:
    """On the disk before anything is erased: a machine that stops now erases it when it replays."""
    line = json.dumps({"sha256": sha256, "reason": reason, "erased_at": at.isoformat()})
    descriptor = os.open(erasure_list(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())
