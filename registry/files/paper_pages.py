"""The pages of papers as they are shown: made by the worker, kept beside the papers, forgotten
with them. The caller commits, apart from `make_pages`, which commits paper by paper.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError

from registry import clock
from registry.database import db
from registry.errors import Unavailable
from registry.files import page_maker
from registry.files.models import PaperPage, PaperReading, StoredFile
from registry.files.scanning import may_be_shown
from registry.files.store import blob_store

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 6
SECONDS = 40.0


def reading_of(stored: StoredFile) -> PaperReading | None:
    """How far the worker came with a paper; None where it has not come to it yet."""
    return db.session.get(PaperReading, stored.sha256)


def pages_of(stored: StoredFile) -> list[PaperPage]:
    """The pages of a paper in their order."""
    return list(
        db.session.scalars(
            select(PaperPage).where(PaperPage.sha256 == stored.sha256).order_by(PaperPage.number)
        )
    )


def page_of(stored: StoredFile, number: int) -> PaperPage | None:
    """One page of a paper."""
    return db.session.get(PaperPage, (stored.sha256, number))


def make_pages(wanted: Iterable[str], seconds: float = SECONDS) -> int:
    """Make the pages of papers that have none, in this order, for so long; answers how many.

    Takes digests. What a scanner has not read waits; what cannot be drawn is said to be broken.
    """
    give_up, done = time.monotonic() + seconds, 0
    waiting = _not_made(wanted)
    while waiting and time.monotonic() < give_up:
        done += _make(waiting[:AT_ONCE])
        waiting = waiting[AT_ONCE:]
    return done


def forget_pages(sha256: str) -> None:
    """Let go of what was made of a paper, its pictures as well, wherever no other shows them."""
    pictures = set(
        db.session.scalars(
            select(PaperPage.picture).where(
                PaperPage.sha256 == sha256, PaperPage.picture.is_not(None)
            )
        )
    )
    db.session.execute(delete(PaperPage).where(PaperPage.sha256 == sha256))
    db.session.execute(delete(PaperReading).where(PaperReading.sha256 == sha256))
    for picture in pictures:
        if picture and not is_kept(picture):
            blob_store().delete(picture)


def forget_pages_of_gone_papers() -> int:
    """Let go of what was made of papers that nobody keeps any more; answers of how many."""
    kept = _kept_file(PaperReading.sha256).exists()
    gone = db.session.scalars(select(PaperReading.sha256).where(~kept)).all()
    for sha256 in gone:
        forget_pages(sha256)
    return len(gone)


def is_kept(sha256: str) -> bool:
    """Whether these bytes are a file that is kept, or the picture of a page."""
    return bool(
        db.session.scalar(select(_kept_file(sha256).exists()))
        or db.session.scalar(select(PaperPage.sha256).where(PaperPage.picture == sha256).limit(1))
    )


def _kept_file(sha256: Any) -> Select[StoredFile]:
    return select(StoredFile).where(StoredFile.sha256 == sha256, StoredFile.erased_at.is_(None))


def _not_made(wanted: Iterable[str]) -> list[tuple[str, str]]:
    """The digest and the kind of each paper that has no pages and may be opened."""
    made = set(db.session.scalars(select(PaperReading.sha256)))
    found = []
    for sha256 in dict.fromkeys(wanted):
        if sha256 in made:
            continue
        stored = db.session.scalars(_kept_file(sha256).order_by(StoredFile.id)).first()
        if stored is not None and may_be_shown(stored):
            found.append((sha256, stored.kind))
    return found


def _make(papers: Iterable[tuple[str, str]]) -> int:
    """Draw some papers in a process apart, then keep what it made of each."""
    with tempfile.TemporaryDirectory(prefix="pages-") as name:
        folder = Path(name)
        drawn = []
        for sha256, kind in papers:
            try:
                (folder / f"{sha256}.{kind}").write_bytes(blob_store().get(sha256))
            except FileNotFoundError:
                continue  # erased since the list was made
            drawn.append(sha256)
        # Drawing takes long: nothing is held meanwhile that others want to write to.
        db.session.rollback()
        _run(folder, len(drawn))
        return sum(_kept(sha256, folder / sha256) for sha256 in drawn)


def _run(folder: Path, papers: int) -> None:
    """The process that draws: with nothing of our settings, and killed if it does not end."""
    surroundings = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    try:
        subprocess.run(  # noqa: S603  our own module and our own folder
            [sys.executable, "-m", page_maker.__name__, str(folder)],
            cwd=ROOT,
            env={**surroundings, "HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=(papers + 1) * page_maker.MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        current_app.logger.error("drawing %d papers did not end", papers)


def _kept(sha256: str, drawn: Path) -> bool:
    """Keep the pages of one paper, in a transaction of its own."""
    numbers = sorted(int(one.stem) for one in drawn.glob("*.words"))
    made = "whole" if (drawn / page_maker.WHOLE).exists() else "cut"
    if not db.session.scalar(select(_kept_file(sha256).exists())):
        return False  # erased while it was drawn
    try:
        for number in numbers:
            db.session.add(_page(sha256, drawn, number))
        db.session.add(
            PaperReading(
                sha256=sha256,
                made=made if numbers else "broken",
                pages=len(numbers),
                made_at=clock.now(),
            )
        )
        db.session.commit()
    except (IntegrityError, Unavailable):
        db.session.rollback()  # somebody else made them, or the disk is full: the next run asks
        return False
    return True


def _page(sha256: str, drawn: Path, number: int) -> PaperPage:
    page = PaperPage(
        sha256=sha256, number=number, words=(drawn / f"{number}.words").read_text("utf-8")
    )
    picture = drawn / f"{number}.picture"
    if picture.exists():
        page.picture = blob_store().put(picture.read_bytes())
        width, height = (drawn / f"{number}.size").read_text().split()
        page.width, page.height = int(width), int(height)
    return page
