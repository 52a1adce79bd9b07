"""Sets a paper as an OpenDocument text, as LibreOffice would."""

import io
from datetime import date
from typing import Any

from odf import dc, meta
from odf.namespaces import nsdict
from odf.opendocument import OpenDocumentText
from odf.style import (
    Footer,
    ListLevelProperties,
    MasterPage,
    PageLayout,
    PageLayoutProperties,
    ParagraphProperties,
    Style,
    TableCellProperties,
    TableColumnProperties,
    TableProperties,
    TableRowProperties,
    TextProperties,
)
from odf.table import Table as OdfTable
from odf.table import TableCell, TableColumn, TableHeaderRows, TableRow
from odf.text import (
    H,
    LineBreak,
    List,
    ListItem,
    ListLevelStyleBullet,
    ListLevelStyleNumber,
    ListStyle,
    P,
    PageCount,
    PageNumber,
    Span,
)

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
_WIDTH_CM = 17.0


def write_odt(
    blocks: list[Block],
    *,
    title: str,
    club: str,
    dated: date,
    accent: str,
    footer: str | None = None,
) -> bytes:
    """The paper as an OpenDocument text. The same paper gives the same bytes."""
    writer = _Writer(accent)
    writer.begin(title, club, dated, f"{club} · {title}" if footer is None else footer)
    for block in blocks:
        writer.add(block)
    # odfpy declares the namespaces that any document so far has used; here always all of them.
    for namespace in nsdict:
        writer.document.text.get_nsprefix(namespace)
    buffer = io.BytesIO()
    writer.document.save(buffer)
    return settled(buffer.getvalue(), dated)


