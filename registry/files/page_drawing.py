"""Draws a paper page by page: a picture of each page made anew, and the words on it.

A PDF is drawn as it is. A Word or ODT file has no pages of its own: its words, tables and pictures
are set on A4, plainly. A picture is one page. Nothing is fetched from anywhere.

This runs in a process of its own with limits (registry.files.page_maker): it may fail in any way.
"""

import importlib
import io
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
from PIL import Image, ImageFile, ImageOps

from registry.files.paper_text import MOST_PAGES, for_reading, text_in
from registry.files.word_blocks import html_of

# Wide enough to read small print at twice the size of the pane it stands in.
WIDEST, HIGHEST = 1000, 1600
LARGEST_PICTURE = 1600
MOST_BYTES = 40 * 1024 * 1024  # of all the pictures of one paper
MOST_DOTS = 50_000_000
_FEW_COLOURS = 4096
_COLOURS = 24
_LETTERS_ON_A_PAGE = 3000


class Page(NamedTuple):
    """One page: its words, and its picture (PNG or JPEG) with its size, where there is one."""

    words: str
    picture: bytes | None = None
    width: int | None = None
    height: int | None = None


def pages_of(content: bytes, kind: str) -> Iterator[Page]:
    """The pages of a paper, as many as may be. Whatever cannot be read raises something."""
    if kind in ("jpg", "png"):
        yield _pictured("", _photograph(content))
    elif kind == "pdf":
        yield from _pdf(content)
    else:
        yield from _set_on_paper(content, kind)


def _pdf(content: bytes) -> Iterator[Page]:
    document = pypdfium2.PdfDocument(content)
    # What is filled in on a form is drawn by this alone: a reviewer has to see it.
    document.init_forms()
    room = MOST_BYTES
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        read = page.get_textpage()
        words = for_reading(read.get_text_bounded())
        width, height = page.get_size()
        scale = min(WIDEST / max(width, 1), HIGHEST / max(height, 1))
        drawn = _pictured(words, page.render(scale=scale).to_pil().convert("RGB"))
        room -= len(drawn.picture or b"")
        yield drawn if room > 0 else Page(words)
        read.close()
        page.close()


def _set_on_paper(content: bytes, kind: str) -> Iterator[Page]:
    try:
        weasyprint = importlib.import_module("weasyprint")
    except (ImportError, OSError):  # OSError: the Python part is here, pango is not
        yield from _words_alone(text_in(content, kind))
        return
    page = html_of(content, kind, lambda picture: _as_jpeg(_photograph(picture)))
    fetcher = importlib.import_module("weasyprint.urls").URLFetcher(allowed_protocols={"data"})
    yield from _pdf(weasyprint.HTML(string=page, url_fetcher=fetcher).write_pdf())


def _words_alone(text: str) -> Iterator[Page]:
    """Where no page can be set: the words, so many to a page, broken between lines."""
    page = ""
    for line in text.splitlines(keepends=True):
        if page and len(page) + len(line) > _LETTERS_ON_A_PAGE:
            yield Page(page.strip())
            page = ""
        page += line
    yield Page(page.strip())


def _photograph(content: bytes) -> Image.Image:
    """The dots of a picture and nothing else: upright, in plain colours, not too large."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    picture: Image.Image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "GIF", "BMP"))
    if picture.width * picture.height > MOST_DOTS:
        raise ValueError("too many dots")
    picture.draft("RGB", (LARGEST_PICTURE, LARGEST_PICTURE))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LARGEST_PICTURE, LARGEST_PICTURE), Image.Resampling.LANCZOS)
    seen = upright.convert("RGBA")
    plain = Image.new("RGB", seen.size, (255, 255, 255))
    plain.paste(seen, mask=seen.getchannel("A"))
    return plain


def _pictured(words: str, picture: Image.Image) -> Page:
    """A page of print is small as a PNG of few colours, a photograph as a JPEG."""
    if picture.getcolors(_FEW_COLOURS):
        written = io.BytesIO()
        few = picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(written, "PNG", compress_level=6)
        return Page(words, written.getvalue(), *picture.size)
    return Page(words, _as_jpeg(picture), *picture.size)


def _as_jpeg(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=80, optimize=True)
    return written.getvalue()
