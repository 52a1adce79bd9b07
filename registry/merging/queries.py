"""What is asked about records that may be one club, and about putting them together."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from registry.accounts.models import Account
from registry.assessments.models import Assessment
from registry.assessments.standing import all_assessments, listed_assessment
from registry.database import db
from registry.matching.models import Match
from registry.matching.queries import all_strong_matches, match
from registry.merging.models import Merge
from registry.organisations.models import Membership, Organisation
from registry.permissions import P, can

__all__ = [
    "Record",
    "match",
    "merge",
    "merges",
    "merges_to_sign",
    "names_of",
    "organisation_called",
    "record_of",
    "strong_matches_seen_by",
]


@dataclass(frozen=True)
class Record:
    """One of two records, as it is laid beside the other. `cases` are for those who may read them.

    `listed_until` says what everybody can see, and nothing of why it is not listed.
    """

    organisation: Organisation
    owners: tuple[str, ...]
    postcodes: tuple[str, ...]
    listed_until: date | None
    cases: tuple[Assessment, ...] = ()


def record_of(organisation: Organisation, actor: Any, today: date) -> Record:
    """One record for this person."""
    listed = listed_assessment(organisation.id, today)
    cases = [one for one in all_assessments(organisation.id) if one.submissions]
    return Record(
        organisation,
        tuple(one.account.name for one in organisation.members if one.role == "owner"),
        tuple(sorted({one.postcode for one in organisation.venues if one.postcode})),
        listed.listed_until if listed else None,
        tuple(one for one in cases if can(actor, P.READ_CASE, one)),
    )


def strong_matches_seen_by(actor: Any) -> list[Match]:
    """The strong matches that nobody has answered, of records that this person has no link to."""
    return [one for one in all_strong_matches() if can(actor, P.SEE_MATCHES, one)]


def merge(merge_id: int) -> Merge | None:
    """One proposal, with the people whom permissions ask about."""
    return db.session.scalar(_merges().where(Merge.id == merge_id))


def merges(actor: Any) -> tuple[list[Merge], list[Merge]]:
    """What waits for a signature, the oldest first, and what was settled, the last first."""
    waiting = db.session.scalars(_merges().where(Merge.state == "proposed").order_by(Merge.id))
    settled = db.session.scalars(
        _merges().where(Merge.state != "proposed").order_by(Merge.settled_at.desc(), Merge.id)
    )

    def seen(rows: Any) -> list[Merge]:
        return [one for one in rows if can(actor, P.READ_MERGE, one)]

    return seen(waiting), seen(settled)


def merges_to_sign(actor: Any) -> list[Merge]:
    """What waits for this person's signature."""
    waiting, _ = merges(actor)
    return [one for one in waiting if can(actor, P.SIGN_MERGE, one)]


def open_merges_of(organisation_ids: set[int]) -> list[Merge]:
    """Proposals that nobody has settled and that touch one of these records."""
    return list(
        db.session.scalars(
            _merges().where(
                Merge.state == "proposed",
                or_(Merge.kept_id.in_(organisation_ids), Merge.duplicate_id.in_(organisation_ids)),
            )
        )
    )


def organisation_called(written: str) -> Organisation | None:
    """The organisation of a case's reference, of the address of its page, or with a number."""
    word = written.strip().rstrip("/").rpartition("/")[2]
    if not word:
        return None
    query = select(Organisation)
    if word.isascii() and word.isdecimal() and len(word) < 10:
        return db.session.get(Organisation, int(word))
    if word.upper().startswith("SAS-"):
        cases = select(Assessment.organisation_id).where(Assessment.reference == word.upper())
        return db.session.scalar(query.where(Organisation.id.in_(cases)))
    return db.session.scalar(query.where(Organisation.slug == word.lower()))


def names_of(ids: set[int | None]) -> dict[int, str]:
    """The names of some people."""
    wanted = [number for number in ids if number is not None]
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def _merges() -> Select[Merge]:
    people = (
        selectinload(Organisation.members).joinedload(Membership.account),
        selectinload(Organisation.declared_links),
    )
    return select(Merge).options(
        joinedload(Merge.kept).options(*people), joinedload(Merge.duplicate).options(*people)
    )
