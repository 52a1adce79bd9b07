"""Sets a paper as a Word document, as a secretary with Word would: real headings, real tables."""

import io
from datetime import UTC, date, datetime
from typing import Any

import docx
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from registry.papers.markdown import (
    Block,
    Box,
    Heading,
    Line,
    Paragraph,
    Points,
    Table,
)
from registry.papers.package import settled

_FONT = "Arial"
_PAPER = "F2F2EF"


def write_docx(
    blocks: list[Block],
    *,
    title: str,
    club: str,
    dated: date,
    accent: str,
    footer: str | None = None,
) -> bytes:
    """The paper as a Word document. The same paper gives the same bytes."""
    writer = _Writer(accent.lstrip("#").upper())
    writer.begin(title, club, dated, f"{club} · {title}" if footer is None else footer)
    for block in blocks:
        writer.add(block)
    buffer = io.BytesIO()
    writer.document.save(buffer)
    return settled(buffer.getvalue(), dated)


class _Writer:
    """One document being written."""

    def __init__(self, accent: str) -> None:
        self.document = docx.Document()
        self._accent = accent
        self._width = Cm(17)

    def begin(self, title: str, club: str, dated: date, footer: str) -> None:
        noon = datetime(dated.year, dated.month, dated.day, 12, tzinfo=UTC).replace(tzinfo=None)
        about = self.document.core_properties
        about.title, about.author, about.last_modified_by = title, club, club
        about.created = about.modified = noon
        about.language, about.comments, about.revision = "en-GB", "", 1
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(2)
        self._set_styles()
        self._set_footer(section.footer.paragraphs[0], footer)
        name = self.document.add_paragraph()
        self._put((), name)
        run = name.add_run(club)
        run.bold, run.font.size, run.font.color.rgb = True, Pt(14), self._colour()
        _line_below(name, self._accent)
        heading = self.document.add_heading(title, level=1)
        heading.paragraph_format.space_before = Pt(10)

    def add(self, block: Block) -> None:
        match block:
            case Heading(level, line):
                self._put(line, self.document.add_heading(level=level))
            case Paragraph(line):
                self._put(line, self.document.add_paragraph())
            case Points(numbered, lines):
                self._points(numbered, lines)
            case Box(lines):
                cell = self._grid(1, 1).cell(0, 0)
                _shade(cell, _PAPER)
                for number, line in enumerate(lines):
                    self._put(line, _cell_words(cell) if number == 0 else cell.add_paragraph())
                self._space()
            case Table():
                self._table(block)
                self._space()

    def _table(self, table: Table) -> None:
        widths = [int(self._width * share) for share in table.shares()]
        grid = self._grid(0, len(widths))
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        if table.head:
            row = grid.add_row()
            _repeat_on_each_page(row)
            for cell, line, width in zip(row.cells, table.head, widths, strict=True):
                cell.width = width
                _shade(cell, self._accent)
                self._put(line, _cell_words(cell), bold=True, colour=RGBColor(255, 255, 255))
        for lines in table.rows:
            row = grid.add_row()
            _keep_together(row)
            if table.is_form:
                row.height, row.height_rule = Cm(0.85), WD_ROW_HEIGHT_RULE.AT_LEAST
            for number, cell in enumerate(row.cells):
                cell.width = widths[number]
                if number == 0 and not table.head:
                    _shade(cell, _PAPER)
                bold = number == 0 and bool(table.head)
                self._put(lines[number], _cell_words(cell), bold=bold)

    def _grid(self, rows: int, columns: int) -> Any:
        grid = self.document.add_table(rows=rows, cols=columns, style="Table Grid")
        grid.autofit = False
        return grid

    def _points(self, numbered: bool, lines: tuple[Line, ...]) -> None:
        numbering = self._restarted() if numbered else None
        for line in lines:
            paragraph = self.document.add_paragraph(
                style="List Number" if numbered else "List Bullet"
            )
            if numbering is not None:
                properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = 0
                properties.get_or_add_numId().val = numbering
            self._put(line, paragraph)

    def _restarted(self) -> int:
        """A numbering of its own, so that every list begins at 1."""
        numbers = self.document.part.numbering_part.element
        style = self.document.styles["List Number"].element.pPr.numPr.numId.val
        shape = numbers.num_having_numId(style).abstractNumId.val
        fresh = numbers.add_num(shape)
        fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(fresh.numId)

    def _put(
        self, line: Line, paragraph: Any, *, bold: bool = False, colour: RGBColor | None = None
    ) -> None:
        for run in line:
            added = paragraph.add_run("" if run.text == "\n" else run.text)
            if run.text == "\n":
                added.add_break()
            added.bold = True if run.bold or bold else None
            added.italic = True if run.italic else None
            if colour is not None:
                added.font.color.rgb = colour

    def _space(self) -> None:
        gap = self.document.add_paragraph()
        gap.paragraph_format.space_after = Pt(0)
        gap.paragraph_format.line_spacing = Pt(8)

    def _set_styles(self) -> None:
        styles = self.document.styles
        for name, size, before, after in (
            ("Normal", 10.5, 0, 6),
            ("Heading 1", 19, 0, 10),
            ("Heading 2", 13, 14, 5),
            ("List Bullet", 10.5, 0, 3),
            ("List Number", 10.5, 0, 3),
        ):
            style = styles[name]
            style.font.name, style.font.size = _FONT, Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            for script in ("ascii", "hAnsi", "eastAsia", "cs"):
                fonts.set(qn(f"w:{script}"), _FONT)
            style.paragraph_format.space_before = Pt(before)
            style.paragraph_format.space_after = Pt(after)
        styles["Normal"].paragraph_format.line_spacing = 1.15
        styles["Heading 1"].font.color.rgb = RGBColor(27, 27, 27)
        styles["Heading 2"].font.color.rgb = self._colour()
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-GB")
        styles["Normal"].element.get_or_add_rPr().append(language)

    def _set_footer(self, paragraph: Any, words: str) -> None:
        paragraph.add_run(f"{words} · Page ")
        _add_field(paragraph, "PAGE")
        paragraph.add_run(" of ")
        _add_field(paragraph, "NUMPAGES")
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(8.5), RGBColor(85, 85, 85)

    def _colour(self) -> RGBColor:
        return RGBColor.from_string(self._accent)


def _shade(cell: Any, colour: str) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def _cell_words(cell: Any) -> Any:
    """The cell's own paragraph, with a little room above and below."""
    paragraph = cell.paragraphs[0]
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(3)
    return paragraph


def _repeat_on_each_page(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_together(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _line_below(paragraph: Any, colour: str) -> None:
    borders, below = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "4"), ("color", colour)):
        below.set(qn(f"w:{name}"), value)
    borders.append(below)
    paragraph._p.get_or_add_pPr().append(borders)


def _add_field(paragraph: Any, name: str) -> None:
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        run = paragraph.add_run()._r
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run.append(mark)
