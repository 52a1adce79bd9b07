"""Being signed in: a row on the server for each browser, ended by time or by hand.

The cookie is Flask's signed one and holds a random word; the database holds its SHA-256. So a
copy of the database signs nobody in, and ending a row ends the browser's stay at once.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app, session
from flask_login import LoginManager, current_user
from sqlalchemy import delete, select, update
from sqlalchemy.exc import OperationalError

from registry import clock
from registry.accounts.models import Account, WebSession
from registry.database import db, short_transaction

IDLE_FOR_STAFF = timedelta(minutes=30)
IDLE_FOR_CLUBS = timedelta(hours=2)
LONGEST = timedelta(hours=12)
SEEN_AT_MOST_EVERY = timedelta(minutes=1)
# So many letters of a digest tell the browsers of one person from each other.
NAMED_BY = 16

login_manager = LoginManager()


def keep_web_sessions(app: Flask) -> None:
    """Let Flask-Login ask us who is signed in, and keep nothing of its own in the cookie."""
    login_manager.session_protection = None
    # Not by its own `init_app`, which would ask on every page who is reading, and so look into
    # the cookie of people who only read what everybody may.
    app.login_manager = login_manager  # type: ignore[attr-defined]
    app.jinja_env.globals["current_user"] = current_user


def begin_web_session(account: Account, *, with_second_factor: bool = False) -> None:
    """Sign this browser in: a new word every time, whatever the cookie held before.

    Say whether a code was given: a web session of the council's people is none without.

    Somebody who was only away for too long comes back to the forms of their other tabs, so the
    forms' token stays with them. Nobody else inherits it.
    """
    token = session.get("csrf_token") if account_that_was_here() == account.id else None
    _end_row()
    session.clear()
    word = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        WebSession(
            digest=_digest(word),
            account_id=account.id,
            began_at=now,
            last_seen_at=now,
            with_second_factor=with_second_factor,
        )
    )
    session.permanent = True
    session["sid"] = word
    session["account_id"] = account.id
    if token:
        session["csrf_token"] = token


def end_web_session() -> None:
    """Sign this browser out, on the server and in the cookie."""
    _end_row()
    session.clear()


def account_that_was_here() -> int | None:
    """Whose browser this is, or was until time ran out. Forgotten when they sign out.

    It opens nothing: it says only on whose shelf a form is put that came too late.
    """
    kept = session.get("account_id")
    return kept if isinstance(kept, int) else None


def end_all_web_sessions(account: Account) -> None:
    """End every browser's stay of one account, as after a change of password."""
    db.session.execute(
        update(WebSession)
        .where(WebSession.account_id == account.id, WebSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def open_web_sessions(account: Account) -> list[WebSession]:
    """Where somebody is signed in now, the one used last first."""
    rows = db.session.scalars(
        select(WebSession)
        .where(WebSession.account_id == account.id, WebSession.ended_at.is_(None))
        .order_by(WebSession.last_seen_at.desc(), WebSession.digest)
    )
    return [row for row in rows if not _is_over(row, account)]


def began_with_second_factor() -> bool:
    """Whether whoever is signed in here gave a code."""
    word = session.get("sid")
    row = db.session.get(WebSession, _digest(word)) if isinstance(word, str) else None
    return row is not None and row.with_second_factor


def is_this_browser(row: WebSession) -> bool:
    """Whether this request came from there."""
    word = session.get("sid")
    return isinstance(word, str) and row.digest == _digest(word)


def end_web_session_of(account: Account, name: str) -> bool:
    """End one browser's stay, by the first letters of its digest. Answers whether there was one."""
    found = [one for one in open_web_sessions(account) if one.digest[:NAMED_BY] == name]
    for one in found:
        one.ended_at = clock.now()
    return bool(found)


def end_other_web_sessions(account: Account) -> None:
    """End every stay of an account but this browser's."""
    for one in open_web_sessions(account):
        if not is_this_browser(one):
            one.ended_at = clock.now()


def forget_old_web_sessions(before: datetime) -> None:
    """Tidy up the rows of browsers that were last seen long ago."""
    db.session.execute(delete(WebSession).where(WebSession.last_seen_at < before))


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
    if account.is_staff and not row.with_second_factor:
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
    digest = row.digest  # read now: the short transaction gives up the request's own
    try:
        with short_transaction() as transaction:
            transaction.execute(
                update(WebSession).where(WebSession.digest == digest).values(last_seen_at=now)
            )
    except OperationalError:
        # A full disk stops nobody from reading; they will only be asked to sign in sooner.
        current_app.logger.warning("web session not marked as seen: the database cannot write")


def _end_row() -> None:
    word = session.get("sid")
    if isinstance(word, str):
        db.session.execute(
            update(WebSession)
            .where(WebSession.digest == _digest(word), WebSession.ended_at.is_(None))
            .values(ended_at=clock.now())
        )


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()
