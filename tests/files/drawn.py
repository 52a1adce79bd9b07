"""Pages of a paper as the worker would have made them, without the worker."""

from registry import clock
from registry.database import db
from registry.files.models import PaperPage, PaperReading
from registry.files.store import blob_store
from tests.files.specimens import a_picture


def draw(sha256: str, *words: str, made: str = "whole") -> None:
    """A paper with one page for each of these; none at all where it is broken."""
    db.session.add(PaperReading(sha256=sha256, made=made, pages=len(words), made_at=clock.now()))
    for number, said in enumerate(words, start=1):
        db.session.add(
            PaperPage(
                sha256=sha256,
                number=number,
                words=said,
                picture=blob_store().put(a_picture("PNG", (300 + number, 400))),
                width=300 + number,
                height=400,
            )
        )
    db.session.commit()
