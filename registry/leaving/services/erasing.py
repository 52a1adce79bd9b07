"""Deleting an account, as far as what was signed allows.

The row stays, because the history names it and is never changed. What said whose it was goes.
"""

from sqlalchemy import delete, select, update

from registry import clock
from registry.accounts import passwords
from registry.accounts.models import Account
from registry.accounts.services.second_factor import forget_second_factor
from registry.accounts.services.sign_in import check_password
from registry.accounts.tokens import end_tokens
from registry.accounts.web_sessions import end_all_web_sessions
from registry.audit.services import record_security
from registry.database import db
from registry.errors import NotAllowedNow
from registry.messages.models import Message
from registry.messages.services import queue
from registry.organisations.models import Membership, Organisation
from registry.people.models import Invitation
from registry.people.services import is_last_owner, leave
from registry.people.services.members import hold

FORMER = "A former member"
FAREWELL = "account/deleted"


def erase_account(account: Account, password: str, address: str = "") -> None:
    """Leave every organisation, and let go of the name, the address and the way in.

    Raises WrongPassword, TooManyTries; NotAllowedNow for people of the council, and while this
    is the last owner of anything that is not closed.
    """
    check_password(account, account.email, password, address)
    if account.is_staff:
        raise NotAllowedNow("You work for the council here. Ask an administrator.")
    mine = organisations_of(account)
    for organisation in mine:
        hold(organisation)
    stuck = [one.name for one in mine if one in alone_in(account, mine)]
    if stuck:
        raise NotAllowedNow(f"You are the only owner of {', '.join(stuck)}. Hand over first.")
    for organisation in mine:
        leave(organisation, account)
    email, name = account.email, account.name
    end_tokens(account)
    end_all_web_sessions(account)
    forget_second_factor(account)
    _forget_letters(account)
    account.email = f"former-{account.id}@erased.invalid"
    account.name = FORMER
    account.password_hash = passwords.NO_PASSWORD
    account.disabled = True
    account.erased_at = clock.now()
    record_security("account_erased", account.id, address)
    queue(FAREWELL, email, {"name": name}, f"{FAREWELL}:{account.id}")


def organisations_of(account: Account) -> list[Organisation]:
    """What somebody belongs to, in one order for everybody who holds several."""
    return list(
        db.session.scalars(
            select(Organisation)
            .join(Membership)
            .where(Membership.account_id == account.id)
            .order_by(Organisation.id)
        )
    )


def alone_in(account: Account, organisations: list[Organisation]) -> list[Organisation]:
    """Those that nobody else owns and that are not closed."""
    return [
        one for one in organisations if one.closed_at is None and is_last_owner(one, account.id)
    ]


def forget_farewells() -> None:
    """The last letter to somebody whose account is gone need not be kept once it is sent."""
    gone = Message.sent_at.is_not(None) | Message.given_up_at.is_not(None)
    db.session.execute(delete(Message).where(Message.template == FAREWELL, gone))


def _forget_letters(account: Account) -> None:
    """What was written to this address, and the invitations that name it."""
    db.session.execute(delete(Message).where(Message.recipient == account.email))
    db.session.execute(
        update(Invitation).where(Invitation.used_by_id == account.id).values(email="")
    )
    db.session.execute(
        delete(Invitation).where(Invitation.email == account.email, Invitation.used_at.is_(None))
    )
