"""What is asked about the people of organisations."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from registry import clock
from registry.accounts.models import Account
from registry.accounts.tokens import digest_of_word
from registry.database import db
from registry.errors import NotFound
from registry.organisations.models import Membership, Organisation
from registry.people.models import HandOver, Invitation, NamedLead
from registry.permissions import P, can

_PEOPLE = (
    selectinload(Organisation.members).joinedload(Membership.account),
    selectinload(Organisation.declared_links),
)


def person_of(organisation: Organisation, account_id: int) -> Membership:
    """One of an organisation's people. Raises NotFound."""
    found = next((one for one in organisation.members if one.account_id == account_id), None)
    if found is None:
        raise NotFound()
    return found


def open_invitations(organisation_id: int) -> list[Invitation]:
    """Those that nobody has used or withdrawn, the oldest first; some may be too old to work."""
    return list(
        db.session.scalars(
            select(Invitation)
            .where(
                Invitation.organisation_id == organisation_id,
                Invitation.used_at.is_(None),
                Invitation.withdrawn_at.is_(None),
            )
            .order_by(Invitation.id)
            .options(joinedload(Invitation.invited_by))
        )
    )


def invitation_of(organisation_id: int, invitation_id: int) -> Invitation:
    """An open invitation of this organisation. Raises NotFound."""
    found = next(
        (one for one in open_invitations(organisation_id) if one.id == invitation_id), None
    )
    if found is None:
        raise NotFound()
    return found


def invitation_behind(word: str) -> Invitation | None:
    """The invitation of a link, if the link still works. Changes nothing."""
    return db.session.scalar(
        select(Invitation)
        .join(Invitation.organisation)
        .where(
            Invitation.digest == digest_of_word(word),
            Invitation.used_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > clock.now(),
            Organisation.closed_at.is_(None),
        )
    )


def open_hand_over(organisation_id: int) -> HandOver | None:
    """The hand-over that waits for somebody, if there is one."""
    return db.session.scalar(
        select(HandOver).where(
            HandOver.organisation_id == organisation_id, HandOver.state == "open"
        )
    )


def last_request(organisation_id: int) -> HandOver | None:
    """What the council was last asked about an owner who has gone, whatever became of it."""
    return db.session.scalar(
        select(HandOver)
        .where(HandOver.organisation_id == organisation_id, HandOver.kind == "asked")
        .order_by(HandOver.id.desc())
        .limit(1)
    )


def hand_over(hand_over_id: int) -> HandOver | None:
    """What the council was asked, with everybody whom permissions ask about."""
    return db.session.scalar(
        select(HandOver)
        .where(HandOver.id == hand_over_id, HandOver.kind == "asked")
        .options(joinedload(HandOver.organisation).options(*_PEOPLE))
    )


def requests_seen_by(actor: Any) -> tuple[list[HandOver], list[HandOver]]:
    """What waits for the council, the oldest first, and the last that were settled."""
    asked = (
        select(HandOver)
        .where(HandOver.kind == "asked")
        .options(joinedload(HandOver.organisation).options(*_PEOPLE), joinedload(HandOver.taker))
    )
    waiting = db.session.scalars(asked.where(HandOver.state == "open").order_by(HandOver.id))
    settled = db.session.scalars(
        asked.where(HandOver.state != "open").order_by(HandOver.id.desc()).limit(20)
    )

    def seen(rows: Any) -> list[HandOver]:
        return [one for one in rows.unique() if can(actor, P.READ_HAND_OVER, one)]

    return seen(waiting), seen(settled)


def requests_to_decide(actor: Any, today: date) -> list[HandOver]:
    """Those on which the owner has had time to object."""
    waiting, _ = requests_seen_by(actor)
    return [one for one in waiting if one.not_before_on and today > one.not_before_on]


def lead_of(organisation_id: int) -> NamedLead | None:
    """Whom the organisation named last as its safeguarding lead."""
    return db.session.scalar(
        select(NamedLead)
        .where(NamedLead.organisation_id == organisation_id)
        .order_by(NamedLead.named_at.desc(), NamedLead.id.desc())
        .limit(1)
    )


def named_lead(organisation_id: int, email: str) -> NamedLead | None:
    """What is known of one named lead, by their email address."""
    if not email.strip():
        return None
    return db.session.scalar(
        select(NamedLead)
        .where(
            NamedLead.organisation_id == organisation_id,
            NamedLead.email == email.strip().lower(),
        )
        .order_by(NamedLead.named_at.desc(), NamedLead.id.desc())
        .limit(1)
    )


def lead_behind(word: str) -> NamedLead | None:
    """The named lead of a link, if the link still works. Changes nothing."""
    return db.session.scalar(
        select(NamedLead).where(
            NamedLead.digest == digest_of_word(word),
            NamedLead.answer.is_(None),
            NamedLead.expires_at > clock.now(),
        )
    )


def names_of(ids: set[int | None]) -> dict[int, str]:
    """The names of the people with these numbers."""
    wanted = [number for number in ids if number is not None]
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in rows}