class _Writer:
    """One document being written."""

    def __init__(self, accent: str) -> None:
        self.document = OpenDocumentText()
        self._accent = accent
        self._tables = 0
        self._styles: dict[str, Any] = {}
        self._set_styles()

    def begin(self, title: str, club: str, dated: date, footer: str) -> None:
        noon = f"{dated.isoformat()}T12:00:00"
        about = self.document.meta
        about.childNodes.clear()
        for element, text in (
            (meta.Generator(), "Safe and Sound"),
            (dc.Title(), title),
            (dc.Creator(), club),
            (dc.Language(), "en-GB"),
            (meta.CreationDate(), noon),
            (dc.Date(), noon),
        ):
            element.addText(text)
            about.addElement(element)
        self._set_page(f"{footer} · Page ")
        self.document.text.addElement(P(stylename=self._styles["club"], text=club))
        self.document.text.addElement(H(outlinelevel=1, stylename=self._styles["h1"], text=title))

    def add(self, block: Block) -> None:
        text = self.document.text
        match block:
            case Heading(level, line):
                heading = H(outlinelevel=level, stylename=self._styles["h2"])
                text.addElement(self._put(line, heading))
            case Paragraph(line):
                text.addElement(self._put(line, P(stylename=self._styles["p"])))
            case Points(numbered, lines):
                points = List(stylename=self._styles["numbers" if numbered else "dots"])
                for line in lines:
                    item = ListItem()
                    item.addElement(self._put(line, P(stylename=self._styles["point"])))
                    points.addElement(item)
                text.addElement(points)
            case Box(lines):
                for line in lines:
                    text.addElement(self._put(line, P(stylename=self._styles["box"])))
            case Table():
                text.addElement(self._table(block))
                text.addElement(P(stylename=self._styles["gap"]))

    def _table(self, table: Table) -> Any:
        self._tables += 1
        grid = OdfTable(name=f"Table{self._tables}", stylename=self._styles["table"])
        for share in table.shares():
            grid.addElement(TableColumn(stylename=self._column(share)))
        if table.head:
            header = TableHeaderRows()
            header.addElement(self._row(table.head, "head", "head"))
            grid.addElement(header)
        for row in table.rows:
            first = "cell" if table.head else "name"
            grid.addElement(self._row(row, first, "cell", tall=table.is_form))
        return grid

    def _row(self, lines: tuple[Line, ...], first: str, rest: str, tall: bool = False) -> Any:
        row = TableRow(stylename=self._styles["tall" if tall else "row"])
        for number, line in enumerate(lines):
            kind = first if number == 0 else rest
            cell = TableCell(stylename=self._styles[kind], valuetype="string")
            words = "white" if kind == "head" else "in cell"
            cell.addElement(self._put(line, P(stylename=self._styles[words])))
            row.addElement(cell)
        return row

    def _put(self, line: Line, element: Any) -> Any:
        for run in line:
            if run.text == "\n":
                element.addElement(LineBreak())
            elif run.bold or run.italic:
                look = "bold" if run.bold else "italic"
                element.addElement(Span(stylename=self._styles[look], text=run.text))
            else:
                element.addText(run.text)
        return element

    def _column(self, share: float) -> Any:
        width = f"{_WIDTH_CM * share:.2f}cm"
        if width not in self._styles:
            style = Style(name=f"Column{width.replace('.', '_')}", family="table-column")
            style.addElement(TableColumnProperties(columnwidth=width))
            self._automatic(width, style)
        return self._styles[width]

    def _automatic(self, name: str, style: Any) -> None:
        self.document.automaticstyles.addElement(style)
        self._styles[name] = style

    def _set_page(self, words: str) -> None:
        layout = PageLayout(name="A4")
        layout.addElement(
            PageLayoutProperties(
                pagewidth="21cm",
                pageheight="29.7cm",
                margintop="2cm",
                marginbottom="2cm",
                marginleft="2cm",
                marginright="2cm",
            )
        )
        self.document.automaticstyles.addElement(layout)
        master = MasterPage(name="Standard", pagelayoutname=layout)
        footer, line = Footer(), P(stylename=self._styles["footer"], text=words)
        line.addElement(PageNumber(selectpage="current"))
        line.addText(" of ")
        line.addElement(PageCount())
        footer.addElement(line)
        master.addElement(footer)
        self.document.masterstyles.addElement(master)

    def _set_styles(self) -> None:
        accent = self._accent
        self._paragraph("p", {}, marginbottom="0.22cm", lineheight="130%")
        self._paragraph("point", {}, marginbottom="0.1cm", lineheight="125%")
        self._paragraph("in cell", {"fontsize": "9.5pt"})
        self._paragraph("white", {"fontsize": "9.5pt", "color": "#ffffff", "fontweight": "bold"})
        self._paragraph("gap", {"fontsize": "4pt"})
        self._paragraph("footer", {"fontsize": "8.5pt", "color": "#555555"})
        self._paragraph(
            "club",
            {"fontsize": "14pt", "fontweight": "bold", "color": accent},
            borderbottom=f"0.1cm solid {accent}",
            paddingbottom="0.15cm",
            marginbottom="0.5cm",
        )
        self._paragraph(
            "h1",
            {"fontsize": "19pt", "fontweight": "bold"},
            marginbottom="0.45cm",
            keepwithnext="always",
        )
        self._paragraph(
            "h2",
            {"fontsize": "13pt", "fontweight": "bold", "color": accent},
            margintop="0.5cm",
            marginbottom="0.18cm",
            keepwithnext="always",
        )
        self._paragraph(
            "box",
            {},
            border=f"0.05cm solid {accent}",
            backgroundcolor="#f6f6f4",
            padding="0.25cm",
            margintop="0.2cm",
            marginbottom="0.4cm",
            lineheight="130%",
        )
        for name, look in (("bold", {"fontweight": "bold"}), ("italic", {"fontstyle": "italic"})):
            style = Style(name=name.capitalize(), family="text")
            style.addElement(TextProperties(**look))
            self._automatic(name, style)
        for name, colour in (("cell", None), ("name", "#f2f2ef"), ("head", accent)):
            style = Style(name=f"Cell{name}", family="table-cell")
            look = {"padding": "0.12cm", "border": "0.02cm solid #9a9a9a"}
            style.addElement(
                TableCellProperties(**look, **({"backgroundcolor": colour} if colour else {}))
            )
            self._automatic(name, style)
        for name, height in (("row", None), ("tall", "0.85cm")):
            style = Style(name=f"Row{name}", family="table-row")
            look = {"minrowheight": height} if height else {}
            style.addElement(TableRowProperties(keeptogether="always", **look))
            self._automatic(name, style)
        style = Style(name="Grid", family="table")
        style.addElement(TableProperties(width=f"{_WIDTH_CM}cm", align="left"))
        self._automatic("table", style)
        self._set_lists()

    def _set_lists(self) -> None:
        for name, level in (
            ("dots", ListLevelStyleBullet(level=1, bulletchar="•")),
            ("numbers", ListLevelStyleNumber(level=1, numformat="1", numsuffix=".")),
        ):
            style = ListStyle(name=name.capitalize())
            level.addElement(ListLevelProperties(spacebefore="0.2cm", minlabelwidth="0.6cm"))
            style.addElement(level)
            self._automatic(name, style)

    def _paragraph(self, name: str, look: dict[str, str], **shape: str) -> None:
        style = Style(name=name.capitalize().replace(" ", ""), family="paragraph")
        style.addElement(ParagraphProperties(**shape))
        style.addElement(
            TextProperties(
                fontfamily=_FONT,
                language="en",
                country="GB",
                **{"fontsize": "10.5pt", **look},
            )
        )
        self.document.styles.addElement(style)
        self._styles[name] = style
