"""Papers as they are shown: pictures and words of their pages, made by the worker."""

import hashlib
import io
import time
from pathlib import Path

import docx
import pytest
from docx.shared import Inches
from flask import Flask
from PIL import Image

from registry import clock
from registry.database import db
from registry.files import page_maker
from registry.files.models import PaperPage, StoredFile
from registry.files.page_drawing import pages_of as drawn
from registry.files.paper_pages import (
    forget_pages,
    make_pages,
    page_of,
    pages_of,
    reading_of,
)
from registry.files.services import sweep_orphans
from registry.files.store import blob_store
from tests.files.specimens import a_docx, a_pdf, a_picture, an_odt


def a_stored(content: bytes, kind: str) -> StoredFile:
    stored = StoredFile(
        sha256=blob_store().put(content),
        name=f"plan.{kind}",
        kind=kind,
        size=len(content),
        organisation_id=1,
        uploaded_at=clock.now(),
    )
    db.session.add(stored)
    db.session.commit()
    return stored


def a_word_file_with_everything() -> bytes:
    """Headings, a list, a table and a picture, as clubs send them."""
    paper = docx.Document()
    paper.add_heading("Keeping children safe", 1)
    paper.add_paragraph("Tell the lead.", style="List Bullet")
    cell = paper.add_table(1, 2).rows[0].cells[1]
    cell.text = "Ring the MASH"
    cell.add_table(1, 1).rows[0].cells[0].text = "A table in a table"
    paper.sections[0].footer.paragraphs[0].text = "Checked in May"
    red = io.BytesIO()
    Image.new("RGB", (300, 300), "red").save(red, "PNG")
    paper.add_picture(red, width=Inches(2))
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (a_pdf("Our plan", pages=2), "pdf", ["Our plan", "Our plan"]),
        (an_odt("If you are worried", "Tell the lead"), "odt", ["If you are worried"]),
        (a_picture("PNG"), "png", [""]),
        (a_picture(), "jpg", [""]),
    ],
    ids=["a PDF", "an ODT", "a PNG", "a JPG"],
)
def test_every_page_is_a_picture_with_its_words(
    content: bytes, kind: str, words: list[str]
) -> None:
    pages = list(drawn(content, kind))
    assert len(pages) == len(words)
    for page, expected in zip(pages, words, strict=True):
        assert expected in page.words
        picture = Image.open(io.BytesIO(page.picture or b""))
        assert picture.size == (page.width, page.height)
        assert not picture.getexif()


def test_a_word_file_is_set_on_paper_with_all_that_is_written_in_it() -> None:
    (page,) = drawn(a_word_file_with_everything(), "docx")
    for words in ("Keeping children safe", "Tell the lead.", "Ring the MASH", "Checked in May"):
        assert page.words.count(words) == 1, words
    assert page.words.count("A table in a table") == 1
    picture = Image.open(io.BytesIO(page.picture or b"")).convert("RGB")
    red, green, _ = picture.split()
    marked = zip(red.tobytes(), green.tobytes(), strict=True)
    assert any(much > 220 and little < 40 for much, little in marked)


def test_without_the_library_that_sets_pages_there_are_the_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr("registry.files.page_drawing.importlib.import_module", missing)
    pages = list(drawn(a_docx(*["A line of a long plan. " * 30] * 10), "docx"))
    assert len(pages) == 3
    assert all(page.words and page.picture is None for page in pages)


def test_the_worker_makes_each_paper_in_a_process_of_its_own(app: Flask) -> None:
    good, bad = a_stored(a_pdf("Our plan"), "pdf"), a_stored(b"%PDF-1.7 no more", "pdf")
    assert reading_of(good) is None
    assert make_pages([bad.sha256, good.sha256, "0" * 64]) == 2
    assert [(one.number, one.words) for one in pages_of(good)] == [(1, "Our plan")]
    assert reading_of(good).made == "whole"
    assert (reading_of(bad).made, pages_of(bad)) == ("broken", [])
    assert make_pages([bad.sha256, good.sha256]) == 0, "once is enough"
    picture = page_of(good, 1).picture
    assert blob_store().exists(picture)
    # The same paper from somebody else keeps what was made; with the last of them it goes.
    other = a_stored(a_pdf("Our plan"), "pdf")
    db.session.delete(good)
    db.session.commit()
    sweep_orphans()
    assert page_of(other, 1)
    db.session.delete(other)
    db.session.commit()
    sweep_orphans()
    assert db.session.query(PaperPage).count() == 0
    assert not blob_store().exists(picture)


def test_erasing_a_paper_leaves_nothing_that_was_made_of_it(app: Flask) -> None:
    stored = a_stored(a_pdf("A child's name"), "pdf")
    make_pages([stored.sha256])
    picture = page_of(stored, 1).picture
    forget_pages(stored.sha256)
    assert reading_of(stored) is None
    assert pages_of(stored) == []
    assert not blob_store().exists(picture)


def test_what_a_scanner_has_not_read_is_not_drawn(app: Flask) -> None:
    stored = a_stored(a_pdf("Our plan"), "pdf")
    stored.scan = "infected"
    db.session.commit()
    assert make_pages([stored.sha256]) == 0


@pytest.mark.parametrize(
    ("limit", "most"),
    [("MOST_SECONDS", 1), ("MOST_MEMORY", 4 * 1024 * 1024)],
    ids=["too long", "too much memory"],
)
def test_a_paper_that_takes_too_much_is_given_up_and_the_next_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    greedy, modest = tmp_path / "a.pdf", tmp_path / "b.pdf"
    greedy.write_bytes(b"greedy")
    modest.write_bytes(b"modest")

    def draw(paper: Path, into: Path) -> None:
        into.mkdir()
        if paper == greedy:
            block = bytes(64 * 1024 * 1024)
            while limit == "MOST_SECONDS":
                block = hashlib.sha256(block).digest()
        (into / page_maker.WHOLE).touch()

    monkeypatch.setattr(page_maker, "draw", draw)
    monkeypatch.setattr(page_maker, limit, most)
    monkeypatch.setattr("registry.files.page_maker.importlib.import_module", _nothing)
    began = time.monotonic()
    page_maker.main(tmp_path)
    assert time.monotonic() - began < 10
    assert not (tmp_path / "a" / page_maker.WHOLE).exists()
    assert (tmp_path / "b" / page_maker.WHOLE).exists()


def _nothing(name: str) -> None:
    raise ImportError(name)


def test_a_paper_that_is_cut_short_keeps_the_pages_that_were_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_maker, "MOST_PAGES", 2)
    monkeypatch.setattr("registry.files.page_drawing.MOST_PAGES", 2)
    paper = tmp_path / "a.pdf"
    paper.write_bytes(a_pdf("Our plan", pages=3))
    page_maker.draw(paper, tmp_path / "a")
    assert {one.name for one in (tmp_path / "a").glob("*.words")} == {"1.words", "2.words"}
    assert not (tmp_path / "a" / page_maker.WHOLE).exists()
