"""What is kept of all that was counted: no address, no time of day, no question as it was typed."""

from datetime import date

from sqlalchemy import Date, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import db


class ListingLook(db.Model):
    """How often a listing was looked at in one week, which begins on that Monday."""

    __tablename__ = "listing_look"

    activity_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    week: Mapped[date] = mapped_column(Date, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(Integer, index=True)
    times: Mapped[int] = mapped_column(Integer)


class MissedTrace(db.Model):
    """A day on which some word found nothing: of the word itself there is only a keyed digest."""

    __tablename__ = "missed_trace"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True, index=True)


class MissedWord(db.Model):
    """A word that found nothing on three days at least, and is near words of the register."""

    __tablename__ = "missed_word"

    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    days: Mapped[int] = mapped_column(Integer)
    last_on: Mapped[date] = mapped_column(Date)
