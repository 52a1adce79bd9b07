"""The worker's part: writing down what the processes of the server counted, and forgetting it.

The caller commits.
"""

import hashlib
import hmac
from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta

from sqlalchemy import delete, literal

from registry.config import Settings, settings
from registry.database import db
from registry.tallies.models import ListingLook, MissedTrace, MissedWord
from registry.tallies.queries import DAYS_BEFORE_KEPT, days_seen
from registry.tallies.slips import Slip

__all__ = ["KEPT_DAYS", "KEPT_YEARS", "digest_of", "forget_old_counts", "write_down"]

KEPT_DAYS = 90
KEPT_YEARS = 2

Owners = Callable[[Collection[int]], Mapping[int, int]]


def digest_of(word: str, installation: Settings) -> bytes:
    """What stands for a word until it may be kept: nobody without the key can try words on it."""
    key = hmac.digest(installation.secret_key.encode(), b"words that found nothing", hashlib.sha256)
    return hmac.digest(key, word.encode(), hashlib.sha256)


def write_down(slip: Slip, owners: Owners) -> None:
    """Add a slip to what is kept. `owners` tells which organisation each listing is of."""
    owner_of = owners({number for _, number, _ in slip.looks})
    for week, number, times in slip.looks:
        if number in owner_of:
            _add_looks(week, number, owner_of[number], times)
    for day, digest in slip.traces:
        if db.session.get(MissedTrace, (digest, day)) is None:
            db.session.add(MissedTrace(digest=digest, day=day))
            db.session.flush()
    for word in slip.words:
        _keep(word)
    db.session.flush()


def forget_old_counts(today: date) -> int:
    """Erase what has come to the end of its time. Returns how many rows went."""
    long_ago = today - timedelta(days=KEPT_DAYS)
    gone = 0
    for which in (
        delete(MissedTrace).where(MissedTrace.day < long_ago),
        delete(MissedWord).where(MissedWord.last_on < long_ago),
        delete(ListingLook).where(ListingLook.week < _years_before(today, KEPT_YEARS)),
    ):
        gone += len(db.session.execute(which.returning(literal(1))).all())
    return gone


def _years_before(day: date, years: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if is_leap_day else day.day)


def _add_looks(week: date, number: int, organisation_id: int, times: int) -> None:
    kept = db.session.get(ListingLook, (number, week))
    if kept is None:
        kept = ListingLook(activity_id=number, week=week, organisation_id=organisation_id, times=0)
        db.session.add(kept)
    kept.times += times


def _keep(word: str) -> None:
    """Keep a word that was missed on three days; any other stays a digest."""
    days = days_seen(digest_of(word, settings()))
    if len(days) < DAYS_BEFORE_KEPT:
        return
    kept = db.session.get(MissedWord, word)
    if kept is None:
        db.session.add(MissedWord(word=word, days=len(days), last_on=days[-1]))
    else:
        kept.days, kept.last_on = len(days), days[-1]
