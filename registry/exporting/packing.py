"""Writing a copy of the register: a chunk of organisations at a time, then one ZIP of the files."""

import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from registry import clock, csv_files
from registry.accounts.models import Account
from registry.assessments.models import Assessment, Decision
from registry.cards.queries import as_told
from registry.exporting import tables
from registry.exporting.tables import Asked, File
from registry.organisations.models import Activity, Membership, Organisation, Venue
from registry.organisations.models import Session as ActivitySession
from registry.permissions import linked

AT_ONCE = 100
METADATA = "csv-metadata.json"

Writers = Mapping[str, Callable[[Iterable[Any]], None]]


def how_many(reading: Session) -> int:
    """How many organisations there are."""
    return len(reading.scalars(select(Organisation.id)).all())


def write_copy(
    reading: Session,
    account: Account,
    target: Path,
    *,
    with_contacts: bool,
    told: Mapping[str, str],
    so_far: Callable[[int], None],
) -> None:
    """The ZIP at `target`, whole or not there. `told` is what its README says: title and text.

    What the account has a link to is left out, as it is from every list of theirs (domain B.8).
    """
    with TemporaryDirectory(dir=target.parent) as folder:
        _write_tables(reading, account, Path(folder), so_far, with_contacts=with_contacts)
        files = tables.files_for(with_contacts=with_contacts)
        part = Path(folder) / "whole.zip"
        now = clock.local(clock.now())
        with part.open("xb") as file:
            _pack(file, Path(folder), files, told, now)
        part.chmod(0o600)
        part.replace(target)


def metadata(files: Sequence[File], title: str) -> dict[str, Any]:
    """What each file and column means (CSV on the Web)."""
    there = {one.name for one in files}
    return {
        "@context": csv_files.CONTEXT,
        "dc:title": title,
        "tables": [
            csv_files.table_of(
                one.name,
                one.columns,
                one.primary_key,
                {"dc:title": one.title},
                [key for key in one.leads_to if key[1] in there],
            )
            for one in files
        ],
    }


def _write_tables(
    reading: Session,
    account: Account,
    folder: Path,
    so_far: Callable[[int], None],
    *,
    with_contacts: bool,
) -> None:
    told = as_told(clock.today())
    listed = frozenset(reading.scalars(select(told.c.organisation_id).distinct()))
    asked = Asked(with_contacts, listed)
    with ExitStack() as opened:
        write = {
            file.name: _writer(file, folder, asked, opened)
            for file in tables.files_for(with_contacts=with_contacts)
        }
        after, written, contacts = 0, 0, 1
        while chunk := _organisations(reading, after):
            after, written = chunk[-1].id, written + len(chunk)
            mine = [one for one in chunk if not linked(account, one)]
            _write_chunk(reading, mine, write)
            if with_contacts:
                for one in mine:
                    rows = tables.contacts_of(one, contacts)
                    contacts += len(rows)
                    write[tables.CONTACTS.name](rows)
            reading.expunge_all()
            so_far(written)


def _write_chunk(reading: Session, chunk: list[Organisation], write: Writers) -> None:
    numbers = [one.id for one in chunk]
    write[tables.ORGANISATIONS.name](chunk)
    write[tables.VENUES.name](
        reading.scalars(select(Venue).where(Venue.organisation_id.in_(numbers)).order_by(Venue.id))
    )
    activities = reading.scalars(
        select(Activity)
        .where(Activity.organisation_id.in_(numbers))
        .options(
            selectinload(Activity.categories),
            selectinload(Activity.marks),
            selectinload(Activity.happens_at),
        )
        .order_by(Activity.id)
    ).all()
    write[tables.ACTIVITIES.name](activities)
    of_these = ActivitySession.activity_id.in_([one.id for one in activities])
    write[tables.SESSIONS.name](
        reading.scalars(select(ActivitySession).where(of_these).order_by(ActivitySession.id))
    )
    cases = reading.scalars(
        select(Assessment).where(Assessment.organisation_id.in_(numbers)).order_by(Assessment.id)
    ).all()
    write[tables.ASSESSMENTS.name](cases)
    on_these = Decision.assessment_id.in_([one.id for one in cases])
    write[tables.DECISIONS.name](
        reading.scalars(select(Decision).where(on_these).order_by(Decision.id))
    )


def _organisations(reading: Session, after: int) -> list[Organisation]:
    return list(
        reading.scalars(
            select(Organisation)
            .where(Organisation.id > after)
            .options(
                selectinload(Organisation.members).joinedload(Membership.account),
                selectinload(Organisation.declared_links),
            )
            .order_by(Organisation.id)
            .limit(AT_ONCE)
        )
    )


def _writer(
    file: File, folder: Path, asked: Asked, opened: ExitStack
) -> Callable[[Iterable[Any]], None]:
    target = opened.enter_context((folder / file.name).open("x", encoding="utf-8", newline=""))
    target.write(csv_files.header_of(file.columns))

    def write(records: Iterable[Any]) -> None:
        for record in records:
            target.write(csv_files.line_of(file.columns, file.cells(record, asked)))

    return write


def _pack(
    target: IO[bytes],
    folder: Path,
    files: Sequence[File],
    told: Mapping[str, str],
    now: datetime,
) -> None:
    described = metadata(files, told["title"])
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for name, text in (
            ("README.txt", told["text"]),
            (METADATA, json.dumps(described, ensure_ascii=False, indent=1)),
        ):
            archive.writestr(_entry(name, now), text)
        for file in files:
            with (
                (folder / file.name).open("rb") as source,
                archive.open(_entry(file.name, now), "w", force_zip64=True) as to,
            ):
                while piece := source.read(64 * 1024):
                    to.write(piece)


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, now.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
