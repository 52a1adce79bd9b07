"""Signing in: an email address and a password, and then a code where one is asked for."""

from sqlalchemy import select

from registry import clock
from registry.accounts import passwords, throttling
from registry.accounts.errors import NotConfirmed, WrongPassword
from registry.accounts.models import Account
from registry.accounts.queries import account_by_email, normalised, second_factor_of
from registry.accounts.tokens import RESET_PASSWORD, end_tokens
from registry.audit.models import SecurityEntry
from registry.audit.services import record_security
from registry.database import short_transaction
from registry.errors import TooManyTries


def sign_in(email: str, password: str, address: str = "") -> Account:
    """The account that these two belong to. Whoever calls it begins the web
    session, where that is all.

    A wrong password, an unknown address and a disabled account are one answer.
    Raises WrongPassword, NotConfirmed, TooManyTries.
    """
    account = check_password(account_by_email(email), email, password, address)
    if account.email_confirmed_at is None:
        raise NotConfirmed()
    if passwords.is_outdated(account.password_hash):
        account.password_hash = passwords.hash_of(password)
    end_tokens(account, RESET_PASSWORD)
    record_security("signed_in" if is_all(account) else "password_given", account.id, address)
    return account


def is_all(account: Account) -> bool:
    """Whether the password is all that is asked of this person: not of staff, and not of
    somebody who switched the second factor on."""
    return not account.is_staff and second_factor_of(account) is None


def check_password(account: Account | None, email: str, password: str, address: str) -> Account:
    """Try a password: counted before it is hashed, and not counted when it is right.

    Call it before anything is written. Raises WrongPassword, TooManyTries.
    """
    account_id = account.id if account else None
    kept = account.password_hash if account and not account.disabled else None
    try:
        tries = throttling.count(
            throttling.PASSWORD_TRIES, account=normalised(email), address=address
        )
    except TooManyTries:
        _record_throttled(account_id, address)
        raise
    # The database has been let go of: nobody waits while this is hashed.
    is_right = passwords.matches(kept, password)
    if account is None or not is_right:
        _record_alone("sign_in_failed", account_id, address)
        raise WrongPassword()
    throttling.take_back(tries)
    return account


def sign_out(account_id: int, address: str = "") -> None:
    """Write down that somebody left. Whoever calls it ends the web session."""
    record_security("signed_out", account_id, address)


def _record_alone(action: str, account_id: int | None, address: str) -> None:
    """In a transaction of its own, because the answer to a wrong password rolls back."""
    with short_transaction() as transaction:
        record_security(action, account_id, address, session=transaction)


def _record_throttled(account_id: int | None, address: str) -> None:
    """Once for each time the limit is met, however long somebody goes on."""
    since = clock.now() - throttling.PASSWORD_TRIES.within
    with short_transaction() as transaction:
        told = transaction.scalar(
            select(SecurityEntry.id)
            .where(
                SecurityEntry.at > since,
                SecurityEntry.action == "throttled",
                SecurityEntry.account_id == account_id,
                SecurityEntry.address == address,
            )
            .limit(1)
        )
        if told is None:
            record_security("throttled", account_id, address, session=transaction)
