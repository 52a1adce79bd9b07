"""What the pages of concerns and quiet holds ask. What somebody may not know of is not there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from registry import clock
from registry.accounts.models import Account
from registry.assessments.models import Hold
from registry.cards.models import Card
from registry.cards.queries import as_told
from registry.concerns.models import Concern, HoldProposal
from registry.concerns.targets import COLOURS, due_on
from registry.database import db
from registry.organisations.models import Membership, Organisation
from registry.permissions import P, can

MOST_FOUND = 20
LATELY = 50


@dataclass(frozen=True)
class Row:
    """One line of the list of concerns."""

    concern: Concern
    due_on: date

    def is_over(self, today: date) -> bool:
        """Whether its target is past."""
        return self.due_on < today


def by_colour(actor: Any, today: date) -> list[tuple[str, int, date | None]]:
    """Each colour, the most pressing first: how many wait, and the day by which the first must
    be looked at. None of a club that this person has a link to."""
    rows = waiting(actor)
    found = []
    for colour in COLOURS:
        days = [row.due_on for row in rows if row.concern.colour == colour]
        found.append((colour, len(days), min(days, default=None)))
    return found


def waiting(actor: Any) -> list[Row]:
    """The concerns that wait for somebody: red, amber, green, and the oldest of each first."""
    found = _readable(actor, _concerns().where(Concern.state == "open"))
    rows = [Row(one, due_of(one)) for one in found]
    return sorted(
        rows,
        key=lambda row: (COLOURS.index(row.concern.colour), row.concern.told_at, row.concern.id),
    )


def settled(actor: Any) -> list[Concern]:
    """Those that were handed over or closed, the latest first."""
    query = _concerns().where(Concern.state != "open").order_by(Concern.settled_at.desc())
    return _readable(actor, query.limit(LATELY))


def due_of(concern: Concern) -> date:
    """By when somebody has to look at it."""
    return due_on(concern.colour, clock.local(concern.told_at).date())


def concern_to_read(concern_id: int) -> Concern | None:
    """A concern with its club's people, for whoever may read it."""
    return db.session.scalar(_concerns().where(Concern.id == concern_id))


def listing_now(slug: str) -> Card | None:
    """The listing of this name, if the public can see it today."""
    return db.session.scalar(
        select(Card).where(Card.slug == slug, Card.listed_until >= clock.today())
    )


def told_listing(slug: str) -> Any:
    """The same, for our own file: one that a quiet hold took off while the page was open counts.

    A row with `activity_id` and `organisation_id`, or None.
    """
    told = as_told(clock.today())
    return db.session.execute(select(told).where(told.c.slug == slug)).first()


def organisations_named(words: str, actor: Any, permission: P) -> list[Organisation]:
    """Organisations whose name holds these words, as far as this person may know of them."""
    told = words.strip()
    if not told:
        return []
    found = db.session.scalars(
        _organisations()
        .where(Organisation.name.icontains(told, autoescape=True))
        .order_by(Organisation.name, Organisation.id)
        .limit(MOST_FOUND * 2)
    )
    return [one for one in found if can(actor, permission, one)][:MOST_FOUND]


def organisation_to_hold(organisation_id: int) -> Organisation | None:
    """An organisation with its people, for a senior who proposes a quiet hold."""
    return db.session.scalar(_organisations().where(Organisation.id == organisation_id))


def people(ids: set[int | None]) -> dict[int, str]:
    """The names of the people with these numbers."""
    wanted = [number for number in ids if number is not None]
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def quiet_holds_to_sign(actor: Any) -> list[HoldProposal]:
    """What another senior proposed and this one can sign, the oldest first. Seniors only."""
    found = db.session.scalars(_proposals().where(HoldProposal.signed_at.is_(None)))
    return [one for one in found if one.is_open and can(actor, P.SIGN_QUIET_HOLD, one)]


def proposals(actor: Any) -> list[HoldProposal]:
    """Every proposal of a quiet hold or of its end that this person may see, the oldest first."""
    return [one for one in db.session.scalars(_proposals()) if can(actor, P.SEE_QUIET_HOLD, one)]


def proposal_to_read(hold_id: int) -> HoldProposal | None:
    """A proposal with its organisation's people, for whoever may see it."""
    return db.session.scalar(_proposals().where(HoldProposal.id == hold_id))


def open_proposal(organisation_id: int) -> HoldProposal | None:
    """What waits for a second signature about this organisation."""
    return db.session.scalar(
        _proposals().where(
            HoldProposal.organisation_id == organisation_id,
            HoldProposal.signed_at.is_(None),
            HoldProposal.ended_at.is_(None),
        )
    )


def hold_at(organisation_id: int) -> HoldProposal | None:
    """What stands between this organisation and a new proposal: one that waits, or its hold."""
    found = db.session.scalars(
        _proposals().where(HoldProposal.organisation_id == organisation_id)
    ).all()
    waiting = [one for one in found if one.is_open]
    in_force = [one for one in found if one.what == "set" and one.is_in_force]
    return next(iter([*waiting, *in_force]), None)


def quiet_hold_of(organisation_id: int) -> Hold | None:
    """The quiet hold in force now, if there is one."""
    now = clock.now()
    return db.session.scalar(
        select(Hold).where(
            Hold.organisation_id == organisation_id,
            Hold.kind == "quiet",
            Hold.since <= now,
            (Hold.until.is_(None)) | (Hold.until > now),
        )
    )


def _readable(actor: Any, query: Select[Concern]) -> list[Concern]:
    return [one for one in db.session.scalars(query) if can(actor, P.READ_CONCERN, one)]


def _concerns() -> Select[Concern]:
    return select(Concern).options(*_of_the_club(Concern.organisation))


def _proposals() -> Select[HoldProposal]:
    return (
        select(HoldProposal)
        .options(*_of_the_club(HoldProposal.organisation))
        .order_by(HoldProposal.proposed_at, HoldProposal.id)
    )


def _organisations() -> Select[Organisation]:
    return select(Organisation).options(
        selectinload(Organisation.members).joinedload(Membership.account),
        selectinload(Organisation.declared_links),
    )


def _of_the_club(way: Any) -> Sequence[Any]:
    """The club with everybody who has a link to it: permissions ask for them."""
    return (
        selectinload(way).selectinload(Organisation.members).joinedload(Membership.account),
        selectinload(way).selectinload(Organisation.declared_links),
    )
