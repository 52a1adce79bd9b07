"""What the OpenActive feeds have given, and under which number."""

from datetime import date

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import check_constraint, db

SERIES, SESSION = "SessionSeries", "ScheduledSession"
KINDS = (SERIES, SESSION)


class FeedItem(db.Model):
    """One item of a feed: an activity, or one of its dates. Written with the card it came from.

    `number` is its change number: no two items share one, and each change of the item gives it a
    higher one. `until` is the last day on which it is given, if its card lasts; null for one that
    is gone, of which nothing is left but what it is called. `data` is what the feed gives of a
    series; a date is told from `day`, `starts` and `ends`. `said` is a digest of what was given.
    """

    __tablename__ = "feed_item"
    __table_args__ = (
        UniqueConstraint("activity_id", "kind", "which"),
        Index("ix_feed_item_kind_number", "kind", "number"),
        CheckConstraint(check_constraint("kind", KINDS), name="kind"),
    )

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(16))
    activity_id: Mapped[int] = mapped_column(Integer)
    which: Mapped[str] = mapped_column(String(40))
    day: Mapped[date | None] = mapped_column(Date)
    starts: Mapped[str] = mapped_column(String(5))
    ends: Mapped[str] = mapped_column(String(5))
    until: Mapped[date | None] = mapped_column(Date)
    changed_on: Mapped[date] = mapped_column(Date)
    said: Mapped[str] = mapped_column(String(32))
    data: Mapped[str | None] = mapped_column(Text)


class FeedNight(db.Model):
    """One row: the last day on which the night looked at everything that feeds give."""

    __tablename__ = "feed_night"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    kept_on: Mapped[date] = mapped_column(Date)
