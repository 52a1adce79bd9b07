"""Making an account: asked for by anybody, finished by whoever reads the mailbox.

Whether an address has an account already is told to its mailbox and to nobody else: every verb
here does the same work and gives the same answer either way.
"""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry import clock
from registry.accounts import passwords, throttling
from registry.accounts.errors import DeadLink
from registry.accounts.models import Account
from registry.accounts.queries import account_by_email, normalised
from registry.accounts.services.choose import check_choice
from registry.accounts.tokens import (
    CONFIRM_EMAIL,
    account_of_token,
    end_tokens,
    make_token,
    use_token,
)
from registry.audit.services import record_security
from registry.database import db
from registry.messages.services import queue


def register(name: str, email: str, password: str, address: str = "") -> None:
    """Ask for an account. It can do nothing until its email address is confirmed.

    Raises BadPassword, TooManyTries.
    """
    check_choice(password, email, name)
    throttling.count(throttling.MESSAGES_ASKED_FOR, address=address)
    password_hash = passwords.hash_of(password)  # before the database, and for every address
    account = account_by_email(email) or _new_account(name, email, password_hash)
    record_security("registration_asked", account.id, address)
    if not _waits_for_its_own_person(account):
        _say_there_is_one(account)
    elif _may_have_another(account):
        # Whoever registers last may not be who registered first. The link that is sent now goes
        # with what was typed now, and the links before it work no more.
        account.name, account.password_hash = name, password_hash
        end_tokens(account)
        _send_link(account)


def send_link_again(email: str, address: str = "") -> None:
    """Send what `register` sent once more."""
    throttling.count(throttling.MESSAGES_ASKED_FOR, address=address)
    passwords.take_as_long_as_hashing()
    account = account_by_email(email)
    record_security("confirmation_asked", account.id if account else None, address)
    if account is None:
        return
    if not _waits_for_its_own_person(account):
        _say_there_is_one(account)
    elif _may_have_another(account):
        _send_link(account)


def confirm_email(word: str, address: str = "") -> Account:
    """Use the link of a message: this address has a reader. Raises DeadLink."""
    account = account_of_token(word, CONFIRM_EMAIL)
    if account is None or not use_token(word, CONFIRM_EMAIL):
        raise DeadLink()
    account.email_confirmed_at = account.email_confirmed_at or clock.now()
    end_tokens(account, CONFIRM_EMAIL)
    record_security("email_confirmed", account.id, address)
    return account


def _new_account(name: str, email: str, password_hash: str) -> Account:
    """A row, or the row of somebody who was quicker by a moment."""
    account = Account(
        email=normalised(email), name=name, password_hash=password_hash, created_at=clock.now()
    )
    try:
        with db.session.begin_nested():
            db.session.add(account)
    except IntegrityError:
        return db.session.scalars(select(Account).where(Account.email == normalised(email))).one()
    return account


def _waits_for_its_own_person(account: Account) -> bool:
    """Registered by anybody and not yet confirmed. An account made for somebody is never theirs."""
    return (
        account.email_confirmed_at is None
        and account.password_hash != passwords.NO_PASSWORD
        and not account.is_staff
        and not account.disabled
    )


def _may_have_another(account: Account) -> bool:
    return throttling.is_within(throttling.MESSAGES_TO_ONE_PERSON, account=account.email)


def _send_link(account: Account) -> None:
    seed = make_token(account, CONFIRM_EMAIL)
    queue(
        "account/confirm-email",
        account.email,
        {"purpose": CONFIRM_EMAIL.name, "seed": seed},
        f"account/confirm-email:{seed}",
    )


def _say_there_is_one(account: Account) -> None:
    if account.disabled or not _may_have_another(account):
        return
    queue(
        "account/already-registered",
        account.email,
        {"name": account.name},
        f"account/already-registered:{account.id}:{clock.now().isoformat()}",
    )
