"""The papers of invented clubs: complete, in the club's own name, and such as we would take in."""

import io
import re
from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest

from registry.demonstration import paperwork
from registry.demonstration.paperwork import (
    FULL_POLICIES,
    MADE,
    make_all,
    paper,
    paper_names,
    ready_made,
    write_docx,
    write_odt,
)
from registry.files.kinds import examine
from registry.files.paper_text import refuse_certificate, text_in
from registry.papers import pdf
from registry.papers.markdown import Points, Table, blocks_of

CHECKED_ON = date(2026, 10, 22)

# What each of the long ones must say, whoever the club is.
EVERY_POLICY_SAYS = (
    "999",
    "01902 555392",
    "01902 552999",
    "LADO",
    "within one working day",
    "Disclosure and Barring Service",
    "ictures",
    "nline",
    "Working Together|Department for Education",
    "same day",
    "22 October 2026",
    "22 October 2027",
)
OF_ONE = {
    "dance-safeguarding": ("Kingfisher Dance Project", "Grace Adeyemi", "Helen Price"),
    "coach-safeguarding": ("Marcus Bell Football Coaching", "Marcus Bell", "0808 800 5000"),
    "madrasah-safeguarding": (
        "Noor Evening Madrasah",
        "Safiya Rahman",
        "Yusuf Malik",
        "position of trust",
        "never hit",
        "Collection",
    ),
    "safeguarding": ("Sunflower Club", "Amira Shah", "Tom Hale"),
}


def words(content: bytes, kind: str) -> str:
    return " ".join(text_in(content, kind).split())


@pytest.mark.parametrize("name", OF_ONE)
def test_a_policy_says_what_to_do_whom_to_tell_and_when_it_was_checked(name: str) -> None:
    _, content = paper(name, kind="docx", reviewed_on=CHECKED_ON)
    text = words(content, "docx")
    for wanted in (*EVERY_POLICY_SAYS, *OF_ONE[name]):
        assert re.search(wanted, text), wanted
    assert re.search("not look into it|no inquiry|not make any inquiry", text)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, kind) for name in paper_names() for kind in ("docx", "odt")),
        ("risk-check-hall", "pdf"),
        ("child-details-form", "pdf"),
        ("parents-notice", "pdf"),
    ],
)
def test_every_paper_would_be_taken_in(name: str, kind: str) -> None:
    filename, content = paper(name, "St Peter's Judo & Movement", kind, reviewed_on=CHECKED_ON)
    assert filename.startswith("st-peters-judo-movement-")
    assert examine(content, filename).kind == kind
    text = text_in(content, kind)
    refuse_certificate(text)
    assert "St Peter's Judo & Movement" in text
    assert not re.search(r"\{|\}|\*\*|\|", text)


@pytest.mark.parametrize("name", paper_names())
def test_no_paper_cites_what_is_gone(name: str) -> None:
    text = words(paper(name, kind="odt", reviewed_on=CHECKED_ON)[1], "odt")
    assert not re.search(r"WSCB|LSCB|\bCRB\b|\bISA\b|Working Together 20", text)


@pytest.mark.parametrize("kind", ["pdf", "docx", "odt"])
def test_the_same_facts_give_the_same_bytes(kind: str) -> None:
    first, again = (paper("equality", "Alpha", kind, reviewed_on=CHECKED_ON) for _ in range(2))
    assert first == again
    assert paper("equality", "Beta", kind, reviewed_on=CHECKED_ON)[1] != first[1]


def test_facts_take_the_place_of_the_paper_s_own() -> None:
    _, content = paper(
        "dance-safeguarding",
        "Tiptoe Dance",
        "docx",
        lead="Mia Jones",
        lead_phone="07700 900123",
        reviewed_on=CHECKED_ON,
    )
    text = words(content, "docx")
    assert "Mia Jones" in text
    assert "07700 900123" in text
    assert "Grace" not in text
    assert "Kingfisher" not in text


