"""Sets a paper as an accessible PDF (PDF/UA-1: tagged, titled, in English).

WeasyPrint needs a system library (pango) and a second to load, so it is loaded when the first
PDF is wanted and not before.
"""

import importlib
from datetime import date
from html import escape
from typing import Any

from registry.papers.markdown import (
    Block,
    Box,
    Heading,
    Line,
    Paragraph,
    Points,
    Table,
)


class NoPdfHere(RuntimeError):
    """This machine cannot make PDFs; the text says what is missing."""


def write_pdf(blocks: list[Block], *, title: str, club: str, dated: date, accent: str) -> bytes:
    """The paper as a PDF. The same paper gives the same bytes.

    Raises NoPdfHere where WeasyPrint or the pango library is missing.
    """
    weasyprint = _weasyprint()
    body = "\n".join(_html(block) for block in blocks)
    made = f"{dated.isoformat()}T12:00:00Z"
    page = f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}: {escape(club)}</title>
<meta name="author" content="{escape(club)}">
<meta name="dcterms.created" content="{made}"><meta name="dcterms.modified" content="{made}">
<style>{_STYLE.replace("#accent", accent)}</style></head>
<body><p class="club">{escape(club)}</p><h1>{escape(title)}</h1>
{body}</body></html>"""
    pdf: bytes = weasyprint.HTML(string=page).write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=made.encode()
    )
    return pdf


def page_as_pdf(page: str) -> bytes:
    """A whole page of our own as a PDF; nothing is fetched for it. Raises NoPdfHere."""
    weasyprint = _weasyprint()
    fetcher = importlib.import_module("weasyprint.urls").URLFetcher(allowed_protocols={"data"})
    made: bytes = weasyprint.HTML(string=page, url_fetcher=fetcher).write_pdf(
        pdf_variant="pdf/ua-1"
    )
    return made


def _weasyprint() -> Any:
    try:
        return importlib.import_module("weasyprint")
    except (ImportError, OSError) as error:  # OSError: the Python part is here, pango is not
        raise NoPdfHere(
            "PDFs need WeasyPrint and the system libraries libpango-1.0-0 and libpangoft2-1.0-0: "
            f"{error}"
        ) from error


def _html(block: Block) -> str:
    match block:
        case Heading(level, line):
            return f"<h{level}>{_words(line)}</h{level}>"
        case Paragraph(line):
            return f"<p>{_words(line)}</p>"
        case Points(numbered, lines):
            tag = "ol" if numbered else "ul"
            return f"<{tag}>" + "".join(f"<li>{_words(line)}</li>" for line in lines) + f"</{tag}>"
        case Box(lines):
            return (
                '<div class="box">' + "".join(f"<p>{_words(line)}</p>" for line in lines) + "</div>"
            )
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    kinds = {"form": table.is_form, "facts": not table.head, "short": len(table.rows) <= 6}
    kind = " ".join(name for name, holds in kinds.items() if holds)
    columns = "".join(
        f'<col style="width: {share:.0%}">'
        for share in table.shares()
        if table.is_form or not table.head
    )
    head = "".join(f'<th scope="col">{_words(cell)}</th>' for cell in table.head)
    rows = "".join(
        "<tr>"
        + (f'<th scope="row">{_words(first)}</th>' if first else "<td></td>")
        + "".join(f"<td>{_words(cell)}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in table.rows
    )
    return (
        f'<table class="{kind}">{columns}'
        + (f"<thead><tr>{head}</tr></thead>" if head else "")
        + f"<tbody>{rows}</tbody></table>"
    )


def _words(line: Line) -> str:
    shown = []
    for run in line:
        text = "<br>" if run.text == "\n" else escape(run.text)
        if run.bold:
            text = f"<strong>{text}</strong>"
        shown.append(f"<em>{text}</em>" if run.italic else text)
    return "".join(shown)


_STYLE = """
@page {
  size: A4;
  margin: 18mm 20mm 20mm;
  font: 8.5pt "Liberation Sans", Arial, sans-serif;
  @bottom-left { content: string(club) " · " string(title); color: #555; width: 80% }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); color: #555 }
}
html {
  font: 10pt/1.42 "Liberation Sans", Arial, Helvetica, "DejaVu Sans", sans-serif;
  color: #1b1b1b;
}
body { margin: 0 }
.club {
  margin: 0 0 6mm;
  padding: 0 0 2.5mm;
  border-bottom: 1.2mm solid #accent;
  color: #accent;
  font-size: 14pt;
  font-weight: bold;
  string-set: club content();
}
h1 { margin: 0 0 5mm; font-size: 19pt; line-height: 1.2; string-set: title content() }
h2 { margin: 5.5mm 0 1.8mm; font-size: 12.5pt; line-height: 1.25; color: #accent }
h3 { margin: 4mm 0 1.5mm; font-size: 11pt }
h2, h3 { break-after: avoid }
p { margin: 0 0 2.5mm; orphans: 3; widows: 3 }
ul, ol { margin: 0 0 3mm; padding-left: 6mm }
li { margin: 0 0 1.2mm; orphans: 2; widows: 2 }
.box {
  margin: 4mm 0 5mm;
  padding: 3mm 4mm .5mm;
  border: .4mm solid #accent;
  border-left-width: 2mm;
  background: #f6f6f4;
  break-inside: avoid;
}
table {
  width: 100%;
  margin: 2mm 0 5mm;
  border-collapse: collapse;
  font-size: 9.5pt;
  line-height: 1.35;
}
th, td {
  padding: 1.5mm 2.2mm;
  border: .25mm solid #9a9a9a;
  text-align: left;
  vertical-align: top;
  font-weight: normal;
}
thead { display: table-header-group }
thead th { background: #accent; color: #fff; font-weight: bold; border-color: #accent }
tr { break-inside: avoid }
tbody th { font-weight: bold }
.facts, .short { break-inside: avoid }
.short + p, p + .short { break-before: avoid }
.form th { font-weight: normal }
.facts th { background: #f2f2ef; font-weight: normal; color: #333 }
.form td:empty { height: 5mm }
"""
