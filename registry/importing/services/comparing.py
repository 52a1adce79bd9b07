"""The dry run: each waiting row held against what is here. Nothing is written but the report."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import selectinload

from registry.database import db
from registry.importing.models import ImportedRecord, ImportRow, ImportRun
from registry.importing.queries import records
from registry.importing.shaping import digest
from registry.matching.comparing import Names, lookalikes
from registry.matching.gathering import known_by_facts
from registry.matching.names import plain_postcode
from registry.organisations.models import Activity, Organisation
from registry.organisations.services.activities import MOST_ACTIVITIES

AT_ONCE = 500
MOST_SHOWN = 5
Progress = Callable[[int, int], None]


def compare(run: ImportRun, after: Callable[[], None], progress: Progress) -> None:
    """Say of every row what would become of it, some hundred at a time. `after` each of them."""
    names = Names.of_today()
    count = run.done
    seen = 0
    for rows in chunks(run.id):
        _judge(run, rows)
        _look_alike(run, rows, names)
        seen += len(rows)
        after()
        progress(seen, count)
    _refuse_too_many(run)
    recount(run)


def chunks(run_id: int) -> Iterator[list[ImportRow]]:
    """The rows of an import, some hundred at a time; those before are let go of."""
    last = 0
    while True:
        rows = list(
            db.session.scalars(
                select(ImportRow)
                .where(ImportRow.run_id == run_id, ImportRow.id > last)
                .order_by(ImportRow.id)
                .limit(AT_ONCE)
            )
        )
        if not rows:
            return
        last = rows[-1].id
        yield rows
        for one in rows:
            if one in db.session:
                db.session.expunge(one)


def recount(run: ImportRun) -> None:
    """How many rows of each kind there are, for the report."""
    counted = db.session.execute(
        select(ImportRow.verdict, func.count())
        .where(ImportRow.run_id == run.id)
        .group_by(ImportRow.verdict)
    )
    counts = {str(verdict): count for verdict, count in counted}
    for name, what in (
        ("likely", ImportRow.has_likely.is_(True)),
        ("left_out", ImportRow.left_out.is_(True) & ImportRow.verdict.in_(("new", "changed"))),
    ):
        counts[name] = _count(run.id, what)
    run.counts = counts
    db.session.flush()


def _count(run_id: int, what: Any) -> int:
    rows = select(func.count()).select_from(ImportRow).where(ImportRow.run_id == run_id, what)
    return db.session.scalar(rows) or 0


def untouched(
    found: Mapping[str, ImportedRecord],
) -> tuple[dict[int, Organisation], dict[int, Activity]]:
    """Of some imported records, the clubs and the activities that nobody has touched here since:
    no person belongs to the club, nobody enters for it, and nothing was changed."""
    numbers = {one.organisation_id for one in found.values()}
    clubs = {
        one.id: one
        for one in db.session.scalars(
            select(Organisation)
            .where(Organisation.id.in_(numbers))
            .options(selectinload(Organisation.members))
        )
        if not one.members and not one.assistances and one.closed_at is None
    }
    wanted = [one.activity_id for one in found.values() if one.activity_id]
    versions = {one.activity_id: one.version for one in found.values() if one.activity_id}
    activities = {
        one.id: one
        for one in db.session.scalars(select(Activity).where(Activity.id.in_(wanted)))
        if one.organisation_id in clubs and one.version == versions[one.id] and one.state == "draft"
    }
    return clubs, activities


def club_facts(row: ImportRow) -> dict[str, Any]:
    """What a row says of its club."""
    told: dict[str, Any] = (row.facts or {})["organisation"]
    return told


def activity_facts(row: ImportRow) -> dict[str, Any]:
    """What a row says of its activity, with its places and its times."""
    return {name: told for name, told in (row.facts or {}).items() if name != "organisation"}


def first_rows(run_id: int, keys: Sequence[str]) -> dict[str, int]:
    """The first whole row of each club: what a source says of a club is what stands there."""
    rows = db.session.execute(
        select(ImportRow.organisation_key, func.min(ImportRow.id))
        .where(
            ImportRow.run_id == run_id,
            ImportRow.organisation_key.in_(keys),
            ImportRow.facts.is_not(None),
        )
        .group_by(ImportRow.organisation_key)
    )
    return {row[0]: row[1] for row in rows}


def _judge(run: ImportRun, rows: Sequence[ImportRow]) -> None:
    whole = [one for one in rows if one.facts is not None and not one.problems]
    activities = records(run.source, "activity", [one.key for one in whole])
    clubs = records(run.source, "organisation", [one.organisation_key for one in whole])
    free_clubs, free_activities = untouched(
        {**clubs, **{f"a:{k}": v for k, v in activities.items()}}
    )
    firsts = first_rows(run.id, list(clubs))
    for row in rows:
        if row.facts is None or row.problems:
            row.verdict = "mistake"
            continue
        row.verdict = _verdict(
            row,
            activities.get(row.key),
            clubs.get(row.organisation_key),
            free_clubs,
            free_activities,
            is_first=firsts.get(row.organisation_key) == row.id,
        )
    db.session.flush()


def _verdict(
    row: ImportRow,
    activity: ImportedRecord | None,
    club: ImportedRecord | None,
    free_clubs: Mapping[int, Organisation],
    free_activities: Mapping[int, Activity],
    *,
    is_first: bool,
) -> str:
    if activity is None:
        # A club that has its own people by now adds what it does itself.
        return "new" if club is None or club.organisation_id in free_clubs else "kept"
    club_said = club is None or not is_first or club.digest == digest(club_facts(row))
    if club_said and activity.digest == digest(activity_facts(row)):
        return "same"
    return "changed" if activity.activity_id in free_activities else "kept"


def _look_alike(run: ImportRun, rows: Sequence[ImportRow], names: Names) -> None:
    """For each club that is new here, which records may be the same: on its first row."""
    first: dict[str, ImportRow] = {}
    for row in rows:
        if row.verdict == "new":
            first.setdefault(row.organisation_key, row)
    known = records(run.source, "organisation", list(first))
    before = set(
        db.session.scalars(
            select(ImportRow.organisation_key).where(
                ImportRow.run_id == run.id,
                ImportRow.organisation_key.in_(first),
                ImportRow.id < rows[0].id,
                ImportRow.verdict == "new",
            )
        )
    )
    wanted = {key: row for key, row in first.items() if key not in known and key not in before}
    told = {key: list(_known_by(row)) for key, row in wanted.items()}
    for key, found in lookalikes(told, names).items():
        wanted[key].likely = [
            {"id": one.organisation_id, "hits": list(one.hits), "strength": one.strength}
            for one in found[:MOST_SHOWN]
        ]
        wanted[key].has_likely = True
    strong = [key for key, row in wanted.items() if _is_strong(row)]
    if strong:
        leave_out(run, strong)
    db.session.flush()


def _known_by(row: ImportRow) -> Iterable[tuple[str, str]]:
    yield from known_by_facts(club_facts(row))
    for place in (row.facts or {})["places"]:
        yield "postcode", plain_postcode(place["postcode"])


def _is_strong(row: ImportRow) -> bool:
    return any(one["strength"] == "strong" for one in row.likely)


def leave_out(run: ImportRun, keys: Sequence[str], *, is_out: bool = True) -> None:
    """Leave the rows of some clubs out, or take them in after all."""
    db.session.execute(
        update(ImportRow)
        .where(ImportRow.run_id == run.id, ImportRow.organisation_key.in_(keys))
        .values(left_out=is_out)
    )


def _refuse_too_many(run: ImportRun) -> None:
    """No club has more activities than one can have; what is beyond is a mistake of its row."""
    many = db.session.scalars(
        select(ImportRow.organisation_key)
        .where(ImportRow.run_id == run.id, ImportRow.verdict == "new")
        .group_by(ImportRow.organisation_key)
        .having(func.count() > MOST_ACTIVITIES)
    ).all()
    for key in many:
        beyond = db.session.scalars(
            select(ImportRow)
            .where(
                ImportRow.run_id == run.id,
                ImportRow.organisation_key == key,
                ImportRow.verdict == "new",
            )
            .order_by(ImportRow.id)
            .offset(MOST_ACTIVITIES)
            .execution_options(yield_per=AT_ONCE)
        )
        sentence = f"One club can have {MOST_ACTIVITIES} activities. This one would be beyond that"
        for row in beyond.all():
            row.verdict, row.problems = "mistake", [["", sentence]]
    db.session.flush()
