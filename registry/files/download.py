"""Sends a stored file. Who may have it, and the entry that says so, is the route's affair."""

from flask import Response, send_file
from sqlalchemy import select

from registry.database import db
from registry.errors import NotFound
from registry.files.kinds import MEDIA_TYPES
from registry.files.models import StoredFile
from registry.files.services import open_file, refuse_hidden
from registry.files.store import blob_store


def attachment_response(stored: StoredFile) -> Response:
    """The file as an attachment that no browser opens in our pages, guesses at, or keeps.

    Raises NotAllowedNow or NotFound as `open_file` does.
    """
    response = send_file(
        open_file(stored),
        mimetype=MEDIA_TYPES[stored.kind],
        as_attachment=True,
        download_name=stored.name,
        conditional=False,
        etag=False,
    )
    response.content_length = stored.size
    # Assigned: send_file has set its own, which would let a shared computer keep the file.
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def picture_response(sha256: str, organisation_id: int | None = None) -> Response:
    """A picture that we made ourselves (registry.files.pictures), to be seen on a page.

    With a number, only one of that organisation. Raises NotAllowedNow or NotFound as
    `open_file` does.
    """
    found = select(StoredFile).where(StoredFile.sha256 == sha256, StoredFile.use == "picture")
    if organisation_id is not None:
        found = found.where(StoredFile.organisation_id == organisation_id)
    stored = db.session.scalars(found.order_by(StoredFile.id).limit(1)).first()
    if stored is None:
        raise NotFound()
    response = send_file(
        open_file(stored), mimetype=MEDIA_TYPES["jpg"], conditional=False, etag=False
    )
    response.content_length = stored.size
    response.headers["Cache-Control"] = "private, no-store"
    return response


def page_response(stored: StoredFile, picture: str) -> Response:
    """A page of a paper as a picture that we made, which no browser guesses at or keeps.

    Raises NotFound where the paper, or the picture, was erased; NotAllowedNow where a scanner
    keeps it closed.
    """
    refuse_hidden(stored)
    try:
        content = blob_store().get(picture)
    except FileNotFoundError as error:
        raise NotFound() from error
    kind = "png" if content.startswith(b"\x89PNG") else "jpg"
    response = Response(content, mimetype=MEDIA_TYPES[kind])
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
