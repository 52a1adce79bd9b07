"""What is in a Word or ODT file, as a plain HTML page to be set on paper: words, tables, pictures.

Not as Word would draw it. Nothing that is written is left out, as far as it can be found.
"""

import base64
import io
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

import docx
import odf.opendocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from odf import teletype

_STYLE = """
@page { size: A4; margin: 20mm 18mm; @bottom-center { content: counter(page); font: 9pt serif } }
body { font: 11pt/1.45 serif; color: #1a1a1a }
h1 { font-size: 18pt } h2 { font-size: 14pt } h3 { font-size: 12pt }
h1, h2, h3 { line-height: 1.25; margin: 12pt 0 4pt; break-after: avoid }
p { margin: 0 0 6pt; overflow-wrap: break-word; white-space: pre-wrap }
p.item { padding-left: 14pt; text-indent: -10pt }
div.box { border: 1px solid #999; padding: 4pt 8pt; margin: 4pt 0 }
table { border-collapse: collapse; width: 100%; margin: 4pt 0 8pt }
td { border: 1px solid #999; padding: 3pt 5pt; vertical-align: top }
td p { margin: 0 }
img { max-width: 100%; max-height: 200mm }
"""
_BESIDE = ("header", "footer", "footnotes", "endnotes", "comments")
_MOST_DEEP = 40


def html_of(content: bytes, kind: str, as_jpeg: Callable[[bytes], bytes]) -> str:
    """The page, with its pictures in it: `as_jpeg` makes each anew, or raises something."""
    file = _Word(content, as_jpeg) if kind == "docx" else _Open(content, as_jpeg)
    return f"<!doctype html><meta charset='utf-8'><style>{_STYLE}</style><body>{file.html()}</body>"


def _shown(picture: bytes, as_jpeg: Callable[[bytes], bytes]) -> str:
    """A picture, or a word for one that is of no kind we can draw."""
    try:
        dots = base64.b64encode(as_jpeg(picture)).decode()
    except (OSError, ValueError, SyntaxError, EOFError):
        return "<p>[A picture that we cannot show]</p>"
    return f"<p><img src='data:image/jpeg;base64,{dots}' alt=''></p>"


def _tagged(tag: str, text: str, kind: str = "") -> str:
    if not text.strip():
        return ""
    return f"<{tag}{f' class={kind}' if kind else ''}>{escape(text)}</{tag}>"


