"""What the pages of imports ask, and what the work on them asks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select, tuple_

from registry import clock
from registry.database import db
from registry.importing.models import WORKED_ON, ImportedRecord, ImportRow, ImportRun
from registry.organisations.models import Organisation
from registry.people.models import Invitation

MOST_RUNS = 100
PER_PAGE = 50
# The lists of rows on the page of an import, by what is asked for in the address.
SHOWN = ("mistakes", "likely", "changed", "kept", "new", "notes")


def runs() -> list[ImportRun]:
    """The last imports, the newest first."""
    return list(
        db.session.scalars(select(ImportRun).order_by(ImportRun.id.desc()).limit(MOST_RUNS))
    )


def run(import_id: int) -> ImportRun | None:
    """One import."""
    return db.session.get(ImportRun, import_id)


def waiting_runs() -> list[int]:
    """Imports that somebody has to go on with, and that nobody is at."""
    return list(
        db.session.scalars(
            select(ImportRun.id)
            .where(
                ImportRun.state.in_(WORKED_ON),
                or_(ImportRun.leased_until.is_(None), ImportRun.leased_until < clock.now()),
            )
            .order_by(ImportRun.id)
        )
    )


def row(run_id: int, row_id: int) -> ImportRow | None:
    """One row of an import."""
    found = db.session.get(ImportRow, row_id)
    return found if found is not None and found.run_id == run_id else None


def rows_of(run: ImportRun, shown: str, page: int) -> tuple[list[ImportRow], int]:
    """One page of the rows of a list, in the order of the file, and how many there are."""
    rows = select(ImportRow).where(ImportRow.run_id == run.id, _WHICH[shown])
    count = db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    found = db.session.scalars(
        rows.order_by(ImportRow.number, ImportRow.id).offset((page - 1) * PER_PAGE).limit(PER_PAGE)
    )
    return list(found), count


_WHICH: dict[str, Any] = {
    "mistakes": ImportRow.verdict == "mistake",
    "likely": ImportRow.has_likely.is_(True),
    "changed": ImportRow.verdict == "changed",
    "kept": ImportRow.verdict == "kept",
    "new": ImportRow.verdict == "new",
    "notes": func.length(func.coalesce(db.cast(ImportRow.notes, db.Text), "")) > 2,
}


def count_notes(run_id: int) -> int:
    """How many rows have a note."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(ImportRow)
            .where(ImportRow.run_id == run_id, _WHICH["notes"])
        )
        or 0
    )


def rows_with_sentences(run_id: int) -> Iterator[ImportRow]:
    """Every row with a mistake or a note, in the order of the file, a few hundred at a time."""
    after = (0, 0)
    while True:
        found = list(
            db.session.scalars(
                select(ImportRow)
                .where(
                    ImportRow.run_id == run_id,
                    or_(ImportRow.verdict == "mistake", _WHICH["notes"]),
                    tuple_(ImportRow.number, ImportRow.id) > after,
                )
                .order_by(ImportRow.number, ImportRow.id)
                .limit(500)
            )
        )
        if not found:
            return
        yield from found
        after = (found[-1].number, found[-1].id)
        for one in found:
            db.session.expunge(one)


def organisations_by_id(numbers: Collection[int]) -> dict[int, Organisation]:
    """Some organisations, by their numbers."""
    rows = db.session.scalars(select(Organisation).where(Organisation.id.in_(numbers)))
    return {one.id: one for one in rows}


@dataclass(frozen=True)
class TakenIn:
    """A club that an import made, and how far it has come since."""

    organisation: Organisation
    activities: int
    is_invited: bool


def clubs_of(run_id: int, page: int) -> tuple[list[TakenIn], int]:
    """The clubs that an import made, by name, a page at a time, and how many there are."""
    made = select(ImportedRecord.organisation_id).where(
        ImportedRecord.made_by_id == run_id, ImportedRecord.kind == "organisation"
    )
    clubs = select(Organisation).where(Organisation.id.in_(made))
    count = db.session.scalar(select(func.count()).select_from(clubs.subquery())) or 0
    found = db.session.scalars(
        clubs.order_by(Organisation.name, Organisation.id)
        .offset((page - 1) * PER_PAGE)
        .limit(PER_PAGE)
    ).all()
    numbers = [one.id for one in found]
    activities = _count_by_club(numbers)
    invited = set(
        db.session.scalars(
            select(Invitation.organisation_id).where(
                Invitation.organisation_id.in_(numbers),
                Invitation.used_at.is_(None),
                Invitation.withdrawn_at.is_(None),
                Invitation.expires_at > clock.now(),
            )
        )
    )
    return [TakenIn(one, activities.get(one.id, 0), one.id in invited) for one in found], count


def _count_by_club(numbers: Sequence[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(ImportedRecord.organisation_id, func.count())
        .where(ImportedRecord.organisation_id.in_(numbers), ImportedRecord.kind == "activity")
        .group_by(ImportedRecord.organisation_id)
    )
    return {row[0]: row[1] for row in rows}


def records(source: str, kind: str, keys: Collection[str]) -> dict[str, ImportedRecord]:
    """What is known of some records of a source, by their own names there."""
    rows = db.session.scalars(
        select(ImportedRecord).where(
            ImportedRecord.source == source,
            ImportedRecord.kind == kind,
            ImportedRecord.key.in_(keys),
        )
    )
    return {one.key: one for one in rows}


def organisation_imported(import_id: int, organisation_id: int) -> Organisation | None:
    """A club that an import made."""
    there = db.session.scalar(
        select(ImportedRecord.id).where(
            ImportedRecord.made_by_id == import_id,
            ImportedRecord.kind == "organisation",
            ImportedRecord.organisation_id == organisation_id,
        )
    )
    return db.session.get(Organisation, organisation_id) if there else None
