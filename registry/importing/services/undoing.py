"""Undoing an import within the day: what nobody has touched since goes, and the rest is named.

Touched is what anything else in the register points at: a person who belongs to the club, an
invitation, a self-check, a paper, a colleague who enters for it; or what was changed here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Table, delete, or_, select

from registry import clock
from registry.audit.services import record
from registry.database import db
from registry.errors import NotAllowedNow
from registry.importing.models import ImportedRecord, ImportRun
from registry.importing.services.beginning import forget_rows, may_import
from registry.matching.models import Match, Trait
from registry.organisations.facts import set_facts
from registry.organisations.models import (
    Activity,
    ActivityCategory,
    ActivityMark,
    ActivityVenue,
    Organisation,
    Session,
    Venue,
)

AT_ONCE = 400
MOST_NAMED = 200
# What an import makes itself: it goes with the record, and says nothing of anybody.
_OURS = {
    model.__tablename__
    for model in (
        Activity, ActivityCategory, ActivityMark, ActivityVenue, ImportedRecord, Match, Session,
        Trait, Venue,
    )
}  # fmt: skip


def undo(run: ImportRun, actor: Any) -> None:
    """Take away what the import made, and put back what it changed. `run.left` names what stays.

    Raises NotAllowedNow after a day, and for what was never carried out.
    """
    may_import(actor)
    db.session.refresh(run, with_for_update=True)
    if run.undo_until is None:
        raise NotAllowedNow("This import was not carried out, or is undone already.")
    if run.undo_until < clock.now():
        raise NotAllowedNow("An import can be undone for a day. That day is over.")
    left: list[dict[str, Any]] = []
    gone = {"clubs": 0, "activities": 0, "put_back": _put_back(run, left)}
    gone["activities"] = _take_activities(run, left)
    gone["clubs"] = _take_clubs(run, left)
    run.state, run.undone_at = "undone", clock.now()
    run.counts = {**run.counts, **{f"gone_{name}": count for name, count in gone.items()},
                  "left": len(left)}  # fmt: skip
    run.left = left[:MOST_NAMED]
    record("undo_import", run, actor, details={**gone, "left": len(left)})
    forget_rows(run)


def _put_back(run: ImportRun, left: list[dict[str, Any]]) -> int:
    """What the import changed is as it was, unless somebody has changed it since."""
    count = 0
    changed = select(ImportedRecord).where(ImportedRecord.changed_by_id == run.id)
    for known in db.session.scalars(changed.order_by(ImportedRecord.id)).all():
        model = Activity if known.kind == "activity" else Organisation
        number = known.activity_id if known.kind == "activity" else known.organisation_id
        there: Any = db.session.get(model, number)
        before = known.before or {}
        if there is None or there.version != known.version or _has_people(known.organisation_id):
            left.append(_named(there, "changed here since"))
            continue
        set_facts(there, before["facts"])
        known.digest, known.changed_by_id, known.before = before["digest"], None, None
        count += 1
    db.session.flush()
    return count


def _take_activities(run: ImportRun, left: list[dict[str, Any]]) -> int:
    count = 0
    for known in _made(run, "activity"):
        numbers = {one.activity_id: one for one in known if one.activity_id}
        there = {
            one.id: one
            for one in db.session.scalars(select(Activity).where(Activity.id.in_(numbers)))
        }
        touched = _pointed_at(Activity.__table__, numbers)
        touched |= {
            number
            for number, one in there.items()
            if one.version != numbers[number].version or one.state != "draft"
        }
        touched |= _of_clubs_with_people(there.values())
        left += [_named(there[number], "somebody works on it") for number in sorted(touched)]
        gone = [number for number in numbers if number not in touched]
        for model in (ActivityVenue, ActivityCategory, ActivityMark, Session):
            db.session.execute(delete(model).where(model.activity_id.in_(gone)))
        db.session.execute(delete(ImportedRecord).where(ImportedRecord.activity_id.in_(gone)))
        db.session.execute(delete(Activity).where(Activity.id.in_(gone)))
        count += len(gone)
        db.session.expire_all()
    return count


def _take_clubs(run: ImportRun, left: list[dict[str, Any]]) -> int:
    count = 0
    for known in _made(run, "organisation"):
        numbers = {one.organisation_id: one for one in known}
        there = {
            one.id: one
            for one in db.session.scalars(select(Organisation).where(Organisation.id.in_(numbers)))
        }
        touched = _pointed_at(Organisation.__table__, numbers)
        touched |= {n for n, one in there.items() if one.version != numbers[n].version}
        touched |= set(
            db.session.scalars(
                select(Activity.organisation_id).where(Activity.organisation_id.in_(numbers))
            )
        )
        touched |= _in_settled_matches(numbers)
        left += [_named(there[number], "somebody works on it") for number in sorted(touched)]
        gone = [number for number in numbers if number not in touched]
        db.session.execute(
            delete(Match).where(or_(Match.one_id.in_(gone), Match.other_id.in_(gone)))
        )
        for model in (Trait, Venue, ImportedRecord):
            db.session.execute(delete(model).where(model.organisation_id.in_(gone)))
        db.session.execute(delete(Organisation).where(Organisation.id.in_(gone)))
        count += len(gone)
        db.session.expire_all()
    return count


def _made(run: ImportRun, kind: str) -> Iterator[list[ImportedRecord]]:
    """What the import made, some hundred at a time."""
    last = 0
    while True:
        found = list(
            db.session.scalars(
                select(ImportedRecord)
                .where(
                    ImportedRecord.made_by_id == run.id,
                    ImportedRecord.kind == kind,
                    ImportedRecord.id > last,
                )
                .order_by(ImportedRecord.id)
                .limit(AT_ONCE)
            )
        )
        if not found:
            return
        last = found[-1].id
        yield found


def _pointed_at(table: Any, numbers: Collection[int] | Mapping[int, Any]) -> set[int]:
    """Which of some records any other table of the register points at."""
    found: set[int] = set()
    for column in _pointing_at(table):
        found |= set(db.session.scalars(select(column).where(column.in_(list(numbers)))))
    return found


def _pointing_at(table: Table) -> Iterator[Any]:
    for other in db.metadata.tables.values():
        if other.name in _OURS:
            continue
        for key in other.foreign_keys:
            if key.column.table is table:
                yield key.parent


def _in_settled_matches(numbers: Collection[int] | Mapping[int, Any]) -> set[int]:
    """Clubs of which somebody has answered whether they are another."""
    rows = db.session.execute(
        select(Match.one_id, Match.other_id).where(
            Match.settled_at.is_not(None),
            or_(Match.one_id.in_(list(numbers)), Match.other_id.in_(list(numbers))),
        )
    )
    return {number for row in rows for number in row if number in numbers}


def _of_clubs_with_people(activities: Iterable[Activity]) -> set[int]:
    """Those of some activities whose club has people by now."""
    found = list(activities)
    clubs = {one.organisation_id for one in found}
    with_people = _pointed_at(Organisation.__table__, clubs)
    return {one.id for one in found if one.organisation_id in with_people}


def _has_people(organisation_id: int) -> bool:
    return bool(_pointed_at(Organisation.__table__, [organisation_id]))


def _named(there: Any, why: str) -> dict[str, Any]:
    if there is None:
        return {"name": "", "why": "gone already"}
    return {"kind": there.__tablename__, "id": there.id, "name": there.name, "why": why}