def test_a_club_s_name_cannot_break_a_table() -> None:
    _, content = paper("equality", "A | B *C* <D> [E]", "docx", reviewed_on=CHECKED_ON)
    assert "A | B *C* <D> [E]" in words(content, "docx")


def test_a_paper_checked_on_29_february_is_due_on_the_28th() -> None:
    _, content = paper("equality", kind="docx", reviewed_on=date(2024, 2, 29))
    assert "28 February 2025" in words(content, "docx")


def test_a_name_that_is_none_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        paper("../../secrets", kind="docx")


def test_the_long_policies_are_long_and_the_coach_s_fits_two_pages() -> None:
    pages = {name: examine(ready_made(name)[1], f"{name}.pdf").pages for name in FULL_POLICIES}
    assert pages["coach-safeguarding"] == 2
    assert 5 <= (pages["dance-safeguarding"] or 0) <= 7
    assert 5 <= (pages["madrasah-safeguarding"] or 0) <= 7


@pytest.mark.parametrize("name", paper_names())
def test_the_ready_made_pdf_holds_the_words_of_today(name: str) -> None:
    """Whoever changes a text makes the PDFs again: `flask registry demonstration papers`."""
    fresh = paper(name, kind="docx", reviewed_on=paperwork.MADE_ON)[1]
    lines = text_in(fresh, "docx").splitlines()
    letters = re.sub(r"\W", "", words(ready_made(name)[1], "pdf"))
    # Short lines only: a long one may run over the foot of a page.
    for line in (line for line in lines if len(line) < 60 and "· Page" not in line):
        assert re.sub(r"\W", "", line) in letters


def test_papers_are_written_into_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {path.stem for path in MADE.iterdir()} == set(paper_names())
    monkeypatch.setattr(paperwork, "paper_names", lambda: ("coach-safeguarding",))
    written = make_all(tmp_path / "made")
    assert [path.name for path in written] == ["coach-safeguarding.docx", "coach-safeguarding.pdf"]
    assert all(path.stat().st_size > 5_000 for path in written)


def test_the_pdf_is_tagged_for_screen_readers_and_has_a_title() -> None:
    document = pypdfium2.PdfDocument(ready_made("dance-safeguarding")[1])
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
    title = document.get_metadata_value("Title")
    assert title == "Safeguarding children: our policy and procedures: Kingfisher Dance Project"
    document.close()


def test_without_pango_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_library(_: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf.importlib, "import_module", no_library)
    with pytest.raises(paperwork.NoPdfHere, match="libpango"):
        paper("equality", kind="pdf")


class TestMarkdown:
    def test_our_own_markdown_is_read(self) -> None:
        heading, points, table = blocks_of(
            "## Plan\n\n1. one\n2. **two**\n\n| | |\n|-|-|\n| a | |\n"
        )
        assert heading.line[0].text == "Plan"
        assert isinstance(points, Points)
        assert points.numbered
        assert points.lines[1][0].bold
        assert isinstance(table, Table)
        assert table.head == ()
        assert table.is_form
        assert sum(table.shares()) == pytest.approx(1)

    def test_what_our_papers_do_not_use_is_refused(self) -> None:
        with pytest.raises(ValueError, match="do not use"):
            blocks_of("```\ncode\n```\n")

    @pytest.mark.parametrize(("writer", "kind"), [(write_docx, "docx"), (write_odt, "odt")])
    def test_any_text_can_be_set(self, writer: object, kind: str) -> None:
        content = writer("Hello **you**", "A note", club="Alpha", dated=CHECKED_ON)
        assert "Hello you" in words(content, kind)


def test_word_files_open_with_real_headings_and_a_title() -> None:
    _, content = paper("coach-safeguarding", kind="docx", reviewed_on=CHECKED_ON)
    document = docx.Document(io.BytesIO(content))
    assert document.core_properties.title == "How I keep children safe: safeguarding statement"
    assert document.core_properties.created.date() == CHECKED_ON
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") >= 6
