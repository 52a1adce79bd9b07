"""What may come in, what must not, and that what comes back is what went in."""

import hashlib
import io
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from PIL import ImageFile

from registry import clock
from registry.config import Settings
from registry.database import db
from registry.demonstration.paperwork import MADE
from registry.errors import BadInput, NotAllowedNow, NotFound, Unavailable
from registry.files.download import attachment_response
from registry.files.kinds import LARGEST_FILE, clean_name, examine
from registry.files.models import StoredFile
from registry.files.paper_text import is_dbs_certificate, text_in
from registry.files.services import keep, open_file, scan_waiting, sweep_orphans, text_of
from registry.files.store import FolderStore, blob_store
from tests.files import specimens as s

HONEST = {
    "plan.pdf": (s.a_pdf(pages=3), "pdf", 3),
    "PLAN.PDF": (s.a_pdf(), "pdf", 1),
    "plan.docx": (s.a_docx(), "docx", None),
    "plan.odt": (s.an_odt(), "odt", None),
    "notice.jpg": (s.a_picture("JPEG"), "jpg", None),
    "notice.jpeg": (s.a_picture("JPEG"), "jpg", None),
    "notice.png": (s.a_picture("PNG"), "png", None),
}

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXTERNAL_TEMPLATE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/attachedTemplate" Target="https://example.org/t.dotm" TargetMode="External"/>'
    b"</Relationships>"
)
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'

