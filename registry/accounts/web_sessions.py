"""Being signed in: a row on the server for each browser, ended by time or by hand.

The cookie is Flask's signed one and holds a random word; the database holds its SHA-256. So a
copy of the database signs nobody in, and ending a row ends the browser's stay at once.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from flask import Flask, session
from flask_login import LoginManager
from sqlalchemy import update

from registry import clock
from registry.accounts.models import Account, WebSession
from registry.database import db, short_transaction

IDLE_FOR_STAFF = timedelta(minutes=30)
IDLE_FOR_CLUBS = timedelta(hours=2)
LONGEST = timedelta(hours=12)
SEEN_AT_MOST_EVERY = timedelta(minutes=1)

login_manager = LoginManager()


def keep_web_sessions(app: Flask) -> None:
    """Let Flask-Login ask us who is signed in, and keep nothing of its own in the cookie."""
    login_manager.init_app(app)
    login_manager.session_protection = None


def begin_web_session(account: Account) -> None:
    """Sign this browser in: a new word every time, whatever the cookie held before."""
    session.clear()
    word = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        WebSession(digest=_digest(word), account_id=account.id, began_at=now, last_seen_at=now)
    )
    session.permanent = True
    session["sid"] = word
    session["account_id"] = account.id


def end_web_session() -> None:
    """Sign this browser out, on the server and in the cookie."""
    word = session.get("sid", "")
    db.session.execute(
        update(WebSession).where(WebSession.digest == _digest(word)).values(ended_at=clock.now())
    )
    session.clear()


def end_all_web_sessions(account: Account) -> None:
    """End every browser's stay of one account, as after a change of password."""
    db.session.execute(
        update(WebSession)
        .where(WebSession.account_id == account.id, WebSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


@login_manager.request_loader
def _signed_in_account(_: Any) -> Account | None:
    """The account of this browser, if its web session still stands."""
    word = session.get("sid")
    if not isinstance(word, str):
        return None
    row = db.session.get(WebSession, _digest(word))
    if row is None or row.ended_at is not None:
        return None
    account = db.session.get(Account, row.account_id)
    if account is None or not account.is_active or _is_over(row, account):
        return None
    _mark_seen(row)
    return account


def _is_over(row: WebSession, account: Account) -> bool:
    idle = IDLE_FOR_STAFF if account.is_staff else IDLE_FOR_CLUBS
    now = clock.now()
    return now - row.last_seen_at > idle or now - row.began_at > LONGEST


def _mark_seen(row: WebSession) -> None:
    """At most once a minute, in a transaction of its own: a page that only reads stays so."""
    now = clock.now()
    if now - row.last_seen_at < SEEN_AT_MOST_EVERY:
        return
    db.session.rollback()  # let go of the read first; the row is loaded again after
    with short_transaction() as transaction:
        transaction.execute(
            update(WebSession).where(WebSession.digest == row.digest).values(last_seen_at=now)
        )


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()
