"""Where the bytes lie: blobs named by their SHA-256, behind one small protocol.

A folder outside everything that is served. A blob is whole or not there: it is written beside its
place, forced to the disk, then renamed. Other stores (S3) keep the same promise in their own way.
"""

import contextlib
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from flask import current_app

from registry.config import settings
from registry.errors import Unavailable

_SHA256 = re.compile("[0-9a-f]{64}")


class BlobStore(Protocol):
    """Keeps bytes under their SHA-256 and gives them back unchanged."""

    def put(self, content: bytes) -> str:
        """Keep the bytes, once however often they come; answers their SHA-256."""

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises FileNotFoundError."""

    def open(self, sha256: str) -> BinaryIO:
        """The bytes as a stream that the caller closes. Raises FileNotFoundError."""

    def exists(self, sha256: str) -> bool:
        """Whether the bytes are here."""

    def delete(self, sha256: str) -> None:
        """Erase the bytes, if they are here."""

    def kept_before(self, instant: datetime) -> Iterator[str]:
        """The SHA-256 of every blob that was last put before the instant."""

    def clear_unfinished(self, before: datetime) -> int:
        """Take away what writes that never ended left behind; answers how many."""


class FolderStore:
    """A BlobStore in a folder: `ab/cd/abcd…`, readable by the service's own user only."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes) -> str:
        """Keep the bytes; see BlobStore. Raises Unavailable when the disk will not take them."""
        sha256 = hashlib.sha256(content).hexdigest()
        place = self._place(sha256)
        try:
            if place.exists():
                # Younger again, so that a sweep on its way leaves it for the row being written.
                os.utime(place)
                return sha256
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_whole(place, content)
        except OSError as error:
            raise Unavailable("We could not keep your file just now. Try again soon.") from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises FileNotFoundError."""
        return self._place(sha256).read_bytes()

    def open(self, sha256: str) -> BinaryIO:
        """The bytes as a stream. Raises FileNotFoundError."""
        return self._place(sha256).open("rb")

    def exists(self, sha256: str) -> bool:
        """Whether the bytes are here."""
        return self._place(sha256).is_file()

    def delete(self, sha256: str) -> None:
        """Erase the bytes, if they are here."""
        self._place(sha256).unlink(missing_ok=True)

    def kept_before(self, instant: datetime) -> Iterator[str]:
        """The SHA-256 of every blob that was last put before the instant."""
        for path in self.root.glob("??/??/*"):
            if _SHA256.fullmatch(path.name) and _is_older(path, instant):
                yield path.name

    def clear_unfinished(self, before: datetime) -> int:
        """Take away the .part files of writes that never ended; answers how many."""
        left = [path for path in self.root.glob("??/??/*.part") if _is_older(path, before)]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _place(self, sha256: str) -> Path:
        """Raises FileNotFoundError for what is no SHA-256, so that no name can leave the folder."""
        if not _SHA256.fullmatch(sha256):
            raise FileNotFoundError(sha256)
        return self.root / sha256[:2] / sha256[2:4] / sha256


def blob_store() -> BlobStore:
    """The store of this installation."""
    chosen: BlobStore | None = current_app.extensions.get("blob_store")
    return chosen or FolderStore(settings().blobs_dir)


def _write_whole(place: Path, content: bytes) -> None:
    """All of the content or nothing: .part, fsync, rename, and the folder's fsync."""
    part = place.with_name(f"{place.name}.{secrets.token_hex(8)}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    _sync_folder(place.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_older(path: Path, instant: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < instant
    except FileNotFoundError:
        return False
