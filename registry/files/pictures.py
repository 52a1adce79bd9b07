"""Pictures for public pages: made anew from the dots alone, in two sizes.

What a phone writes beside the dots (where it was taken, when, by which phone, a small copy of the
whole) is not carried over. What is not a picture is refused before it is opened.
"""

import io
import warnings
from typing import BinaryIO, NamedTuple

from PIL import Image, ImageFile, ImageOps
from sqlalchemy import delete

from registry import clock
from registry.database import db
from registry.errors import BadInput
from registry.files.kinds import LARGEST_FILE, clean_name, examine
from registry.files.models import StoredFile
from registry.files.scanning import scan
from registry.files.services import refuse_over_quota
from registry.files.store import blob_store

__all__ = ["KeptPicture", "Remade", "forget_picture", "keep_picture", "remade"]

LARGE, SMALL = 1200, 480  # the longer side
LEAST = 200
# A phone's picture is read at a part of its size; a PNG must be unpacked whole.
MOST_DOTS_OF_A_PNG = 16_000_000
_QUALITY = 82
_WHITE = (255, 255, 255)


class Remade(NamedTuple):
    """A picture made anew: both sizes as JPEG, and how wide and high the large one is."""

    large: bytes
    small: bytes
    width: int
    height: int


class KeptPicture(NamedTuple):
    """A picture that is kept: the digests of its two sizes, and how large the large one is."""

    large: str
    small: str
    width: int
    height: int


def remade(content: bytes, filename: str) -> Remade:
    """The picture made anew, the right way up. Raises BadInput with the reason."""
    kind = examine(content, filename).kind
    if kind not in ("jpg", "png"):
        raise BadInput("This is not a picture. Choose a JPG or PNG picture.")
    picture = _opened(content, kind)
    if min(picture.size) < LEAST:
        raise BadInput(
            f"This picture is too small. It must be at least {LEAST} dots wide and high. "
            "Choose a larger one."
        )
    large, small = _fitted(picture, LARGE), _fitted(picture, SMALL)
    return Remade(_as_jpeg(large), _as_jpeg(small), *large.size)


def keep_picture(
    stream: BinaryIO, filename: str, organisation_id: int, account_id: int | None
) -> KeptPicture:
    """Take in a picture of an organisation: look at it, scan it, make it anew, store it.

    What was sent is not kept, only what was made of it. Raises BadInput with the reason.
    """
    content = stream.read(LARGEST_FILE + 1)
    made = remade(content, filename)
    refuse_over_quota(organisation_id, len(made.large) + len(made.small))
    verdict = scan(content)
    if verdict == "infected":
        raise BadInput(
            "Our virus scanner found something harmful in this file, so we did not keep it. "
            "Check your computer or phone, then send another copy."
        )
    digests = []
    for size in (made.large, made.small):
        stored = StoredFile(
            sha256=blob_store().put(size),
            name=f"{clean_name(filename).rpartition('.')[0]}.jpg",
            kind="jpg",
            use="picture",
            size=len(size),
            pages=None,
            scan=verdict,
            organisation_id=organisation_id,
            uploaded_by_id=account_id,
            uploaded_at=clock.now(),
        )
        db.session.add(stored)
        digests.append(stored.sha256)
    db.session.flush()
    return KeptPicture(digests[0], digests[1], made.width, made.height)


def forget_picture(organisation_id: int, digests: set[str]) -> None:
    """Let go of a picture that nobody may see again. The sweep erases what has no row left."""
    db.session.execute(
        delete(StoredFile).where(
            StoredFile.organisation_id == organisation_id,
            StoredFile.use == "picture",
            StoredFile.sha256.in_(digests),
        )
    )


def _opened(content: bytes, kind: str) -> Image.Image:
    """The dots and nothing else: upright, in plain colours, on white where one sees through."""
    # WeasyPrint turns this on for the whole process; with it, a cut picture would count as whole.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
            if kind == "png" and picture.width * picture.height > MOST_DOTS_OF_A_PNG:
                raise BadInput("This picture is too large to open. Make it smaller, or send a JPG.")
            picture.draft("RGB", (2 * LARGE, 2 * LARGE))
            picture.load()
            upright = ImageOps.exif_transpose(picture)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise BadInput(
            "This picture is damaged or its end is missing. Save it again, then choose it again."
        ) from error
    seen = upright.convert("RGBA")
    plain = Image.new("RGB", seen.size, _WHITE)
    plain.paste(seen, mask=seen.getchannel("A"))
    return plain


def _fitted(picture: Image.Image, longest: int) -> Image.Image:
    """The picture with its longer side no longer than this. A small one is not blown up."""
    fitted = picture.copy()
    fitted.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return fitted


def _as_jpeg(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=_QUALITY, optimize=True, progressive=True, subsampling=0)
    return written.getvalue()
