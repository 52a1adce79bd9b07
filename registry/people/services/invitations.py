"""Inviting somebody by email: as a helper or as an owner, to an address and to nobody else.

Whether the address has an account is told to its mailbox alone: the owner sees the same either way.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, or_, update
from sqlalchemy.exc import IntegrityError

from registry import clock
from registry.accounts import passwords, throttling
from registry.accounts.models import Account
from registry.accounts.queries import account_by_email, normalised
from registry.accounts.services import make_account
from registry.accounts.services.choose import check_choice
from registry.accounts.tokens import INVITATION, digest_of_word, end_tokens, make_link
from registry.accounts.web_sessions import end_all_web_sessions
from registry.audit.services import record
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotFound, NotYours
from registry.messages.services import queue
from registry.organisations.models import MEMBER_ROLES, Organisation
from registry.organisations.services.changing import may
from registry.people.models import Invitation
from registry.people.queries import invitation_behind, open_invitations
from registry.people.services.members import hold, put_in
from registry.permissions import P
from registry.web.formats import long_date

MOST_OPEN = 20
INVITATIONS_OF_ONE = throttling.Limit("invitations of", 30, timedelta(days=1))
INVITATIONS_TO_ONE = throttling.Limit("invitation to", 5, timedelta(days=1))
KEPT_AFTER = timedelta(days=30)


def invite_person(organisation: Organisation, actor: Any, *, email: str, role: str) -> Invitation:
    """Invite somebody. A second time to the same address is another link for the first.

    Raises BadInput for one of the people already, or where too many were sent.
    """
    hold(organisation)
    may(actor, P.MANAGE_PEOPLE, organisation)
    if organisation.closed_at is not None:
        raise NotAllowedNow("This organisation is closed. Nobody can be invited to it.")
    if role not in MEMBER_ROLES:
        raise BadInput("Choose what they may do.")
    address = normalised(email)
    if any(member.account.email == address for member in organisation.members):
        raise BadInput("This person is one of your people already.")
    waiting = open_invitations(organisation.id)
    invitation = next((one for one in waiting if one.email == address), None)
    if invitation is None and len(waiting) >= MOST_OPEN:
        raise BadInput("Too many invitations are open. Withdraw one that you do not need.")
    if invitation is None:
        invitation = Invitation(
            organisation_id=organisation.id, organisation=organisation, email=address
        )
    invitation.role = role
    _send(invitation, actor)
    record("invite", organisation, actor, details={"invitation": invitation.id, "role": role})
    return invitation


def invite_first_owner(organisation: Organisation, actor: Any, *, email: str) -> Invitation:
    """The council invites somebody to own a club that has no people yet, since its record came
    from elsewhere. Whoever asks has been asked whether they may.

    Raises NotAllowedNow where somebody belongs to it, BadInput where too many were sent.
    """
    hold(organisation)
    if organisation.members or organisation.closed_at is not None:
        raise NotAllowedNow("This club has people of its own already.")
    address = normalised(email)
    waiting = open_invitations(organisation.id)
    invitation = next((one for one in waiting if one.email == address), None)
    if invitation is None and len(waiting) >= MOST_OPEN:
        raise BadInput("Too many invitations are open. Wait until one of them is over.")
    invitation = invitation or Invitation(
        organisation_id=organisation.id, organisation=organisation, email=address
    )
    invitation.role = "owner"
    _send(invitation, actor)
    record("invite", organisation, actor, details={"invitation": invitation.id, "role": "owner"})
    return invitation


def send_invitation_again(invitation: Invitation, actor: Any) -> None:
    """Another link. The one before it works no more. Raises BadInput where it was too often."""
    hold(invitation.organisation)
    may(actor, P.MANAGE_PEOPLE, invitation.organisation)
    _send(invitation, actor)
    record("invite_again", invitation.organisation, actor, details={"invitation": invitation.id})


def withdraw_invitation(invitation: Invitation, actor: Any) -> None:
    """Let the link work no more."""
    hold(invitation.organisation)
    may(actor, P.MANAGE_PEOPLE, invitation.organisation)
    invitation.withdrawn_at = clock.now()
    record(
        "withdraw_invitation",
        invitation.organisation,
        actor,
        details={"invitation": invitation.id},
    )


def accept_invitation(word: str, actor: Account) -> Organisation:
    """Join with the link. Raises NotYours for another address, NotFound for a dead link."""
    invitation = invitation_behind(word)
    if invitation is None:
        raise NotFound()
    if normalised(actor.email) != invitation.email:
        raise NotYours("This invitation is for another email address.")
    return _join(invitation, word, actor)


def accept_with_new_account(word: str, *, name: str, password: str) -> Organisation:
    """Make the account of an invited address, and join. The link shows that its person reads
    the mailbox, so the address is confirmed. Signs nobody in.

    Raises BadPassword, NotFound for a dead link, NotAllowedNow where there is an account.
    """
    invitation = invitation_behind(word)
    if invitation is None:
        raise NotFound()
    check_choice(password, invitation.email, name)
    known = account_by_email(invitation.email)
    if known is None:
        account = _made(invitation.email, name, password)
    elif known.email_confirmed_at is None and not known.disabled:
        account = _taken_over(known, name, password)
    else:
        raise NotAllowedNow("There is an account for this address already. Sign in first.")
    return _join(invitation, word, account)


def needs_account(invitation: Invitation) -> bool:
    """Whether nobody has confirmed this address yet, so that a password has to be chosen."""
    known = account_by_email(invitation.email)
    return known is None or known.email_confirmed_at is None


def forget_old_invitations() -> None:
    """The address of somebody who never came is not ours to keep."""
    before = clock.now() - KEPT_AFTER
    db.session.execute(
        delete(Invitation).where(
            Invitation.used_at.is_(None),
            or_(Invitation.expires_at < before, Invitation.withdrawn_at < before),
        )
    )


def _join(invitation: Invitation, word: str, account: Account) -> Organisation:
    """Use the link up, and let the person in. Of two who press at once, one is told no."""
    organisation = invitation.organisation
    hold(organisation)
    now = clock.now()
    used = db.session.execute(
        update(Invitation)
        .where(
            Invitation.digest == digest_of_word(word),
            Invitation.used_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > now,
        )
        .values(used_at=now, used_by_id=account.id)
        .returning(Invitation.id)
    ).all()
    if len(used) != 1 or organisation.closed_at is not None:
        raise NotFound()
    put_in(organisation, account, invitation.role, account)
    return organisation


def _send(invitation: Invitation, actor: Any) -> None:
    organisation = invitation.organisation
    few = throttling.is_within(INVITATIONS_OF_ONE, account=str(organisation.id))
    if not few or not throttling.is_within(INVITATIONS_TO_ONE, account=invitation.email):
        raise BadInput("Too many invitations were sent today. Try again tomorrow.")
    seed, digest = make_link(INVITATION)
    now = clock.now()
    invitation.digest, invitation.invited_by_id = digest, actor.id
    invitation.invited_at, invitation.expires_at = now, now + INVITATION.lasts
    db.session.add(invitation)
    db.session.flush()
    queue(
        "club/invitation",
        invitation.email,
        {
            "organisation": organisation.name,
            "invited_by": actor.name,
            "role": invitation.role,
            "until": long_date(clock.local(invitation.expires_at).date()),
            "purpose": INVITATION.name,
            "seed": seed,
        },
        f"club/invitation:{seed}",
        organisation_id=organisation.id,
    )


def _made(email: str, name: str, password: str) -> Account:
    try:
        with db.session.begin_nested():
            return make_account(email, name, password)
    except IntegrityError:
        raise NotAllowedNow("There is an account for this address already. Sign in.") from None


def _taken_over(account: Account, name: str, password: str) -> Account:
    """Somebody asked for this account and never confirmed it: it is its mailbox's reader's."""
    account.name, account.password_hash = name, passwords.hash_of(password)
    account.email_confirmed_at = clock.now()
    end_tokens(account)
    end_all_web_sessions(account)
    return account
