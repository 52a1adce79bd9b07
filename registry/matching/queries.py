"""What is asked about organisations that may be the same. For seniors and auditors alone."""

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from registry.database import db
from registry.matching.models import Match, Trait
from registry.matching.scoring import KINDS, Strength
from registry.organisations.models import Membership, Organisation

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
    return db.session.scalar(select(Match).where(Match.one_id == first, Match.other_id == second))


def unknown_organisations() -> list[int]:
    """Organisations of which nothing was ever remembered: they came before this was done."""
    known = select(Trait.organisation_id)
    return list(
        db.session.scalars(
            select(Organisation.id).where(Organisation.id.not_in(known)).order_by(Organisation.id)
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


def _matches() -> Select[tuple[Match]]:
    people = (
        selectinload(Organisation.members).joinedload(Membership.account),
        selectinload(Organisation.declared_links),
    )
    return select(Match).options(
        joinedload(Match.one).options(*people), joinedload(Match.other).options(*people)
    )
