"""Letters as a PDF: for a window envelope, in large clear type, one after another."""

import re
from collections.abc import Sequence
from datetime import date
from html import escape

from flask import render_template

from registry import clock
from registry.assisted.queries import Letter
from registry.config import settings
from registry.messages.drawing import draw
from registry.papers.pdf import page_as_pdf
from registry.web.formats import long_date

__all__ = ["letters_as_pdf"]

_HEADING = re.compile(r"[A-Z][A-Z0-9 ,’'?]+")


def letters_as_pdf(letters: Sequence[Letter], dated: date | None = None) -> bytes:
    """One PDF with every letter on pages of its own. Raises NoPdfHere where there is no pango."""
    chosen = settings()
    page = render_template(
        "letters/letters.html",
        letters=[_drawn(one) for one in letters],
        council=chosen.council_name,
        scheme=chosen.scheme_name,
        back_to=_lines(chosen.council_address),
        phone=chosen.council_phone,
        dated=long_date(dated or clock.today()),
    )
    return page_as_pdf(page)


def _drawn(letter: Letter) -> dict[str, object]:
    """The words of an email as they stand in a letter: paragraphs, and headings that stand out."""
    drawn = draw(letter.message)
    paragraphs = []
    for block in drawn.body.strip().split("\n\n"):
        # The two dashes are for mail programs, which fold away what comes after them.
        first, _, rest = block.removeprefix("--\n").partition("\n")
        block = block.removeprefix("--\n")
        if rest and _HEADING.fullmatch(first.strip()):
            paragraphs.append(("h", escape(first.strip().capitalize())))
            block = rest
        paragraphs.append(("p", escape(block).replace("\n", "<br>")))
    return {
        "name": letter.name,
        "address": _lines(letter.address),
        "subject": drawn.subject,
        "paragraphs": paragraphs,
    }


def _lines(address: str) -> list[str]:
    """An address line by line, however it was typed."""
    return [line.strip() for line in re.split(r"[\n,]", address) if line.strip()]
