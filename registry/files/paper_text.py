"""The words of a paper: for the reviewer to read beside it, and to refuse what must not come in.

Best effort: at most 200 pages, 30 seconds and two million characters; a picture has no words.
"""

import io
import re
import time
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import docx
import odf.opendocument
import pypdfium2
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from odf import teletype

from registry.errors import BadInput
from registry.files.kinds import PDFIUM

MOST_PAGES = 200
MOST_SECONDS = 30.0
MOST_CHARACTERS = 2_000_000

# Code points that are no letters: no page may hold them, and no database every one.
_NOT_FOR_READING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_DBS_NAME = re.compile(r"disclosure\s+(?:and|&)\s+barring\s+service", re.IGNORECASE)
# As certificates print it, in one piece or in threes of four. Looser, and a phone number followed
# by a house number would be one.
_DBS_NUMBER = re.compile(r"(?<![0-9])(?:[0-9]{12}|[0-9]{4}[ -][0-9]{4}[ -][0-9]{4})(?![0-9])")


def text_in(content: bytes, kind: str) -> str:
    """The text of a file of this kind, in reading order as far as the file tells it.

    Raises BadInput when the file cannot be read at all.
    """
    reader = _READERS.get(kind)
    if reader is None:
        return ""
    try:
        return _bounded(reader(content))
    except (
        pypdfium2.PdfiumError,
        SyntaxError,  # what lxml calls XML that is none
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        RecursionError,
    ) as error:
        raise BadInput("We cannot read this file. Save it as a PDF and send that.") from error


def is_dbs_certificate(text: str) -> bool:
    """Whether the words are those of a DBS certificate: its issuer's name and a 12-digit number."""
    plain = unicodedata.normalize("NFKC", text)
    return bool(_DBS_NAME.search(plain) and _DBS_NUMBER.search(plain))


def refuse_certificate(text: str) -> None:
    """Raise BadInput if the words are those of a DBS certificate."""
    if is_dbs_certificate(text):
        raise BadInput(
            "This looks like a DBS certificate, so we did not keep it. Never send us one: "
            "we only ask how many people have a check. If it is another paper, take out "
            "the 12-digit number and send it again."
        )


def _bounded(pieces: Iterable[str]) -> str:
    """Join the pieces until there are too many or they have taken too long."""
    give_up = time.monotonic() + MOST_SECONDS
    kept, characters = [], 0
    for piece in pieces:
        kept.append(piece)
        characters += len(piece)
        if characters > MOST_CHARACTERS or time.monotonic() > give_up:
            break
    return for_reading("\n".join(kept)[:MOST_CHARACTERS])


def for_reading(text: str) -> str:
    """Words as a page may hold them: one space between, no empty lines in heaps, letters only."""
    # PDFium puts one of these where a line ends in a hyphen.
    joined = re.sub("[\x02\ufffe]", "-", text)
    lines = (" ".join(line.split()) for line in re.split("\r\n|\r|\n", joined))
    return re.sub(r"\n{3,}", "\n\n", _NOT_FOR_READING.sub("", "\n".join(lines))).strip()


def _pdf(content: bytes) -> Iterator[str]:
    with PDFIUM:
        document = pypdfium2.PdfDocument(content)
        try:
            for number in range(min(len(document), MOST_PAGES)):
                page = document[number]
                words = page.get_textpage()
                yield words.get_text_bounded() + "\n"
                words.close()
                page.close()
        finally:
            document.close()


def _docx(content: bytes) -> Iterator[str]:
    """Every paragraph: also those in tables, text boxes, headers, footers and notes."""
    document = docx.Document(io.BytesIO(content))
    yield from _paragraphs(document.element)
    for part in document.part.package.iter_parts():
        name = str(part.partname)
        if re.fullmatch(r"/word/(header|footer|footnotes|endnotes|comments)[0-9]*\.xml", name):
            yield from _paragraphs(parse_xml(part.blob))


def _paragraphs(root: Any) -> Iterator[str]:
    for paragraph in root.iter(qn("w:p")):
        yield "".join(_runs(paragraph))


def _runs(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br")):
        if element.tag == qn("w:t"):
            yield element.text or ""
        else:
            yield "\t" if element.tag == qn("w:tab") else "\n"


def _odt(content: bytes) -> Iterator[str]:
    document = odf.opendocument.load(io.BytesIO(content))
    for root in (document.text, document.masterstyles):
        for element in _blocks(root):
            yield teletype.extractText(element)


def _blocks(root: Any) -> Iterator[Any]:
    """Paragraphs and headings, in order; teletype reads the runs inside each."""
    for child in getattr(root, "childNodes", ()):
        if getattr(child, "qname", ("", ""))[1] in ("p", "h"):
            yield child
        else:
            yield from _blocks(child)


_READERS = {"pdf": _pdf, "docx": _docx, "odt": _odt}
