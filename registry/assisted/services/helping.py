"""Entering for a club: putting it on the register, and the time in which somebody enters for it."""

import secrets
from typing import Any

from registry import clock
from registry.accounts.models import Account
from registry.accounts.services.roles import make_account
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.assessments.standing import open_assessment
from registry.assessments.steps import ask
from registry.assisted.models import PostalContact
from registry.audit import services as history
from registry.database import db
from registry.errors import BadInput, NotAllowedNow
from registry.messages.services import BY_POST
from registry.organisations.models import ASSISTED_BY, Assistance, Organisation
from registry.organisations.services import register_organisation
from registry.permissions import P, linked

WITH_THE_CLUB = (Status.DRAFT, Status.RETURNED)


def register_for(
    actor: Any, *, owner: str, address: str, phone: str, how: str, club: str
) -> Organisation:
    """Put a club on the register for somebody without email, who becomes its owner.

    Whoever does it enters for the club from then on.
    """
    ask(actor, P.ASSIST, None)
    if not owner.strip() or not address.strip():
        raise BadInput("Enter the name and the postal address of the owner.")
    # There is nothing to confirm: nobody can sign in to an account without a password.
    account = make_account(f"post-{secrets.token_hex(8)}@{BY_POST}", owner.strip())
    db.session.add(
        PostalContact(account_id=account.id, address=address.strip(), phone=phone.strip())
    )
    organisation = register_organisation(account, name=club.strip(), phone=phone.strip())
    db.session.flush()
    db.session.refresh(organisation)
    begin_assisting(organisation, actor, how)
    return organisation


def begin_assisting(organisation: Organisation, actor: Any, how: str) -> Assistance:
    """Begin to enter for a club. What waits to be confirmed is taken back: it is changed now.

    Raises NotAllowedNow where the council has the case, for somebody who had a part in it, and
    for somebody with a link to the club.
    """
    ask(actor, P.ASSIST, organisation)
    if how not in ASSISTED_BY:
        raise BadInput("Choose how the club told you: on paper or by telephone.")
    if organisation.closed_at is not None:
        raise NotAllowedNow("This club has left the register.")
    if linked(actor, organisation):
        raise NotAllowedNow("You enter for this club already, or have a link to it.")
    under_way = open_assessment(organisation.id)
    if under_way is not None:
        if under_way.status not in WITH_THE_CLUB:
            raise NotAllowedNow("The council has this case now. It can be changed if it goes back.")
        if actor.id in _who_read(under_way):
            raise NotAllowedNow("You had a part in this case. Ask a colleague to enter for them.")
        for entry in under_way.assisted_entries:
            if entry.is_open:
                entry.withdrawn_at, entry.code_digest = clock.now(), None
    begun = Assistance(
        organisation_id=organisation.id, account_id=actor.id, how=how, began_at=clock.now()
    )
    db.session.add(begun)
    db.session.flush()
    db.session.expire(organisation, ["assistances"])
    history.record("begin_assisting", organisation, actor, details={"how": how})
    return begun


def _who_read(case: Assessment) -> set[int | None]:
    """Whoever judged a case. What somebody entered for the club does not count as that."""
    judged = {case.holder_id, case.recommended_by_id}
    judged |= {one.found_by_id for one in case.findings}
    return judged | {one.by_id for one in case.decisions}


def stop_assisting(organisation: Organisation, actor: Any) -> None:
    """Stop entering for a club. What was entered stays."""
    for one in organisation.assistances:
        if one.account_id == actor.id and one.ended_at is None:
            one.ended_at = clock.now()
            history.record("stop_assisting", organisation, actor)
    db.session.flush()


def owner_of(organisation: Organisation) -> Account:
    """Who signs for the club: the owner who came first."""
    owner = next((one.account for one in organisation.members if one.role == "owner"), None)
    if owner is None:
        raise NotAllowedNow("This club has no owner who could sign.")
    return owner
