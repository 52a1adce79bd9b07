"""Half-way in: the password was right, and the code is still to come.

A short note in the browser's own cookie says whose password it was and when. It is no web
session: nothing that asks who is signed in looks at it, so it opens the two pages that ask for a
code or set one up, and nothing else. A new password makes it worthless.
"""

import hashlib
import hmac
from datetime import timedelta

from flask import session

from registry import clock
from registry.accounts import codes
from registry.accounts.models import Account
from registry.accounts.web_sessions import account_that_was_here
from registry.config import settings
from registry.database import db

LASTS = timedelta(minutes=10)
HALF_WAY = "half_way"
# The secret on the page that sets a second factor up, encrypted, until its first code comes.
NEW_SECRET = "new_secret"  # noqa: S105


def begin_half_way(account: Account) -> None:
    """Remember that the password was right. Somebody else's stay in this browser is over."""
    if account_that_was_here() != account.id:
        session.clear()
    session.pop("sid", None)
    session[HALF_WAY] = {
        "account": account.id,
        "at": int(clock.now().timestamp()),
        "mark": _mark_of(account),
    }


def was_half_way() -> bool:
    """Whether this browser has such a note, however old."""
    return HALF_WAY in session


def end_half_way() -> None:
    """Forget it: whoever this is starts again with the password."""
    session.pop(HALF_WAY, None)
    session.pop(NEW_SECRET, None)


def account_half_way() -> Account | None:
    """Whose password was given in this browser in the last minutes, if it still is theirs."""
    said = session.get(HALF_WAY)
    if not isinstance(said, dict):
        return None
    age = clock.now().timestamp() - said["at"]
    account = db.session.get(Account, said["account"])
    if account is None or not account.is_active or not 0 <= age <= LASTS.total_seconds():
        return None
    return account if hmac.compare_digest(said["mark"], _mark_of(account)) else None


def secret_to_set_up(account: Account) -> str:
    """The secret that this browser is shown: the same until it is used, however often it looks."""
    kept = session.get(NEW_SECRET)
    said = codes.opened(kept) if isinstance(kept, bytes) else None
    owner, _, secret = (said or "").partition(":")
    if owner != str(account.id):
        secret = codes.new_secret()
        session[NEW_SECRET] = codes.sealed(f"{account.id}:{secret}")
    return secret


def forget_secret_to_set_up() -> None:
    """It was used."""
    session.pop(NEW_SECRET, None)


def _mark_of(account: Account) -> str:
    """Changes with the password."""
    said = f"half way:{account.id}:{account.password_hash}".encode()
    return hmac.new(settings().secret_key.encode(), said, hashlib.sha256).hexdigest()[:32]
