"""Imports for tests: of a few lines, read as the worker reads them."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from registry.database import db
from registry.importing import services
from registry.importing.models import ImportedRecord, ImportRun
from registry.importing.working import work_on
from registry.organisations.models import Organisation

SAMPLES = Path(__file__).parent / "samples"
HEADING = (
    "organisation_id", "organisation_name", "organisation_email", "activity_id", "activity_name",
    "summary", "categories", "minimum_age", "maximum_age", "venue_name", "venue_postcode", "days",
    "start_time", "end_time", "price", "last_date",
)  # fmt: skip
JUDO = (
    "C-1", "Foundry Lane Judo", "judo@example.org", "A-1", "Little Judo", "Judo for beginners.",
    "Martial arts", "5", "8", "Foundry Lane Hall", "WV10 0BB", "Monday; Thursday", "16:30",
    "17:30", "4.50", "",
)  # fmt: skip
CHOIR = (
    "C-2", "Penn Road Voices", "choir@example.org", "A-2", "Young choir", "Singing for all.",
    "Choir and singing", "7", "11", "St Bartholomew’s", "WV4 5AA", "Tue", "4pm", "5pm", "free", "",
)  # fmt: skip


def row(like: Sequence[str] = JUDO, **different: str) -> tuple[str, ...]:
    """A row like another one, but for some of its cells."""
    cells = dict(zip(HEADING, like, strict=True)) | different
    return tuple(cells[name] for name in HEADING)


def a_file(*rows: Iterable[str], heading: Iterable[str] = HEADING) -> bytes:
    """A CSV file."""
    said = io.StringIO()
    csv.writer(said).writerows([tuple(heading), *rows])
    return said.getvalue().encode()


def begin(
    content: bytes, actor: Any = None, *, name: str = "clubs.csv", source: str = "Old list"
) -> ImportRun:
    """An import of this file; the columns of a table are what their headings say."""
    run = services.begin_with_file(io.BytesIO(content), name, actor, source=source)
    if run.state == "matching":
        services.choose_columns(run, run.columns, actor)
    db.session.commit()
    return run


def read(content: bytes, actor: Any = None, **how: str) -> ImportRun:
    """The same, read and compared by the worker."""
    return go_on(begin(content, actor, **how))


def take_in(content: bytes, actor: Any = None, **how: str) -> ImportRun:
    """The same, carried out."""
    run = read(content, actor, **how)
    services.ask_to_carry_out(run, actor)
    db.session.commit()
    return go_on(run)


def go_on(run: ImportRun) -> ImportRun:
    """The worker comes by."""
    number = run.id
    work_on(number)
    return db.session.get_one(ImportRun, number)


def an_import(actor: Any) -> ImportRun:
    """One that is read, and waits for somebody."""
    number, run = actor.id, read(a_file(JUDO, CHOIR), actor)
    assert number
    return run


def came_from(run: ImportRun, organisation: Organisation) -> ImportedRecord:
    """A club, said to have come with an import."""
    return ImportedRecord(
        source=run.source,
        kind="organisation",
        key=f"club {organisation.id}",
        digest="0" * 64,
        organisation_id=organisation.id,
        version=1,
        made_by_id=run.id,
    )
