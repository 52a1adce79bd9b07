"""What is asked about organisations that may be the same. For seniors and auditors alone."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Select, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from registry.database import db
from registry.matching.models import Match, Trait
from registry.matching.scoring import KINDS, Strength
from registry.organisations.models import Membership, Organisation

# At most this many pairs in one question to the database.
_AT_ONCE = 400
_WEIGHT = {str(Strength.STRONG): 0, str(Strength.LOOK): 1, str(Strength.NONE): 2}


def matches_of(organisation_id: int) -> list[Match]:
    """Every match of an organisation that still says anything, the strong ones first."""
    found = [one for one in _all_of(organisation_id) if one.counts]
    return sorted(found, key=lambda one: (_WEIGHT[one.strength], _first_reason(one), one.id))


def strong_matches(organisation_id: int) -> list[Match]:
    """Those because of which a senior signs."""
    found = db.session.scalars(
        select(Match)
        .where(
            or_(Match.one_id == organisation_id, Match.other_id == organisation_id),
            Match.strength == Strength.STRONG,
        )
        .order_by(Match.id)
    )
    return [one for one in found if one.is_strong]


def settled_matches_of(organisation_id: int) -> list[Match]:
    """Those that somebody answered, the last first."""
    found = [one for one in _all_of(organisation_id) if one.settled_at and not one.counts]
    return sorted(found, key=lambda one: (one.settled_at, one.id), reverse=True)


def all_strong_matches() -> list[Match]:
    """Every strong match that nobody has answered, the newest first."""
    found = db.session.scalars(
        _matches()
        .where(Match.strength == Strength.STRONG)
        .order_by(Match.found_at.desc(), Match.id.desc())
    )
    return [one for one in found if one.is_strong]


def match(match_id: int) -> Match | None:
    """A pair with the people whom permissions ask about."""
    return db.session.scalar(_matches().where(Match.id == match_id))


def match_between(one_id: int, other_id: int) -> Match | None:
    """The pair of these two, whichever comes first."""
    first, second = sorted((one_id, other_id))
    return matches_between([(first, second)]).get((first, second))


def matches_between(pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Match]:
    """The rows of some pairs, by the pair; the lower number comes first in each."""
    found: dict[tuple[int, int], Match] = {}
    for start in range(0, len(pairs), _AT_ONCE):
        rows = db.session.scalars(
            select(Match).where(
                tuple_(Match.one_id, Match.other_id).in_(pairs[start : start + _AT_ONCE])
            )
        )
        found |= {(one.one_id, one.other_id): one for one in rows}
    return found


def unknown_organisations() -> list[int]:
    """Organisations of which nothing was ever remembered: they came before this was done."""
    known = select(Trait.organisation_id)
    return list(
        db.session.scalars(
            select(Organisation.id).where(Organisation.id.not_in(known)).order_by(Organisation.id)
        )
    )


def organisations_with_people(numbers: Sequence[int]) -> Iterator[Organisation]:
    """Some organisations with their people and places, a few hundred at a time."""
    for start in range(0, len(numbers), _AT_ONCE):
        yield from db.session.scalars(
            select(Organisation)
            .where(Organisation.id.in_(numbers[start : start + _AT_ONCE]))
            .order_by(Organisation.id)
            .options(
                selectinload(Organisation.members).joinedload(Membership.account),
                selectinload(Organisation.venues),
            )
        )


def _first_reason(one: Match) -> int:
    return min((KINDS.index(hit) for hit in one.open_hits), default=len(KINDS))


def _all_of(organisation_id: int) -> list[Match]:
    return list(
        db.session.scalars(
            _matches()
            .where(or_(Match.one_id == organisation_id, Match.other_id == organisation_id))
            .order_by(Match.id)
        )
    )


def _matches() -> Select[Match]:
    people = (
        selectinload(Organisation.members).joinedload(Membership.account),
        selectinload(Organisation.declared_links),
    )
    return select(Match).options(
        joinedload(Match.one).options(*people), joinedload(Match.other).options(*people)
    )
