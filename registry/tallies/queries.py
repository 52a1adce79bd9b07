"""What was counted."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select

from registry.database import db
from registry.tallies.models import ListingLook, MissedTrace, MissedWord

__all__ = ["DAYS_BEFORE_KEPT", "days_seen", "looks_of", "missed_words", "seen_before"]

DAYS_BEFORE_KEPT = 3


def looks_of(organisation_id: int, since: date) -> dict[int, int]:
    """How often each listing of an organisation was looked at since the week of that day."""
    found = (
        select(ListingLook.activity_id, func.sum(ListingLook.times))
        .where(ListingLook.organisation_id == organisation_id, ListingLook.week >= since)
        .group_by(ListingLook.activity_id)
        .order_by(ListingLook.activity_id)
    )
    return {activity_id: int(times) for activity_id, times in db.session.execute(found)}


def missed_words() -> list[tuple[str, int, date]]:
    """Words that found nothing, with on how many days and when last; the commonest first."""
    found = select(MissedWord.word, MissedWord.days, MissedWord.last_on)
    ordered = found.order_by(MissedWord.days.desc(), MissedWord.word)
    return [(word, days, last) for word, days, last in db.session.execute(ordered)]


def seen_before(digests: Collection[bytes], on: Collection[date]) -> set[bytes]:
    """Which of these were missed on enough other days to be kept once they are missed again."""
    found = (
        select(MissedTrace.digest)
        .where(MissedTrace.digest.in_(digests), MissedTrace.day.not_in(on))
        .group_by(MissedTrace.digest)
        .having(func.count() >= DAYS_BEFORE_KEPT - 1)
    )
    return set(db.session.scalars(found))


def days_seen(digest: bytes) -> list[date]:
    """The days on which a word was missed."""
    found = select(MissedTrace.day).where(MissedTrace.digest == digest).order_by(MissedTrace.day)
    return list(db.session.scalars(found))
