"""What is asked of the history. Whoever shows it says whether restricted entries are theirs."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from registry import clock
from registry.audit.models import Entry, HistoryCheck, HistoryHead
from registry.database import db

READS = ("read", "taken_copy")


@dataclass(frozen=True)
class Wanted:
    """Which entries are looked for. What is empty is not asked."""

    actor_ids: Collection[int] | None = None
    actions: Collection[str] = ()
    organisation_ids: Collection[int] | None = None
    subject: tuple[str, str] | None = None
    first_on: date | None = None
    last_on: date | None = None
    up_to: int | None = None


def entries(
    wanted: Wanted, *, restricted: bool = False, without: Collection[str] = ()
) -> Select[Entry]:
    """The entries that fit, the newest first. Restricted ones only where they are asked for."""
    found = select(Entry).order_by(Entry.number.desc())
    if not restricted:
        found = found.where(Entry.restricted.is_(False))
    if wanted.actor_ids is not None:
        found = found.where(Entry.actor_id.in_(wanted.actor_ids))
    if wanted.organisation_ids is not None:
        found = found.where(Entry.organisation_id.in_(wanted.organisation_ids))
    if wanted.actions:
        found = found.where(Entry.action.in_(wanted.actions))
    if without:
        found = found.where(Entry.action.not_in(without))
    if wanted.subject:
        found = found.where(
            Entry.subject_type == wanted.subject[0], Entry.subject_id == wanted.subject[1]
        )
    if wanted.up_to is not None:
        found = found.where(Entry.number <= wanted.up_to)
    if wanted.first_on:
        found = found.where(Entry.at >= _midnight(wanted.first_on))
    if wanted.last_on:
        found = found.where(Entry.at < _midnight(wanted.last_on + timedelta(days=1)))
    return found


def page_of(found: Select[Entry], page: int, size: int) -> list[Entry]:
    """One page of them."""
    return list(db.session.scalars(found.limit(size).offset((page - 1) * size)))


def how_many(found: Select[Entry]) -> int:
    """All of them, counted."""
    return db.session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0


def stream(found: Select[Entry]) -> Iterator[Entry]:
    """Every one, the oldest first, a little at a time, in a transaction that only reads: however
    long somebody takes to fetch a file, nobody waits who writes."""
    with (
        db.engine.connect().execution_options(reading=True) as connection,
        Session(connection) as reading,
    ):
        in_order = found.order_by(None).order_by(Entry.number).execution_options(yield_per=1000)
        yield from reading.scalars(in_order)


def reads(
    *, organisation_id: int | None = None, actor_id: int | None = None, restricted: bool = False
) -> list[Entry]:
    """Who read what: about one organisation, by one person, or both; the newest first."""
    wanted = Wanted(
        actor_ids=None if actor_id is None else (actor_id,),
        organisation_ids=None if organisation_id is None else (organisation_id,),
        actions=READS,
    )
    return list(db.session.scalars(entries(wanted, restricted=restricted)))


def sample(found: Select[Entry], size: int, seed: int) -> list[Entry]:
    """So many of them, drawn at random: the same seed draws the same from the same entries."""
    numbers = list(
        db.session.scalars(
            found.with_only_columns(Entry.number).order_by(None).order_by(Entry.number)
        )
    )
    drawn = Random(seed).sample(numbers, min(size, len(numbers)))  # noqa: S311
    return list(
        db.session.scalars(select(Entry).where(Entry.number.in_(drawn)).order_by(Entry.number))
    )


def last_number() -> int:
    """The number of the newest entry."""
    return db.session.scalar(select(HistoryHead.number)) or 0


def last_checks(most: int = 10) -> list[HistoryCheck]:
    """The walks along the chain that were asked for, the newest first."""
    return list(
        db.session.scalars(select(HistoryCheck).order_by(HistoryCheck.id.desc()).limit(most))
    )


def waiting_checks() -> list[int]:
    """Walks that nobody has begun or ended."""
    return list(
        db.session.scalars(
            select(HistoryCheck.id)
            .where(HistoryCheck.finished_at.is_(None))
            .order_by(HistoryCheck.id)
        )
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), clock.LONDON)
