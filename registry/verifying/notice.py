"""The notice that a club prints: what was read, until when, and where to ask whether it is true."""

import segno
from flask import render_template

from registry.config import settings
from registry.verifying.verdict import Verdict
from registry.web.formats import long_date

__all__ = ["notice_paper", "notice_title", "qr_picture", "site_in_words"]


def notice_title(verdict: Verdict) -> str:
    """The fixed title (domain C.3)."""
    chosen = settings()
    read_on = long_date(verdict.read_on)
    return f"{chosen.scheme_name}: self-check read by {chosen.council_name} on {read_on}"


def qr_picture(address: str) -> str:
    """An address as a square for cameras, black on white, as an address that holds the picture."""
    square = segno.make(address, error="m", micro=False)
    return str(square.svg_data_uri(border=2, light="#fff", dark="#000"))


def site_in_words(address: str) -> str:
    """An address as people read and type it: without its beginning."""
    return address.partition("://")[2] or address


def notice_paper(verdict: Verdict, address: str) -> str:
    """The notice as a whole page of its own, to be made a PDF of."""
    return render_template(
        "verifying/notice_paper.html",
        verdict=verdict,
        title=notice_title(verdict),
        address=address,
        shown=site_in_words(address),
        square=qr_picture(address),
    )
