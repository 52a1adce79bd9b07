"""Beginning an import: keeping the file, saying what its columns are, or putting it aside."""

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import delete

from registry import clock
from registry.audit.services import record
from registry.config import settings
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotYours, Unavailable
from registry.files.kinds import clean_name
from registry.importing.columns import BY_NAME, guess, missing
from registry.importing.feeds import BrokenFeed
from registry.importing.feeds.fetching import checked_address
from registry.importing.models import ImportRow, ImportRun
from registry.importing.reading import BrokenFile
from registry.importing.reading.looking import LARGEST_FILE, Look, look
from registry.permissions import P, can

LONGEST_SOURCE = 100
_PIECE = 1024 * 1024


def may_import(actor: Any) -> None:
    """Ask again, where it is done. An operator at the machine itself is nobody to ask."""
    if actor is not None and not can(actor, P.IMPORT):
        raise NotYours()


def begin_with_file(stream: BinaryIO, filename: str, actor: Any, *, source: str = "") -> ImportRun:
    """Keep a file and look what it is. Raises BadInput where it cannot be taken in.

    A table waits until somebody has said what its columns are; any other is read at once.
    """
    may_import(actor)
    name = clean_name(filename)
    run = _begun(ImportRun(name=name, source=_source(source, name), kind="", shape="table"), actor)
    path = file_of(run)
    try:
        run.sha256 = keep_file(stream, path)
        take_look(run, look(path, name))
    except BrokenFile as broken:
        path.unlink(missing_ok=True)
        raise BadInput(str(broken)) from broken
    except OSError as error:
        raise Unavailable("We could not keep your file just now. Try again soon.") from error
    _told(run, actor)
    return run


def begin_with_address(address: str, actor: Any, *, source: str = "") -> ImportRun:
    """Begin with a feed, or with a file on the web. The worker fetches it."""
    may_import(actor)
    address = address.strip()
    try:
        host = checked_address(address).hostname
    except BrokenFeed as broken:
        raise BadInput(str(broken)) from broken
    if len(address) > 500:
        raise BadInput("The address is longer than 500 letters.")
    run = ImportRun(
        name=address[:300], address=address, source=_source(source, host), kind="web", shape="oruk"
    )
    run.state = "reading"
    _begun(run, actor)
    _told(run, actor)
    return run


def take_look(run: ImportRun, found: Look) -> None:
    """Write what a file is, and what comes next."""
    run.kind, run.shape, run.notes = found.kind, found.shape, found.notes
    run.header, run.sample = found.header, found.sample
    run.state = "reading"
    if found.shape == "table":
        run.columns, run.state = guess(found.header), "matching"


def choose_columns(run: ImportRun, columns: Mapping[str, str], actor: Any) -> None:
    """Say which column is which of our fields; the worker then reads the file.

    Raises BadInput where one is chosen twice, or one is missing that every row needs.
    """
    may_import(actor)
    if run.state != "matching":
        raise NotAllowedNow("The columns of this import are chosen already.")
    chosen = {
        place: name
        for place, name in columns.items()
        if name and place.isdecimal() and int(place) < len(run.header)
    }
    unknown = set(chosen.values()) - set(BY_NAME)
    if unknown:
        raise BadInput("Choose from the list what each column is.")
    twice = {name for name in chosen.values() if list(chosen.values()).count(name) > 1}
    if twice:
        labels = ", ".join(f"“{BY_NAME[name].label}”" for name in sorted(twice))
        raise BadInput(f"Choose {labels} for one column only.")
    if gone := missing(chosen):
        raise BadInput(f"Say which column is: {', '.join(f'“{label}”' for label in gone)}.")
    run.columns, run.state, run.leased_until = chosen, "reading", None
    db.session.flush()


def put_aside(run: ImportRun, actor: Any) -> None:
    """Take nothing in. The file and its rows are let go of."""
    may_import(actor)
    if run.state not in ("matching", "reading", "ready", "failed"):
        raise NotAllowedNow("This import is carried out, or put aside already.")
    run.state = "put_aside"
    record("put_aside_import", run, actor)
    forget_rows(run)


def go_on(run: ImportRun, actor: Any) -> None:
    """Try once more what stopped, from where it stopped."""
    may_import(actor)
    if run.state != "failed":
        raise NotAllowedNow("This import did not stop.")
    run.state, run.sentence, run.leased_until = "reading", "", None
    db.session.flush()


def forget_rows(run: ImportRun) -> None:
    """Let go of the rows that wait, and of the file."""
    db.session.execute(delete(ImportRow).where(ImportRow.run_id == run.id))
    run.sample, run.rows_gone_at = [], clock.now()
    db.session.flush()
    with suppress(OSError):
        file_of(run).unlink(missing_ok=True)


def file_of(run: ImportRun) -> Path:
    """Where the file of an import lies."""
    return settings().imports_dir / str(run.id)


def keep_file(stream: BinaryIO, path: Path) -> str:
    """Write a stream to its place, whole or not at all; answers its SHA-256."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    digest, size = hashlib.sha256(), 0
    try:
        with part.open("wb") as file:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > LARGEST_FILE:
                    raise BrokenFile("The file is bigger than 1,024 MB. Send it in parts.")
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def _begun(run: ImportRun, actor: Any) -> ImportRun:
    run.begun_at, run.begun_by_id = clock.now(), getattr(actor, "id", None)
    run.state = run.state or "matching"
    db.session.add(run)
    db.session.flush()
    return run


def _told(run: ImportRun, actor: Any) -> None:
    db.session.flush()
    details = {"kind": run.kind, "sha256": run.sha256}
    record("begin_import", run, actor, details=details)


def _source(given: str, otherwise: str | None) -> str:
    """Whose records these are: the same words as the last time know them again."""
    return " ".join((given or otherwise or "file").split())[:LONGEST_SOURCE]
