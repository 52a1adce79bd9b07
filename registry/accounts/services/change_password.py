"""Another password: by somebody who knows the old one, or who reads the mailbox.

Either way every web session of the account ends, its links work no more, and its owner is told.
"""

from registry import clock
from registry.accounts import passwords, throttling
from registry.accounts.errors import BadPassword, DeadLink
from registry.accounts.models import Account
from registry.accounts.queries import account_by_email
from registry.accounts.services.choose import check_choice
from registry.accounts.services.sign_in import check_password
from registry.accounts.tokens import (
    RESET_PASSWORD,
    account_of_token,
    end_tokens,
    make_token,
    use_token,
)
from registry.accounts.web_sessions import end_all_web_sessions
from registry.audit.services import record_security
from registry.messages.services import queue


def ask_for_reset(email: str, address: str = "") -> None:
    """Send a link to choose a new password, if there is an account, and say nothing either way."""
    throttling.count(throttling.MESSAGES_ASKED_FOR, address=address)
    passwords.take_as_long_as_hashing()
    account = account_by_email(email)
    record_security("reset_asked", account.id if account else None, address)
    if account is None or account.disabled:
        return
    if throttling.is_within(throttling.MESSAGES_TO_ONE_PERSON, account=account.email):
        seed = make_token(account, RESET_PASSWORD)
        queue(
            "account/reset-password",
            account.email,
            {"name": account.name, "purpose": RESET_PASSWORD.name, "seed": seed},
            f"account/reset-password:{seed}",
        )


def reset_password(word: str, password: str, address: str = "") -> Account:
    """Choose a new password with the link of a message. Signs nobody in.

    The link shows that its person reads the mailbox, so it confirms the address too.
    Raises DeadLink, BadPassword.
    """
    account = account_of_token(word, RESET_PASSWORD)
    if account is None:
        raise DeadLink()
    check_choice(password, account.email, account.name)
    if not use_token(word, RESET_PASSWORD):
        raise DeadLink()
    account.email_confirmed_at = account.email_confirmed_at or clock.now()
    _take_new_password(account, password, "password_reset", address)
    return account


def change_password(account: Account, current: str, new: str, address: str = "") -> None:
    """Choose a new password, knowing the old one. Ends this browser's web session too.

    Raises WrongPassword, BadPassword, TooManyTries.
    """
    check_choice(new, account.email, account.name)
    if new == current:
        raise BadPassword("Choose a password that is not the one you have now")
    check_password(account, account.email, current, address)
    _take_new_password(account, new, "password_changed", address)


def _take_new_password(account: Account, password: str, action: str, address: str) -> None:
    now = clock.now()
    local = clock.local(now)
    account.password_hash = passwords.hash_of(password)
    end_tokens(account)
    end_all_web_sessions(account)
    record_security(action, account.id, address)
    queue(
        "account/password-changed",
        account.email,
        {
            "name": account.name,
            "changed_on": local.date().isoformat(),
            "changed_time": f"{local:%H:%M}",
        },
        f"account/password-changed:{account.id}:{now.isoformat()}",
    )
