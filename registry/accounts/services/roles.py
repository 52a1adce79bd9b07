"""Who works for the council, and as what. Given by commands, never by a page (issue by issue)."""

from registry import clock
from registry.accounts import passwords
from registry.accounts.models import STAFF_ROLES, Account, AccountRole
from registry.accounts.queries import account_by_email, normalised
from registry.accounts.tokens import RESET_PASSWORD, end_tokens, link_from_seed, make_token
from registry.accounts.web_sessions import end_all_web_sessions
from registry.audit.services import record
from registry.database import db
from registry.errors import BadInput, NotAllowedNow


def make_account(
    email: str, name: str, password: str | None = None, *, confirmed: bool = True
) -> Account:
    """An account that nobody registered: for a demonstration, or (no password) an invitation.

    Raises NotAllowedNow where the address has an account already.
    """
    if account_by_email(email):
        raise NotAllowedNow(f"There is an account for {normalised(email)} already.")
    account = Account(
        email=normalised(email),
        name=name,
        password_hash=passwords.NO_PASSWORD if password is None else passwords.hash_of(password),
        email_confirmed_at=clock.now() if confirmed else None,
        created_at=clock.now(),
    )
    db.session.add(account)
    db.session.flush()
    return account


def invite(email: str, name: str, *roles: str, actor: Account | None = None) -> str:
    """Make an account for one of the council's people. Returns a link that works once, for an hour.

    Nobody but its reader ever knows the password: it is chosen on the page behind the link.
    For an account that is there already, the roles are given and the link is another one.
    """
    account = account_by_email(email) or make_account(email, name, confirmed=False)
    for role in roles:
        give_role(account, role, actor)
    return link_from_seed(RESET_PASSWORD.name, make_token(account, RESET_PASSWORD))


def give_role(account: Account, role: str, actor: Account | None = None) -> None:
    """Let somebody work as one of the council's roles. Their web sessions end, to begin anew."""
    if role not in STAFF_ROLES:
        raise BadInput(f"There is no role “{role}”. There are {', '.join(STAFF_ROLES)}.")
    if role in account.roles:
        return
    if account.email_confirmed_at is None:
        # Whoever registered this address has not shown that it is theirs: their password goes.
        account.password_hash = passwords.NO_PASSWORD
        end_tokens(account)
    account.role_rows.append(AccountRole(account_id=account.id, role=role))
    end_all_web_sessions(account)
    record("role_given", account, actor, details={"role": role})


def take_role(account: Account, role: str, actor: Account | None = None) -> None:
    """Let somebody work as this role no longer. Their web sessions end at once."""
    rows = [row for row in account.role_rows if row.role == role]
    if not rows:
        return
    account.role_rows.remove(rows[0])
    end_all_web_sessions(account)
    record("role_taken", account, actor, details={"role": role})
