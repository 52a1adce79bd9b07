"""How often something may be tried: ten passwords in five minutes, or five codes.

Tries are rows that every worker sees and that outlive a restart. Each lies under a keyed digest
of what is tried, so that the table says nothing about people or addresses.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from registry import clock
from registry.accounts.models import Throttle
from registry.config import settings
from registry.database import db, short_transaction
from registry.errors import TooManyTries


@dataclass(frozen=True)
class Limit:
    """At most `most` times `within` a length of time, for one account or one address."""

    act: str
    most: int
    within: timedelta


PASSWORD_TRIES = Limit("password", 10, timedelta(minutes=5))
SECOND_FACTOR_TRIES = Limit("second factor", 5, timedelta(minutes=5))
SECOND_FACTOR_TRIES_A_DAY = Limit("second factor in a day", 50, timedelta(days=1))
MESSAGES_ASKED_FOR = Limit("message asked for", 30, timedelta(hours=1))
MESSAGES_TO_ONE_PERSON = Limit("message to", 5, timedelta(days=1))


@dataclass(frozen=True)
class Tries:
    """Tries that have been counted, so that a good one can be taken back."""

    ids: tuple[int, ...]


def count(limit: Limit, *, account: str = "", address: str = "") -> Tries:
    """Count one try against an account (its email address), an address, or both.

    Call it before anything is written and before any password is hashed: it has a transaction
    of its own, so that an answer which rolls back is counted all the same. Raises TooManyTries.
    """
    db.session.rollback()  # lets go of what was read; SQLite has room for one writer
    with short_transaction() as transaction:
        tries, wait = _take(transaction, limit, _buckets(limit, account, address))
    if wait:
        raise TooManyTries(wait, _sentence(wait))
    return tries


def take_back(tries: Tries) -> None:
    """A password that was right does not count."""
    db.session.execute(delete(Throttle).where(Throttle.id.in_(tries.ids)))


def is_within(limit: Limit, *, account: str) -> bool:
    """Whether one more is allowed; if so it is counted, in the caller's transaction."""
    session: Session = db.session  # type: ignore[assignment]
    _, wait = _take(session, limit, _buckets(limit, account, ""))
    return not wait


def forget_old_tries(before: datetime) -> None:
    """Tidy up what can no longer count."""
    db.session.execute(delete(Throttle).where(Throttle.at < before))


def _take(session: Session, limit: Limit, buckets: list[str]) -> tuple[Tries, int]:
    """Count a try in every bucket, or in none and say how many seconds to wait."""
    _stand_in_line(session, buckets)
    now = clock.now()
    wait = max(_seconds_to_wait(session, limit, bucket, now) for bucket in buckets)
    if wait:
        return Tries(()), wait
    rows = [Throttle(bucket=bucket, at=now) for bucket in buckets]
    session.add_all(rows)
    session.flush()
    return Tries(tuple(row.id for row in rows)), 0


def _seconds_to_wait(session: Session, limit: Limit, bucket: str, now: datetime) -> int:
    """Until the oldest of the last `most` tries is old enough; 0 where there were fewer."""
    latest = session.scalars(
        select(Throttle.at)
        .where(Throttle.bucket == bucket, Throttle.at > now - limit.within)
        .order_by(Throttle.at.desc())
        .limit(limit.most)
    ).all()
    if len(latest) < limit.most:
        return 0
    return max(1, int((latest[-1] + limit.within - now).total_seconds()) + 1)


def _stand_in_line(session: Session, buckets: list[str]) -> None:
    """Two tries at once are counted one after the other. SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        for bucket in buckets:
            lock = int(bucket[:15], 16)
            session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})


def _buckets(limit: Limit, account: str, address: str) -> list[str]:
    """In one order for everybody, so that nobody waits for each other."""
    kinds = (("account", account), ("address", _network(address)))
    return sorted(_bucket(limit, kind, value) for kind, value in kinds if value)


def _bucket(limit: Limit, kind: str, value: str) -> str:
    said = f"{limit.act}\n{kind}\n{value}".encode()
    return hmac.new(settings().secret_key.encode(), said, hashlib.sha256).hexdigest()


def _network(address: str) -> str:
    """One household has a whole /64 of IPv6 addresses to try from."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped or f"{ip.exploded[:19]}::/64")
    return str(ip)


def _sentence(wait: int) -> str:
    minutes = -(-wait // 60)
    return (
        "There were too many tries. "
        f"Wait {minutes} {'minute' if minutes == 1 else 'minutes'}, then try again"
    )
