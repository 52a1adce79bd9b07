"""The shelf: what a person typed is never lost because it could not be saved just then.

A form whose web session ended, and files sent with a form that needs mending, wait here for
24 hours, encrypted, for the same account only. The page is then opened with `?kept=…`, its
form is filled from the shelf, and the files are offered again.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from cryptography.fernet import Fernet, InvalidToken
from flask import request, session
from flask_login import current_user
from sqlalchemy import delete, or_, select
from werkzeug.datastructures import FileStorage, MultiDict

from registry import clock
from registry.config import settings
from registry.database import db, short_transaction
from registry.web.models import ShelfItem

KEPT_FOR = timedelta(hours=24)
NOT_KEPT = {"csrf_token", "kept", "username", "password", "current_password"}


@dataclass(frozen=True)
class KeptFile:
    """A file on the shelf."""

    field: str
    filename: str
    content: bytes

    def storage(self) -> FileStorage:
        """The file as a form would have sent it."""
        return FileStorage(BytesIO(self.content), filename=self.filename, name=self.field)


@dataclass(frozen=True)
class Kept:
    """One form on the shelf: its text and its files."""

    form: MultiDict[str, str]
    files: tuple[KeptFile, ...]


def keep(account_id: int, path: str, form: MultiDict[str, str], files: list[KeptFile]) -> str:
    """Put a form on the shelf, in a transaction of its own. Returns the word that names it."""
    word = secrets.token_urlsafe(32)
    packed = {
        "form": [(k, v) for k, v in form.items(multi=True) if k not in NOT_KEPT],
        "files": [(f.field, f.filename, base64.b64encode(f.content).decode()) for f in files],
    }
    now = clock.now()
    with short_transaction() as transaction:
        transaction.execute(delete(ShelfItem).where(ShelfItem.expires_at < now))
        transaction.add(
            ShelfItem(
                id=word,
                account_id=account_id,
                path=path[:500],
                payload=_cipher().encrypt(json.dumps(packed).encode()),
                kept_at=now,
                expires_at=now + KEPT_FOR,
            )
        )
    return word


def keep_for_ended_session() -> str | None:
    """Keep this POST for the account whose web session has just ended; None if there is none."""
    account_id = session.get("account_id")
    sent = sent_files()
    if not isinstance(account_id, int) or not (sent or set(request.form) - NOT_KEPT):
        return None
    return keep(account_id, request.path, request.form, sent)


def sent_files() -> list[KeptFile]:
    """The files of this request that have a name and content."""
    found = []
    for field, storage in request.files.items(multi=True):
        if storage.filename:
            storage.stream.seek(0)
            found.append(KeptFile(field, storage.filename, storage.stream.read()))
            storage.stream.seek(0)
    return found


def keep_sent_files() -> str | None:
    """Keep the files of a form that has to be mended first, so that none is chosen twice.

    A form that came with `kept` brings the files it already had there along.
    """
    files = sent_files()
    names = {f.field for f in files}
    before = kept()
    if before:
        files += [f for f in before.files if f.field not in names]
    if not files:
        return None
    return keep(current_user.id, request.path, MultiDict(), files)


def kept(word: str = "") -> Kept | None:
    """What this request's `kept` word names (or another), if it is this account's and not too
    old."""
    word = word or request.values.get("kept", "")
    if not word or not current_user.is_authenticated:
        return None
    return _opened(db.session.get(ShelfItem, word[:43]))


def _opened(item: ShelfItem | None) -> Kept | None:
    if item is None or item.account_id != current_user.id or item.expires_at < clock.now():
        return None
    try:
        packed = json.loads(_cipher().decrypt(item.payload))
    except InvalidToken:
        return None
    files = tuple(KeptFile(f, n, base64.b64decode(content)) for f, n, content in packed["files"])
    return Kept(MultiDict(packed["form"]), files)


def left_here() -> str:
    """The word of the files that this account last sent to this address and could not save.

    Whoever presses “back” after a mistake opens the page without the word: their files are found
    all the same.
    """
    if not current_user.is_authenticated:
        return ""
    newest = db.session.scalars(
        select(ShelfItem)
        .where(
            ShelfItem.account_id == current_user.id,
            ShelfItem.path == request.path[:500],
            ShelfItem.expires_at >= clock.now(),
        )
        .order_by(ShelfItem.kept_at.desc())
        .limit(1)
    ).first()
    found = _opened(newest)
    return newest.id if newest and found and found.files and not found.form else ""


def form_data() -> MultiDict[str, str] | None:
    """What a form is filled from: the POST itself, or the shelf when the page is opened again."""
    if request.method == "POST":
        return request.form
    on_shelf = kept()
    return on_shelf.form if on_shelf and on_shelf.form else None


def form_data_and_files() -> MultiDict[str, str | FileStorage] | None:
    """The same together with the files that were sent, for a form that takes them as its own."""
    told = form_data()
    if told is None:
        return None
    on_shelf = kept()
    waited = [(f.field, f.storage()) for f in on_shelf.files] if on_shelf else []
    sent = [(name, f) for name, f in request.files.items(multi=True) if f.filename]
    return MultiDict([*told.items(multi=True), *(sent or waited)])


def files(field: str) -> list[FileStorage]:
    """The files of one field: those just sent, else those that waited on the shelf."""
    sent = [f for f in request.files.getlist(field) if f.filename]
    if sent:
        return sent
    on_shelf = kept()
    return [f.storage() for f in on_shelf.files if f.field == field] if on_shelf else []


def clear() -> None:
    """Take off the shelf what was kept of this form: it has been saved where it belongs."""
    db.session.execute(
        delete(ShelfItem).where(
            ShelfItem.account_id == current_user.id,
            or_(
                ShelfItem.id == request.values.get("kept", "")[:43],
                ShelfItem.path == request.path[:500],
            ),
        )
    )


def forget_all_of(account_id: int) -> None:
    """Take everything of one account off the shelf: its person goes for good."""
    db.session.execute(delete(ShelfItem).where(ShelfItem.account_id == account_id))


def _cipher() -> Fernet:
    key = hashlib.sha256(b"shelf:" + settings().secret_key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