HOSTILE = {
    "empty": ("plan.pdf", b"", "is empty"),
    "too big": ("plan.pdf", s.a_pdf() + b" " * LARGEST_FILE, "10 MB or smaller"),
    "script": ("plan.sh", b"#!/bin/sh\nrm -rf /\n", "cannot take this kind"),
    "exe called pdf": ("plan.pdf", b"MZ" + b"\0" * 300, "cannot take this kind"),
    "html called pdf": ("plan.pdf", b"<html><script>alert(1)</script>", "cannot take this kind"),
    "svg": ("plan.svg", SVG, "cannot take this kind"),
    "svg called png": ("plan.png", SVG, "cannot take this kind"),
    "text": ("plan.txt", b"Our safeguarding plan", "cannot take this kind"),
    "old word file": ("plan.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "old Word"),
    "docx with a password": (
        "plan.docx",
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
        "has a password",
    ),
    "heic": ("photo.heic", b"\0\0\0\x18ftypheic" + b"\0" * 60, "HEIC"),
    "gif": ("photo.gif", b"GIF89a" + b"\0" * 60, "cannot take this kind"),
    "pdf called docx": ("plan.docx", s.a_pdf(), "ends in “.docx”, but it is a PDF"),
    "docx called pdf": ("plan.pdf", s.a_docx(), "it is a Word document"),
    "odt called docx": ("plan.docx", s.an_odt(), "it is an OpenDocument text"),
    "jpg called png": ("photo.png", s.a_picture("JPEG"), "it is a JPG picture"),
    "no ending": ("plan", s.a_pdf(), "has no ending"),
    "two endings": ("plan.pdf.exe", s.a_pdf(), "ends in “.exe”"),
    "nul in the name": ("plan.exe\x00.pdf\u202e", b"MZ" + b"\0" * 300, "cannot take"),
    "cut pdf": ("plan.pdf", s.a_pdf()[:-60], "end of this PDF is missing"),
    "pdf of rubbish": ("plan.pdf", b"%PDF-1.7\n" + os.urandom(3000) + b"%%EOF", "cannot open"),
    "locked pdf": ("plan.pdf", s.a_locked_pdf(), "has a password"),
    "pdf without pages": ("plan.pdf", s.a_pdf(pages=0), "cannot open"),
    "cut docx": ("plan.docx", s.a_docx()[:-400], "damaged"),
    "broken docx": ("plan.docx", s.with_broken_part(s.a_docx()), "damaged"),
    "docx of no xml": (
        "plan.docx",
        s.with_parts(s.a_docx(), {"word/document.xml": b"<w:document>"}),
        "damaged",
    ),
    "docx with entities": (
        "plan.docx",
        s.with_parts(s.a_docx(), {"word/document.xml": LAUGHS}),
        "damaged",
    ),
    "docx with a macro": (
        "plan.docx",
        s.with_parts(s.a_docx(), {"word/vbaProject.bin": b"Sub AutoOpen()"}),
        "has a macro",
    ),
    "docx with an external template": (
        "plan.docx",
        s.with_parts(s.a_docx(), {"word/_rels/settings.xml.rels": EXTERNAL_TEMPLATE}),
        "fetches a part of itself",
    ),
    "odt with a macro": (
        "plan.odt",
        s.with_parts(s.an_odt(), {"Basic/Standard/Module1.xml": b"<m/>"}),
        "has a macro",
    ),
    "odt with a password": (
        "plan.odt",
        s.with_parts(s.an_odt(), {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
        "has a password",
    ),
    "odt with entities": ("plan.odt", s.with_parts(s.an_odt(), {"content.xml": LAUGHS}), "damaged"),
    "docx with locked parts": ("plan.docx", s.marked_locked(s.a_docx()), "has a password"),
    "spreadsheet": (
        "list.docx",
        s.a_zip({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}),
        "cannot take this kind",
    ),
    "plain zip": ("plan.zip", s.a_zip({"a.txt": b"a"}), "cannot take this kind"),
    "zip bomb": (
        "plan.docx",
        s.with_parts(s.a_docx(), {f"word/media/{n}.bmp": bytes(9_000_000) for n in range(3)}),
        "unpacks to far too much",
    ),
    "zip of many": (
        "plan.docx",
        s.with_parts(s.a_docx(), {f"word/media/{n}": b"" for n in range(2_100)}),
        "unpacks to far too much",
    ),
    "one long part": (
        "plan.docx",
        s.with_parts(s.a_docx(), {"word/document.xml": os.urandom(64) * 300_000}),
        "unpacks to far too much",
    ),
    "pixel flood png": ("photo.png", s.a_flood(), "too large to open"),
    "flat png": ("photo.png", s.a_flood(0, 10), "nothing in it"),
    "cut png": ("photo.png", s.a_picture("PNG")[:-5000], "end is missing"),
    "cut jpg": ("photo.jpg", s.a_picture("JPEG")[:-5000], "end is missing"),
    "jpg of nothing": ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(100), "damaged"),
}

CERTIFICATE = ("Disclosure and Barring", "Service: Enhanced Certificate", "001234567890")


def hand_in(name: str, content: bytes, organisation_id: int = 1) -> StoredFile:
    return keep(io.BytesIO(content), name, organisation_id, account_id=7)


@pytest.mark.parametrize("name", HONEST)
def test_the_five_kinds_come_in(name: str) -> None:
    content, kind, pages = HONEST[name]
    assert examine(content, name) == (kind, pages)


@pytest.mark.parametrize("case", HOSTILE)
def test_refused(desk: Flask, case: str) -> None:
    name, content, said = HOSTILE[case]
    with pytest.raises(BadInput) as refusal:
        hand_in(name, content)
    assert said in refusal.value.sentence
    assert not list((desk.extensions["settings"].blobs_dir).glob("**/*"))
    assert db.session.query(StoredFile).count() == 0


def test_a_cut_picture_is_refused_whatever_other_libraries_allow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """WeasyPrint tells Pillow, for the whole process, to fill up what is missing."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(BadInput, match="end is missing"):
        examine(s.a_picture("JPEG")[:-5000], "photo.jpg")


def test_a_jpg_of_too_many_pixels_is_refused() -> None:
    content = bytearray(s.a_picture("JPEG"))
    size = content.find(b"\xff\xc0") + 5
    content[size : size + 4] = (60_000).to_bytes(2, "big") * 2
    with pytest.raises(BadInput, match="too large to open"):
        examine(bytes(content), "photo.jpg")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\ann\\plan.pdf", "plan.pdf"),
        ("  our\tplan\n.pdf ", "our plan .pdf"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        (".htaccess", "htaccess"),
        ("", "file"),
        ("///", "file"),
        ("اردو.pdf", "اردو.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_names_lose_what_could_mislead(given: str, kept: str) -> None:
    assert clean_name(given) == kept


class TestDbsCertificates:
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("paper.pdf", s.a_pdf(*CERTIFICATE)),
            ("paper.docx", s.a_docx(*CERTIFICATE)),
            ("paper.odt", s.an_odt(*CERTIFICATE)),
        ],
    )
    def test_a_certificate_is_refused_with_the_reason(
        self, desk: Flask, name: str, content: bytes
    ) -> None:
        with pytest.raises(BadInput, match="DBS certificate"):
            hand_in(name, content)
        assert not list(desk.extensions["settings"].blobs_dir.glob("**/*"))

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Disclosure and Barring Service 001234567890", True),
            ("DISCLOSURE  AND\nBARRING\nSERVICE … number: 0012 3456 7890.", True),
            ("Disclosure & Barring Service ００１２３４５６７８９０", True),
            ("Disclosure and Barring Service 01902 555392", False),
            ("Disclosure and Barring Service, 01902 555392 2 High Street", False),
            ("Disclosure and Barring Service 0012345678901", False),
            ("Account 001234567890", False),
            ("", False),
        ],
    )
    def test_only_the_name_and_a_twelve_digit_number_together(self, text: str, found: bool) -> None:
        assert is_dbs_certificate(text) is found

    def test_words_in_a_table_and_a_footer_count(self) -> None:
        document = s.docx.Document()
        document.add_table(1, 1).cell(0, 0).text = "Disclosure and Barring Service"
        document.sections[0].footer.paragraphs[0].text = "001234567890"
        buffer = io.BytesIO()
        document.save(buffer)
        assert is_dbs_certificate(text_in(buffer.getvalue(), "docx"))


class TestText:
    @pytest.mark.parametrize(
        ("kind", "content"),
        [
            ("pdf", s.a_pdf("Call the MASH", "Call 999", pages=2)),
            ("docx", s.a_docx("Call the MASH", "Call 999")),
            ("odt", s.an_odt("Call the MASH", "Call 999")),
        ],
    )
    def test_the_words_are_found_in_order(self, kind: str, content: bytes) -> None:
        text = text_in(content, kind)
        assert text.index("Call the MASH") < text.index("Call 999")

    def test_a_picture_has_no_words(self) -> None:
        assert text_in(s.a_picture(), "jpg") == ""

    @pytest.mark.parametrize("made", sorted(MADE.glob("*.pdf")), ids=lambda path: path.stem)
    def test_a_page_can_hold_every_word_of_our_own_papers(self, made: Path) -> None:
        """PDFium marks a hyphen at the end of a line with a control character."""
        text = text_in(made.read_bytes(), "pdf")
        assert [letter for letter in text if not letter.isprintable() and letter != "\n"] == []

    def test_no_more_than_two_hundred_pages_are_read(self) -> None:
        assert text_in(s.a_pdf("page", pages=250), "pdf").count("page") == 200

    @pytest.mark.usefixtures("desk")
    def test_the_words_of_a_stored_file(self) -> None:
        stored = hand_in("plan.docx", s.a_docx("Call the MASH"))
        assert text_of(stored) == "Call the MASH"
        stored.scan = "infected"
        assert text_of(stored) == ""


class TestStore:
    @pytest.mark.parametrize("name", HONEST)
    @pytest.mark.usefixtures("desk")
    def test_roundtrip(self, name: str) -> None:
        content, kind, pages = HONEST[name]
        stored = hand_in(name, content)
        db.session.commit()
        with open_file(stored) as file:
            assert file.read() == content
        assert stored.sha256 == hashlib.sha256(content).hexdigest()
        assert (stored.kind, stored.pages, stored.size) == (kind, pages, len(content))
        assert (stored.name, stored.organisation_id, stored.uploaded_by_id) == (name, 1, 7)
        assert stored.scan == "unscanned"

    def test_the_blob_is_named_by_its_digest_and_only_ours_to_read(self, tmp_path: Path) -> None:
        store = FolderStore(tmp_path / "files")
        sha256 = store.put(b"a plan")
        (path,) = [path for path in store.root.glob("**/*") if path.is_file()]
        assert path == store.root / sha256[:2] / sha256[2:4] / sha256
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert store.get(sha256) == b"a plan"
        assert store.exists(sha256)
        store.delete(sha256)
        store.delete(sha256)
        assert not store.exists(sha256)

    def test_the_same_bytes_are_kept_once(self, desk: Flask) -> None:
        first, second = hand_in("a.pdf", s.a_pdf()), hand_in("b.pdf", s.a_pdf(), 2)
        assert first.id != second.id
        assert first.sha256 == second.sha256
        files = [p for p in desk.extensions["settings"].blobs_dir.glob("**/*") if p.is_file()]
        assert len(files) == 1

    @pytest.mark.parametrize("sha256", ["../../secret", "", "A" * 64, "a" * 63, "a" * 64 + "\n"])
    def test_only_a_digest_names_a_blob(self, tmp_path: Path, sha256: str) -> None:
        with pytest.raises(FileNotFoundError):
            FolderStore(tmp_path).get(sha256)

    @pytest.mark.parametrize("step", ["fsync", "replace"])
    def test_atomic(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
        """Whatever breaks before the rename has ended, neither a blob nor a .part stays."""

        def full_disk(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full_disk) if step == "fsync" else monkeypatch.setattr(
            Path, "replace", full_disk
        )
        store = FolderStore(tmp_path)
        with pytest.raises(Unavailable):
            store.put(b"a plan")
        assert [path for path in tmp_path.glob("**/*") if path.is_file()] == []

    def test_the_content_is_on_the_disk_before_it_has_its_name(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        steps: list[str] = []
        real_sync, real_replace = os.fsync, Path.replace
        monkeypatch.setattr(os, "fsync", lambda fd: (steps.append("fsync"), real_sync(fd))[1])
        monkeypatch.setattr(
            Path, "replace", lambda p, to: (steps.append("rename"), real_replace(p, to))[1]
        )
        FolderStore(tmp_path).put(b"a plan")
        assert steps == ["fsync", "rename", "fsync"]

    def test_sweep(self, desk: Flask) -> None:
        """Blobs without a row and broken writes go, after a day; blobs with a row stay."""
        kept = hand_in("plan.pdf", s.a_pdf())
        db.session.commit()
        orphan = blob_store().put(b"its row was rolled back")
        part = desk.extensions["settings"].blobs_dir / orphan[:2] / orphan[2:4] / "x.part"
        part.write_bytes(b"half")
        assert sweep_orphans() == 0
        with time_machine.travel(clock.now() + timedelta(days=2)):
            assert sweep_orphans() == 2
        assert not blob_store().exists(orphan)
        assert not part.exists()
        assert blob_store().exists(kept.sha256)

    @pytest.mark.usefixtures("desk")
    def test_an_erased_blob_is_said_to_be_gone(self) -> None:
        stored = hand_in("plan.pdf", s.a_pdf())
        blob_store().delete(stored.sha256)
        with pytest.raises(NotFound):
            open_file(stored)
        assert text_of(stored) == ""

    @pytest.mark.usefixtures("desk")
    def test_quota(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("registry.files.services.MOST_FILES", 1)
        hand_in("a.pdf", s.a_pdf())
        with pytest.raises(BadInput, match="all the files we can keep"):
            hand_in("b.pdf", s.a_pdf())
        hand_in("b.pdf", s.a_pdf(), organisation_id=2)
        monkeypatch.setattr("registry.files.services.MOST_FILES", 9)
        monkeypatch.setattr("registry.files.services.MOST_BYTES", 900)
        with pytest.raises(BadInput, match="all the files we can keep"):
            hand_in("b.pdf", s.a_pdf())


class TestServing:
    @pytest.mark.parametrize("name", ["plan.pdf", "Our “plan”; v2.pdf", "منصوبہ.pdf", 'a"b.pdf'])
    def test_served_safely(self, desk: Flask, name: str) -> None:
        stored = hand_in(name, s.a_pdf())
        with desk.test_request_context():
            response = attachment_response(stored)
            response.direct_passthrough = False
            assert response.get_data() == s.a_pdf()
            response.close()
        headers = response.headers
        assert headers["Content-Type"] == "application/pdf"
        assert headers["Content-Disposition"].startswith("attachment; filename=")
        if not name.isascii():
            assert "filename*=UTF-8''" in headers["Content-Disposition"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "private, no-store"
        assert "sandbox" in headers["Content-Security-Policy"]
        assert headers["Content-Length"] == str(len(s.a_pdf()))
        assert "ETag" not in headers

    def test_a_file_the_scanner_has_not_read_is_not_served(
        self, desk: Flask, tmp_path: Path
    ) -> None:
        stored = hand_in("plan.pdf", s.a_pdf())
        desk.extensions["settings"] = Settings(
            environment="test", data_dir=tmp_path, scanner_address="127.0.0.1:1"
        )
        with desk.test_request_context(), pytest.raises(NotAllowedNow):
            attachment_response(stored)
        stored.scan = "infected"
        with desk.test_request_context(), pytest.raises(NotAllowedNow):
            attachment_response(stored)
        stored.scan = "clean"
        with desk.test_request_context():
            attachment_response(stored).close()


def test_what_came_in_while_the_scanner_was_silent_is_scanned_later(
    desk: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = hand_in("a.pdf", s.a_pdf("good")), hand_in("b.pdf", s.a_pdf("bad"))
    assert scan_waiting() == 0
    monkeypatch.setattr(
        "registry.files.services.scan", lambda content: "infected" if b"bad" in content else "clean"
    )
    assert scan_waiting() == 2
    assert (good.scan, bad.scan) == ("clean", "infected")
