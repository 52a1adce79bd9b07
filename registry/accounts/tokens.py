"""Links sent by email: each works once, for a while, and cannot be made from the database alone.

A message keeps a random seed. The word in the link is made from the seed with the installation's
key, when the email is written; the database keeps the SHA-256 of the word. So a copy of the
database, outbox and all, opens no account.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from registry import clock
from registry.accounts.models import Account, AccountToken
from registry.config import settings
from registry.database import db


@dataclass(frozen=True)
class Purpose:
    """What a link is for, how long it works, and its address."""

    name: str
    lasts: timedelta
    path: str


CONFIRM_EMAIL = Purpose("confirm_email", timedelta(hours=24), "/confirm/")
RESET_PASSWORD = Purpose("reset_password", timedelta(hours=1), "/reset-password/")
CHANGE_EMAIL = Purpose("change_email", timedelta(hours=24), "/account/email/")
PURPOSES = {purpose.name: purpose for purpose in (CONFIRM_EMAIL, RESET_PASSWORD, CHANGE_EMAIL)}
# To somebody who may have no account: a row of registry.people keeps the digest of these.
INVITATION = Purpose("invitation", timedelta(days=14), "/invitation/")
LEAD = Purpose("lead", timedelta(days=60), "/lead/")
_LINKS = {**PURPOSES, INVITATION.name: INVITATION, LEAD.name: LEAD}


def make_link(purpose: Purpose) -> tuple[str, str]:
    """A new link: the seed that its message keeps, and the digest that the database keeps."""
    seed = secrets.token_urlsafe(24)
    return seed, digest_of_word(_word(purpose, seed))


def make_token(account: Account, purpose: Purpose, email: str = "") -> str:
    """Make a link for an account. Returns the seed that its message keeps.

    `email` is the address that a change of address leads to.
    """
    seed, digest = make_link(purpose)
    now = clock.now()
    db.session.add(
        AccountToken(
            digest=digest,
            account_id=account.id,
            purpose=purpose.name,
            email=email,
            made_at=now,
            expires_at=now + purpose.lasts,
        )
    )
    return seed


def link_from_seed(purpose_name: str, seed: str) -> str:
    """The whole link, on the address that the installation was given and no other."""
    purpose = _LINKS[purpose_name]
    return f"{settings().public_url}{purpose.path}{_word(purpose, seed)}"


def account_of_token(word: str, purpose: Purpose) -> Account | None:
    """Whose link this is, if it still works. Changes nothing."""
    return db.session.scalar(
        select(Account)
        .join(AccountToken, AccountToken.account_id == Account.id)
        .where(
            AccountToken.digest == digest_of_word(word),
            AccountToken.purpose == purpose.name,
            AccountToken.used_at.is_(None),
            AccountToken.expires_at > clock.now(),
            Account.disabled.is_(False),
        )
    )


def email_of_token(word: str) -> str:
    """The new address that a link for a change of address leads to."""
    found = select(AccountToken.email).where(AccountToken.digest == digest_of_word(word))
    return db.session.scalar(found) or ""


def use_token(word: str, purpose: Purpose) -> bool:
    """Use a link up. Of two who press at once, one is told no."""
    now = clock.now()
    used = db.session.execute(
        update(AccountToken)
        .where(
            AccountToken.digest == digest_of_word(word),
            AccountToken.purpose == purpose.name,
            AccountToken.used_at.is_(None),
            AccountToken.expires_at > now,
        )
        .values(used_at=now)
        .returning(AccountToken.digest)
    ).all()
    return len(used) == 1


def end_tokens(account: Account, *purposes: Purpose) -> None:
    """Let an account's links work no more: its password changed, or its person signed in."""
    db.session.execute(
        update(AccountToken)
        .where(
            AccountToken.account_id == account.id,
            AccountToken.purpose.in_([purpose.name for purpose in purposes or PURPOSES.values()]),
            AccountToken.used_at.is_(None),
        )
        .values(used_at=clock.now())
    )


def forget_old_tokens(before: datetime) -> None:
    """Tidy up links whose time is long over."""
    db.session.execute(delete(AccountToken).where(AccountToken.expires_at < before))


def _word(purpose: Purpose, seed: str) -> str:
    said = f"{purpose.name}:{seed}".encode()
    # Hexadecimal, because some mail programs leave a dash at the end out of a link.
    return hmac.new(settings().secret_key.encode(), said, hashlib.sha256).hexdigest()


def digest_of_word(word: str) -> str:
    """What the database keeps of the word in a link."""
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()
