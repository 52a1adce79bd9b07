"""A picture is made anew: nothing but the dots goes over."""

import io
import struct
import zlib

import pytest
from PIL import Image
from sqlalchemy import select

from registry.clock import now
from registry.database import db
from registry.errors import BadInput
from registry.files import scanning
from registry.files.kinds import LARGEST_FILE
from registry.files.models import StoredFile
from registry.files.pictures import forget_picture, keep_picture, remade
from registry.files.services import sweep_orphans
from registry.files.store import blob_store
from tests.files.specimens import a_pdf


def a_picture(kind: str = "JPEG", size=(1600, 900), colour=(200, 30, 30), **saved) -> bytes:
    written = io.BytesIO()
    Image.new("RGB" if kind == "JPEG" else "RGBA", size, colour).save(written, kind, **saved)
    return written.getvalue()


def with_everything_a_phone_writes() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Secretphone"
    exif[0x0112] = 6  # lies on its side
    exif[0x9286] = "GPS of my home"
    exif.get_ifd(0x8825)[2] = (52.0, 35.0, 10.0)
    return a_picture(size=(1600, 800), exif=exif.tobytes(), comment=b"Secretcomment")


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def test_what_a_phone_writes_beside_the_dots_is_gone():
    sent = with_everything_a_phone_writes()
    assert b"Secretphone" in sent
    assert b"Secretcomment" in sent
    made = remade(sent, "party.jpg")
    for content in (made.large, made.small):
        picture = opened(content)
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density",
                                     "progressive", "progression"}  # fmt: skip
        assert b"Secret" not in content
        assert b"Exif" not in content


def test_it_is_turned_the_right_way_up_and_made_in_two_sizes():
    made = remade(with_everything_a_phone_writes(), "party.jpg")
    assert (made.width, made.height) == (600, 1200)
    assert opened(made.large).size == (600, 1200)
    assert opened(made.small).size == (240, 480)


def test_a_small_one_is_not_blown_up():
    made = remade(a_picture(size=(300, 220)), "logo.jpg")
    assert opened(made.large).size == opened(made.small).size == (300, 220)


def test_what_one_sees_through_is_white():
    made = remade(a_picture("PNG", (300, 300), (0, 0, 0, 0)), "logo.png")
    assert opened(made.large).getpixel((150, 150)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_every_way_of_keeping_dots_is_read(mode):
    written = io.BytesIO()
    Image.new(mode, (300, 250)).save(written, "JPEG" if mode == "CMYK" else "PNG")
    name = "a.jpg" if mode == "CMYK" else "a.png"
    assert opened(remade(written.getvalue(), name).large).mode == "RGB"


def a_bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge, and is a few bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (a_pdf("Plan"), "plan.pdf", "This is not a picture"),
        (a_picture()[:-900], "cut.jpg", "damaged"),
        (a_picture("PNG")[:-30], "cut.png", "damaged"),
        (a_picture(), "is.png", "Rename it"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.svg", "cannot take this kind"),
        (b"GIF89a" + b"\0" * 60, "old.gif", "cannot take this kind"),
        (b"", "nothing.jpg", "empty"),
        (a_picture(size=(40, 300)), "thin.jpg", "too small"),
        (a_bomb(100_000, 100_000), "bomb.png", "too large to open"),
        (a_bomb(5_000, 5_000), "big.png", "too large to open"),
        (a_bomb(600, 600), "hollow.png", "damaged"),
        (b"\xff\xd8\xff" + b"\0" * LARGEST_FILE, "huge.jpg", "too big"),
    ],
)
def test_what_is_refused(content, name, why):
    with pytest.raises(BadInput) as refused:
        remade(content, name)
    assert why in refused.value.sentence


def test_both_sizes_are_kept_and_what_was_sent_is_not(desk):
    sent = with_everything_a_phone_writes()
    kept = keep_picture(io.BytesIO(sent), "party.jpg", 7, 1)
    rows = db.session.scalars(select(StoredFile)).all()
    assert {row.sha256 for row in rows} == {kept.large, kept.small}
    assert {(row.use, row.kind, row.organisation_id) for row in rows} == {("picture", "jpg", 7)}
    assert opened(blob_store().get(kept.large)).size == (kept.width, kept.height)
    assert sent not in {blob_store().get(row.sha256) for row in rows}


def test_what_is_let_go_of_is_erased_by_the_sweep_and_a_paper_is_not(desk, monkeypatch):
    kept = keep_picture(io.BytesIO(a_picture()), "hall.jpg", 7, 1)
    same = StoredFile(
        sha256=kept.large, name="hall.jpg", kind="jpg", size=1, organisation_id=7, uploaded_at=now()
    )
    db.session.add(same)
    forget_picture(7, {kept.large, kept.small})
    assert [row.use for row in db.session.scalars(select(StoredFile))] == ["paper"]
    monkeypatch.setattr("registry.files.services._LEAVE_ALONE", -desk_age())
    sweep_orphans()
    assert blob_store().exists(kept.large)
    assert not blob_store().exists(kept.small)


def desk_age():
    from datetime import timedelta

    return timedelta(days=2)


def test_an_infected_one_stays_outside(desk, monkeypatch):
    monkeypatch.setattr("registry.files.pictures.scan", lambda content: "infected")
    with pytest.raises(BadInput):
        keep_picture(io.BytesIO(a_picture()), "hall.jpg", 7, 1)
    assert scanning.scan(b"") == "unscanned"
    assert db.session.scalars(select(StoredFile)).all() == []
