"""Who belongs to an organisation, and as what. There is always an owner.

Every verb first takes the organisation's row for itself, then reads its people as they are: of
two owners who remove each other at once, the second is told that they may not any more.
"""

from typing import Any

from sqlalchemy import select, update

from registry import clock
from registry.accounts.models import Account
from registry.audit.services import record
from registry.database import db
from registry.errors import NotAllowedNow, NotFound
from registry.messages.services import withdraw
from registry.organisations.models import MEMBER_ROLES, DeclaredLink, Membership, Organisation
from registry.organisations.services.changing import may
from registry.people.letters import send
from registry.people.models import HandOver, Invitation
from registry.people.queries import person_of
from registry.permissions import P

LAST_OWNER = (
    "An organisation needs an owner, and there is only one. First make somebody else an owner "
    "or hand over, or close the organisation."
)


def hold(organisation: Organisation) -> None:
    """Hold an organisation until the transaction ends, and read its people as they now are."""
    db.session.flush()
    row = select(Organisation.id).where(Organisation.id == organisation.id).with_for_update()
    db.session.execute(row)
    for member in organisation.members:
        db.session.expire(member)
    db.session.expire(organisation)


def change_role(organisation: Organisation, actor: Any, account_id: int, role: str) -> bool:
    """Make one of the people an owner or a helper. Answers whether that was anything new.

    Raises NotAllowedNow for the last owner, NotYours for whoever is no owner any more.
    """
    hold(organisation)
    may(actor, P.MANAGE_PEOPLE, organisation)
    if role not in MEMBER_ROLES:
        raise NotFound()
    membership = person_of(organisation, account_id)
    if membership.role == role:
        return False
    if role != "owner":
        _keep_an_owner(organisation, account_id)
    membership.role = role
    entry = record(
        "change_member", organisation, actor, details={"account": account_id, "role": role}
    )
    if account_id != actor.id:
        template = "club/now-owner" if role == "owner" else "club/now-helper"
        send(organisation, template, membership.account, entry.number)
    return True


def remove_member(organisation: Organisation, actor: Any, account_id: int) -> None:
    """Take somebody out, with the invitations that they sent. They are told."""
    hold(organisation)
    may(actor, P.MANAGE_PEOPLE, organisation)
    membership = person_of(organisation, account_id)
    account = membership.account
    _keep_an_owner(organisation, account_id)
    withdraw_invitations_by(organisation, account_id)
    entry = _take_out(organisation, membership, "remove_member", actor)
    send(organisation, "club/removed", account, entry)


def leave(organisation: Organisation, actor: Any) -> None:
    """Leave of one's own will. Raises NotAllowedNow for the last owner of what is not closed."""
    hold(organisation)
    may(actor, P.LEAVE_ORGANISATION, organisation)
    if organisation.closed_at is None:
        _keep_an_owner(organisation, actor.id)
    _take_out(organisation, person_of(organisation, actor.id), "leave", actor)


def is_last_owner(organisation: Organisation, account_id: int) -> bool:
    """Whether nobody else owns it."""
    return organisation.owner_ids == {account_id}


def put_in(organisation: Organisation, account: Account, role: str, actor: Any) -> None:
    """Let somebody in, or make a helper an owner. Nobody becomes less by it."""
    known = next((one for one in organisation.members if one.account_id == account.id), None)
    if known is None:
        organisation.members.append(
            Membership(account_id=account.id, account=account, role=role, since=clock.now())
        )
    elif role == "owner":
        known.role = role
    record("join", organisation, actor, details={"account": account.id, "role": role})


def withdraw_invitations_by(organisation: Organisation, account_id: int) -> None:
    """Let nobody in on the word of somebody who was taken out."""
    db.session.execute(
        update(Invitation)
        .where(
            Invitation.organisation_id == organisation.id,
            Invitation.invited_by_id == account_id,
            Invitation.used_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=clock.now())
    )


def _keep_an_owner(organisation: Organisation, account_id: int) -> None:
    if is_last_owner(organisation, account_id):
        raise NotAllowedNow(LAST_OWNER)


def _take_out(organisation: Organisation, membership: Membership, action: str, actor: Any) -> int:
    """Out, with the hand-over that waited for this person, and the letters that have not gone.

    Staff stay linked to what they left.
    """
    account = membership.account
    withdraw(organisation.id, account.email)
    db.session.execute(
        update(HandOver)
        .where(
            HandOver.organisation_id == organisation.id,
            HandOver.state == "open",
            (HandOver.to_id == account.id)
            | ((HandOver.kind == "offered") & (HandOver.from_id == account.id)),
        )
        .values(state="withdrawn", settled_at=clock.now(), settled_by_id=actor.id)
    )
    if account.is_staff:
        link = db.session.get(DeclaredLink, (account.id, organisation.id))
        if link is None:
            db.session.add(
                DeclaredLink(
                    account_id=account.id,
                    organisation_id=organisation.id,
                    declared_at=clock.now(),
                )
            )
    db.session.delete(membership)
    db.session.flush()
    db.session.expire(organisation, ["members", "declared_links"])
    return record(action, organisation, actor, details={"account": account.id}).number
