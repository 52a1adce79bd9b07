"""The process that draws papers: `python -m registry.files.page_maker FOLDER`.

The folder holds papers, each named by its digest and its kind (`ab12….pdf`). Beside each it makes
a folder `ab12…` with `1.words` and `1.picture` and so on, and `whole` once the last page is done.
Each paper is drawn in a process of its own, which may use so much time and memory and no more:
whatever a paper does to it, the others are drawn.
"""

import contextlib
import importlib
import os
import resource
import signal
import sys
from pathlib import Path

from registry.files.page_drawing import Page, pages_of
from registry.files.paper_text import MOST_PAGES

MOST_SECONDS = 30
MOST_MEMORY = 256 * 1024 * 1024
_LARGEST_PIECE = 32 * 1024 * 1024
_MOST_FILES = 64
WHOLE = "whole"


def main(folder: Path) -> None:
    """Draw every paper of the folder, one after the other."""
    # Loaded once, with its fonts: that takes a second, and a drawing a tenth of it.
    with contextlib.suppress(ImportError, OSError):
        importlib.import_module("weasyprint").HTML(string="<p>Fonts").write_pdf()
    for paper in sorted(folder.glob("*.*")):
        child = os.fork()
        if child == 0:
            _draw_and_end(paper)
        os.waitpid(child, 0)


def _draw_and_end(paper: Path) -> None:
    """In the paper's own process: nothing of it outlives this."""
    failed = 1
    try:
        _limit()
        draw(paper, paper.with_suffix(""))
        failed = 0
    finally:
        os._exit(failed)


def draw(paper: Path, into: Path) -> None:
    """Write the pages of a paper, each whole or not at all."""
    into.mkdir(mode=0o700)
    number = 0
    for number, page in enumerate(pages_of(paper.read_bytes(), paper.suffix[1:]), start=1):
        _write(into, number, page)
    if number < MOST_PAGES:
        (into / WHOLE).touch()


def _write(into: Path, number: int, page: Page) -> None:
    if page.picture:
        (into / f"{number}.picture").write_bytes(page.picture)
        (into / f"{number}.size").write_text(f"{page.width} {page.height}")
    part = into / f"{number}.part"
    part.write_text(page.words, encoding="utf-8")
    part.rename(into / f"{number}.words")


def _limit() -> None:
    os.nice(10)  # whoever waits for a page of the register comes first
    signal.alarm(MOST_SECONDS)
    for what, most in (
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_DATA, MOST_MEMORY),
        (resource.RLIMIT_FSIZE, _LARGEST_PIECE),
        (resource.RLIMIT_NOFILE, _MOST_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        # Not every system has every limit; the clock is always there.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
