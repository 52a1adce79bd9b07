"""The verbs of administrators on the council's people. None commits, none reads a request.

Nobody here ever sees or chooses somebody else's password or code.
"""

from collections.abc import Collection

from registry import clock
from registry.accounts import passwords
from registry.accounts.models import Account
from registry.accounts.queries import account_by_email
from registry.accounts.services.roles import give_role, make_account, take_role
from registry.accounts.services.second_factor import reset_second_factor
from registry.accounts.tokens import RESET_PASSWORD, end_tokens, make_token
from registry.accounts.web_sessions import end_all_web_sessions
from registry.audit.services import record
from registry.errors import BadInput, NotAllowedNow, NotYours, StaleVersion
from registry.messages.services import queue
from registry.permissions import P, can
from registry.staff.queries import active_administrators
from registry.staff.rules import (
    ROLES,
    problem_with_disabling,
    problem_with_resetting,
    problem_with_roles,
)

INVITED, CHANGED = "account/work-invitation", "account/roles-changed"


def invite_to_work(email: str, name: str, roles: Collection[str], actor: Account) -> Account:
    """Let somebody work for the council, and write to them.

    The email has a link that works once, for an hour; somebody with a password signs in with it.
    Raises BadInput where they work here already, or the roles do not go together.
    """
    _check(actor)
    account = account_by_email(email)
    if account is not None and (account.is_staff or account.disabled):
        raise BadInput("This person has an account here already. Look for them in the list")
    account = account or make_account(email, name, confirmed=False)
    _check_roles(account, roles, actor)
    for role in roles:
        give_role(account, role, actor)
    record("staff_invited", account, actor, details={"roles": sorted(roles)})
    if account.password_hash == passwords.NO_PASSWORD:
        _send_link(account)
    else:
        _tell_of_roles(account)
    return account


def invite_again(account: Account, actor: Account) -> None:
    """Send another link to somebody who was too late for the first."""
    _check(actor)
    if account.email_confirmed_at is not None or account.disabled:
        raise NotAllowedNow("They have been here. If they forgot their password, they can ask.")
    end_tokens(account, RESET_PASSWORD)
    record("staff_invited", account, actor, details={"roles": sorted(account.roles)})
    _send_link(account)


def change_roles(
    account: Account, roles: Collection[str], actor: Account, *, seen: Collection[str]
) -> None:
    """Give and take roles. `seen` are those that the page showed.

    Raises StaleVersion where somebody else changed them meanwhile, BadInput where they cannot be.
    """
    _check(actor)
    if set(seen) != account.roles:
        now = ", ".join(ROLES[role].lower() for role in sorted(account.roles)) or "none"
        raise StaleVersion(
            f"Somebody changed these roles since you opened the page. They are now: {now}."
        )
    before = account.roles
    _check_roles(account, roles, actor)
    for role in sorted(set(roles) - before):
        give_role(account, role, actor)
    for role in sorted(before - set(roles)):
        take_role(account, role, actor)
    if account.roles != before:
        _tell_of_roles(account)


def disable(account: Account, actor: Account) -> None:
    """Stop somebody from signing in, from this moment on."""
    _check(actor)
    if problem := problem_with_disabling(account, actor, active_administrators()):
        raise NotAllowedNow(problem)
    if account.disabled:
        return
    account.disabled = True
    end_tokens(account)
    end_all_web_sessions(account)
    record("account_disabled", account, actor)


def enable(account: Account, actor: Account) -> None:
    """Let somebody sign in again, with the password and the app that they had."""
    _check(actor)
    if account.disabled and account.erased_at is None:
        account.disabled = False
        record("account_enabled", account, actor)


def take_app_away(account: Account, actor: Account) -> None:
    """For somebody whose phone and recovery codes are gone. Another administrator does it for an
    administrator."""
    _check(actor)
    if problem := problem_with_resetting(account, actor):
        raise NotAllowedNow(problem)
    reset_second_factor(account, actor)


def sign_out_everywhere(account: Account, actor: Account) -> None:
    """End every web session of somebody, as when a laptop was left on a bus."""
    _check(actor)
    end_all_web_sessions(account)
    record("web_sessions_ended", account, actor)


def _check(actor: Account) -> None:
    if not can(actor, P.MANAGE_STAFF):
        raise NotYours()


def _check_roles(account: Account, roles: Collection[str], actor: Account) -> None:
    if problem := problem_with_roles(account, roles, actor, active_administrators()):
        raise BadInput(problem)


def _send_link(account: Account) -> None:
    seed = make_token(account, RESET_PASSWORD)
    queue(
        INVITED,
        account.email,
        {
            "name": account.name,
            "roles": _in_words(account),
            "purpose": RESET_PASSWORD.name,
            "seed": seed,
        },
        f"{INVITED}:{seed}",
    )


def _tell_of_roles(account: Account) -> None:
    queue(
        CHANGED,
        account.email,
        {"name": account.name, "roles": _in_words(account)},
        f"{CHANGED}:{account.id}:{clock.now().isoformat()}",
    )


def _in_words(account: Account) -> str:
    return ", ".join(ROLES[role].lower() for role in ROLES if role in account.roles)