class _Word:
    """One Word file, read block by block."""

    def __init__(self, content: bytes, as_jpeg: Callable[[bytes], bytes]) -> None:
        self.document = docx.Document(io.BytesIO(content))
        self.as_jpeg = as_jpeg

    def html(self) -> str:
        """All of it."""
        main = "".join(self._blocks(self.document.element.body, self.document.part))
        return main + "".join(self._beside())

    def _beside(self) -> Iterator[str]:
        """Headers, footers and notes, each said once, after the rest."""
        said = set()
        for part in self.document.part.package.iter_parts():
            name = str(part.partname).rpartition("/")[2]
            if not name.startswith(_BESIDE) or not name.endswith(".xml"):
                continue
            words = "".join(self._blocks(parse_xml(part.blob), part))
            if words and words not in said:
                said.add(words)
                yield f"<div class=box>{words}</div>"

    def _blocks(self, element: Any, part: Any, deep: int = 0) -> Iterator[str]:
        for child in element.iterchildren() if deep < _MOST_DEEP else ():
            if child.tag == qn("w:p"):
                yield from self._paragraph(child, part, deep)
            elif child.tag == qn("w:tbl"):
                yield self._table(child, part, deep)
            elif not isinstance(child.tag, str) or child.tag == qn("w:sectPr"):
                continue
            else:
                yield from self._blocks(child, part, deep + 1)

    def _paragraph(self, paragraph: Any, part: Any, deep: int) -> Iterator[str]:
        boxes = list(paragraph.iter(qn("w:txbxContent")))
        yield _tagged(*self._kind_of(paragraph, self._words(paragraph)))
        for blip in paragraph.iter(qn("a:blip")):
            yield self._picture(blip.get(qn("r:embed")), part)
        # A text box stands twice: once as drawn, once for programs that cannot draw it.
        for words in dict.fromkeys("".join(self._blocks(box, part, deep + 1)) for box in boxes):
            yield f"<div class=box>{words}</div>"

    def _words(self, paragraph: Any) -> str:
        pieces = []
        for one in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br")):
            if any(above.tag == qn("w:txbxContent") for above in _above(one, paragraph)):
                continue
            pieces.append(one.text or "" if one.tag == qn("w:t") else _space(one.tag))
        return "".join(pieces)

    def _kind_of(self, paragraph: Any, words: str) -> tuple[str, str, str]:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = (style.get(qn("w:val")) or "").lower() if style is not None else ""
        if name == "title" or name == "heading1":
            return "h1" if name == "title" else "h2", words, ""
        if name.startswith("heading"):
            return "h3", words, ""
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None or "list" in name:
            return "p", f"• {words}" if words.strip() else "", "item"
        return "p", words, ""

    def _table(self, table: Any, part: Any, deep: int) -> str:
        rows = []
        for row in table.iter(qn("w:tr")):
            if next(_of(row, qn("w:tbl"))) is not table:
                continue  # of a table inside a cell: it stands in that cell
            cells = (cell for cell in row.iter(qn("w:tc")) if next(_of(cell, qn("w:tr"))) is row)
            said = ("".join(self._blocks(cell, part, deep + 1)) for cell in cells)
            rows.append("<tr>" + "".join(f"<td>{words}</td>" for words in said) + "</tr>")
        return f"<table>{''.join(rows)}</table>"

    def _picture(self, relation: str | None, part: Any) -> str:
        found = part.related_parts.get(relation) if relation else None
        return _shown(found.blob, self.as_jpeg) if found is not None else ""


def _above(element: Any, top: Any) -> Iterator[Any]:
    while (element := element.getparent()) is not None and element is not top:
        yield element


def _of(element: Any, tag: str) -> Iterator[Any]:
    return (above for above in element.iterancestors() if above.tag == tag)


def _space(tag: str) -> str:
    return "\t" if tag == qn("w:tab") else "\n"


class _Open:
    """One ODT file, read block by block."""

    def __init__(self, content: bytes, as_jpeg: Callable[[bytes], bytes]) -> None:
        self.document = odf.opendocument.load(io.BytesIO(content))
        self.package = zipfile.ZipFile(io.BytesIO(content))
        self.as_jpeg = as_jpeg

    def html(self) -> str:
        """All of it."""
        roots = (self.document.text, self.document.masterstyles)
        return "".join(words for root in roots for words in self._blocks(root))

    def _blocks(self, element: Any, kind: str = "", deep: int = 0) -> Iterator[str]:
        for child in getattr(element, "childNodes", ()) if deep < _MOST_DEEP else ():
            name = getattr(child, "qname", ("", ""))[1]
            if name == "h":
                yield _tagged("h2", teletype.extractText(child))
            elif name == "p":
                words = teletype.extractText(child)
                yield _tagged("p", f"• {words}" if kind and words.strip() else words, kind)
                yield from self._pictures(child, deep + 1)
            elif name == "table-row":
                yield "<tr>" + "".join(self._blocks(child, "", deep + 1)) + "</tr>"
            elif name == "table-cell":
                yield "<td>" + "".join(self._blocks(child, "", deep + 1)) + "</td>"
            elif name == "table":
                yield "<table>" + "".join(self._blocks(child, "", deep + 1)) + "</table>"
            else:
                yield from self._blocks(child, "item" if name == "list" else kind, deep + 1)

    def _pictures(self, element: Any, deep: int) -> Iterator[str]:
        for child in getattr(element, "childNodes", ()) if deep < _MOST_DEEP else ():
            if getattr(child, "qname", ("", ""))[1] == "image":
                address = child.getAttribute("href") or ""
                if address in self.package.namelist():
                    yield _shown(self.package.read(address), self.as_jpeg)
            yield from self._pictures(child, deep + 1)
