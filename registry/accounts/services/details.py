"""What a person changes about their own account: the name, and the address that we write to."""

from sqlalchemy.exc import IntegrityError

from registry import clock
from registry.accounts import throttling
from registry.accounts.errors import DeadLink
from registry.accounts.models import Account
from registry.accounts.queries import account_by_email, normalised
from registry.accounts.services.sign_in import check_password
from registry.accounts.tokens import (
    CHANGE_EMAIL,
    account_of_token,
    email_of_token,
    end_tokens,
    make_token,
    use_token,
)
from registry.accounts.web_sessions import end_all_web_sessions
from registry.audit.services import record_security
from registry.database import db
from registry.errors import BadInput, NotAllowedNow
from registry.messages.services import queue

STAFF_STAY = "Your address belongs to your work here. Ask an administrator to change it."


def change_name(account: Account, name: str, address: str = "") -> None:
    """Change the name that the people of the club and the council see."""
    if account.name != name:
        account.name = name
        record_security("name_changed", account.id, address)


def ask_for_new_email(account: Account, email: str, password: str, address: str = "") -> None:
    """Send a link to a new address. Nothing changes until its reader presses the button.

    Where the address has an account already nothing is sent, and the answer is the same.
    Raises WrongPassword, TooManyTries, BadInput for the address that it has, and NotAllowedNow
    for people of the council, whose address says which cases they may not see.
    """
    if account.is_staff:
        raise NotAllowedNow(STAFF_STAY)
    wanted = normalised(email)
    if wanted == account.email:
        raise BadInput("This is the address you have now. Enter another")
    check_password(account, account.email, password, address)
    record_security("new_email_asked", account.id, address)
    if account_by_email(wanted) is not None:
        return
    if throttling.is_within(throttling.MESSAGES_TO_ONE_PERSON, account=wanted):
        end_tokens(account, CHANGE_EMAIL)
        seed = make_token(account, CHANGE_EMAIL, wanted)
        queue(
            "account/new-email",
            wanted,
            {"name": account.name, "purpose": CHANGE_EMAIL.name, "seed": seed},
            f"account/new-email:{seed}",
        )


def confirm_new_email(word: str, address: str = "") -> Account:
    """Use the link: the account has the new address, and the old one is told.

    Every web session ends, and every other link of the account. Raises DeadLink, also where
    somebody else has taken the address meanwhile.
    """
    account, wanted = account_of_token(word, CHANGE_EMAIL), email_of_token(word)
    if account is None or account.is_staff or not use_token(word, CHANGE_EMAIL):
        raise DeadLink()
    before, now = account.email, clock.now()
    try:
        with db.session.begin_nested():
            account.email = wanted
    except IntegrityError:
        raise DeadLink() from None
    account.email_confirmed_at = now
    end_tokens(account)
    end_all_web_sessions(account)
    record_security("email_changed", account.id, address)
    local = clock.local(now)
    queue(
        "account/email-changed",
        before,
        {
            "name": account.name,
            "changed_on": local.date().isoformat(),
            "changed_time": f"{local:%H:%M}",
        },
        f"account/email-changed:{account.id}:{now.isoformat()}",
    )
    return account
