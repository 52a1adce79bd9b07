"""Takes files in, gives them out, and tidies up. The caller commits."""

from datetime import timedelta
from typing import BinaryIO

from sqlalchemy import func, select

from registry import clock
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotFound
from registry.files.erasing import refuse_erased
from registry.files.kinds import LARGEST_FILE, clean_name, examine
from registry.files.models import StoredFile
from registry.files.paper_pages import forget_pages_of_gone_papers, is_kept
from registry.files.paper_text import refuse_certificate, text_in
from registry.files.scanning import may_be_shown, scan
from registry.files.store import blob_store

# Far above what an honest club sends, far below what would fill a disk.
MOST_FILES = 500
MOST_BYTES = 1024 * 1024 * 1024

# A blob is put before its row is committed; a sweep must not overtake a slow request.
_LEAVE_ALONE = timedelta(days=1)


def keep(
    stream: BinaryIO, filename: str, organisation_id: int, account_id: int | None
) -> StoredFile:
    """Take in one file of an organisation: look into it, scan it, store it, write its row.

    The row has its id when this returns. If the transaction is rolled back the blob has no row,
    and the sweep takes it away. Raises BadInput with the reason when the file may not come in.
    """
    return keep_and_read(stream.read(LARGEST_FILE + 1), filename, organisation_id, account_id)[0]


def keep_and_read(
    content: bytes, filename: str, organisation_id: int, account_id: int | None
) -> tuple[StoredFile, str]:
    """The same, with the words of the file for whoever looks at them next: to read them is slow."""
    refuse_erased(content)
    examined = examine(content, filename)
    text = text_in(content, examined.kind)
    refuse_certificate(text)
    refuse_over_quota(organisation_id, len(content))
    verdict = scan(content)
    if verdict == "infected":
        raise BadInput(
            "Our virus scanner found something harmful in this file, so we did not keep it. "
            "Check your computer or phone, then send another copy."
        )
    stored = StoredFile(
        sha256=blob_store().put(content),
        name=clean_name(filename),
        kind=examined.kind,
        size=len(content),
        pages=examined.pages,
        scan=verdict,
        organisation_id=organisation_id,
        uploaded_by_id=account_id,
        uploaded_at=clock.now(),
    )
    db.session.add(stored)
    db.session.flush()
    return stored, text


def open_file(stored: StoredFile) -> BinaryIO:
    """The file's bytes as a stream that the caller closes, exactly as they came in.

    Raises NotAllowedNow while a scanner has not read it, NotFound if its blob was erased.
    """
    refuse_hidden(stored)
    if stored.erased_at is not None:
        raise NotFound("This file is not here any more.")
    try:
        return blob_store().open(stored.sha256)
    except FileNotFoundError as error:
        raise NotFound("This file is not here any more.") from error


def text_of(stored: StoredFile) -> str:
    """The file's words, for reading beside it; nothing for a picture or what cannot be read."""
    if not may_be_shown(stored) or stored.erased_at is not None:
        return ""
    try:
        return text_in(blob_store().get(stored.sha256), stored.kind)
    except (BadInput, FileNotFoundError):
        return ""


def scan_waiting() -> int:
    """Scan what came in while the scanner was silent; answers how many now have a verdict.

    One found infected keeps its row, so that the reviewer learns why it cannot be opened.
    """
    waiting = db.session.scalars(
        select(StoredFile)
        .where(StoredFile.scan == "unscanned", StoredFile.erased_at.is_(None))
        .order_by(StoredFile.id)
    ).all()
    done = 0
    for stored in waiting:
        try:
            stored.scan = scan(blob_store().get(stored.sha256))
        except FileNotFoundError:
            continue
        if stored.scan == "unscanned":
            break
        done += 1
    return done


def sweep_orphans() -> int:
    """Erase blobs that no row names, and what broken writes left; answers how many."""
    store, before = blob_store(), clock.now() - _LEAVE_ALONE
    forget_pages_of_gone_papers()
    swept = store.clear_unfinished(before)
    for sha256 in list(store.kept_before(before)):
        if not is_kept(sha256):
            store.delete(sha256)
            swept += 1
    return swept


def refuse_over_quota(organisation_id: int, more: int) -> None:
    """Raises BadInput where an organisation has sent as much as one may."""
    files, size = db.session.execute(
        select(func.count(), func.coalesce(func.sum(StoredFile.size), 0)).where(
            StoredFile.organisation_id == organisation_id
        )
    ).one()
    if files >= MOST_FILES or size + more > MOST_BYTES:
        raise BadInput("You have sent us all the files we can keep. Ask us to make room.")


def refuse_hidden(stored: StoredFile) -> None:
    """Raises NotAllowedNow for what a virus scanner refused or has not read yet."""
    if stored.scan == "infected":
        raise NotAllowedNow("The virus scanner found something harmful here. It stays closed.")
    if not may_be_shown(stored):
        raise NotAllowedNow("The virus scanner has not read this file yet. Try again soon.")
