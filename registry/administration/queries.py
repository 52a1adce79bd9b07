"""What an administrator's pages ask."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial

from sqlalchemy import func, select

from registry.administration.edition_text import read_edition
from registry.administration.models import KeptEdition
from registry.assessments.lifecycle import OPEN, Status
from registry.assessments.models import Assessment
from registry.criteria.content import Edition
from registry.criteria.loading import KnownEdition, known_editions
from registry.database import db
from registry.errors import NotFound
from registry.lists.items import Item, KeptItems
from registry.lists.standing import VERSIONS_AT_ONCE, standing

EDITIONS = "editions"


def adopted_editions() -> tuple[KnownEdition, ...]:
    """The editions of this council that have a day: handed to the criteria at the start."""
    return _adopted(kept_adopted())


def kept_adopted() -> KeptItems:
    """The list behind them: the code is the number, the details say from when."""
    return standing(EDITIONS, _none)


def drafts() -> list[KeptEdition]:
    """Editions that are being written, the newest first."""
    found = select(KeptEdition).where(KeptEdition.in_force_on.is_(None))
    return list(db.session.scalars(found.order_by(KeptEdition.id.desc())))


def kept_edition(number: str) -> KeptEdition:
    """An edition of this council's own, draft or adopted. Raises NotFound."""
    found = db.session.scalar(select(KeptEdition).where(KeptEdition.number == number))
    if found is None:
        raise NotFound()
    return found


def find_kept(number: str) -> KeptEdition | None:
    """The same; None for one that the registry brought along."""
    return db.session.scalar(select(KeptEdition).where(KeptEdition.number == number))


def used_numbers() -> set[str]:
    """Every number that an edition has, or a draft."""
    kept = db.session.scalars(select(KeptEdition.number))
    return {*kept, *(one.number for one in known_editions())}


def is_in_use(number: str) -> bool:
    """Whether anything was begun with an edition."""
    found = select(func.count()).select_from(Assessment).where(Assessment.edition == number)
    return bool(db.session.scalar(found))


def open_under(number: str) -> dict[str, int]:
    """How many open self-checks stand under an edition: drafts, and those that were sent."""
    found = select(Assessment.status).where(
        Assessment.edition == number, Assessment.status.in_(OPEN)
    )
    counts = Counter(db.session.scalars(found))
    return {"drafts": counts[Status.DRAFT], "sent": counts.total() - counts[Status.DRAFT]}


def _none() -> Iterator[Item]:
    return iter(())


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _adopted(kept: KeptItems) -> tuple[KnownEdition, ...]:
    return tuple(
        KnownEdition(one.code, day, partial(_edition, one.code, one.details["stamp"], day))
        for one in kept.offered
        for day in (date.fromisoformat(one.details["in_force_on"]),)
    )


@lru_cache(maxsize=16)
def _edition(number: str, stamp: str, in_force_on: date) -> Edition:
    """Read once for each time that it was adopted: `stamp` is another each time."""
    with db.session.no_autoflush:
        text = db.session.scalars(
            select(KeptEdition.document).where(KeptEdition.number == number)
        ).one()
    return replace(read_edition(text, number).edition, adopted_on=in_force_on)
