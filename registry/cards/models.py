"""Cards: the whole public record of each listed activity, and what search needs to find it."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, Float, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import JsonDocument, UtcDateTime, db


def _plain_text(length: int) -> String:
    """Text that both databases compare letter by letter, so that they sort and seek alike."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class Card(db.Model):
    """One listed activity. `document` is all that the public may see of it.

    A card that is past `listed_until` is not public, whether or not anybody tidied it away.
    """

    __tablename__ = "card"
    activity_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    organisation_id: Mapped[int] = mapped_column(Integer, index=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    organisation_slug: Mapped[str] = mapped_column(String(120), index=True)
    name: Mapped[str] = mapped_column(String(200))
    sort_name: Mapped[str] = mapped_column(_plain_text(200))
    listed_until: Mapped[date] = mapped_column(Date, index=True)
    min_months: Mapped[int] = mapped_column(Integer)
    max_months: Mapped[int] = mapped_column(Integer)
    price_pence: Mapped[int | None] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(BigInteger)
    document: Mapped[dict] = mapped_column(JsonDocument)


class WithheldCard(db.Model):
    """A card that a quiet hold takes off the directory, without its club or its reviewers knowing.

    No public page reads it. The desks of the club and of the council do, so that what they say
    and count is the same as without the hold (domain B.5).
    """

    __tablename__ = "withheld_card"

    activity_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    organisation_id: Mapped[int] = mapped_column(Integer, index=True)
    slug: Mapped[str] = mapped_column(String(120))
    listed_until: Mapped[date] = mapped_column(Date)
    document: Mapped[dict] = mapped_column(JsonDocument)


class SearchWord(db.Model):
    """A plain word that cards have, and how many of them: what a search can find at all."""

    __tablename__ = "search_word"

    word: Mapped[str] = mapped_column(_plain_text(60), primary_key=True)
    cards: Mapped[int] = mapped_column(Integer)


class SearchTouched(db.Model):
    """An activity whose card has changed while the index is made anew. Number 0 says that it is."""

    __tablename__ = "search_touched"

    activity_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)


class CardPicture(db.Model):
    """A picture that a card shows, by its digest: what is not in here is not public."""

    __tablename__ = "card_picture"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("card.activity_id", ondelete="CASCADE"), primary_key=True
    )
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)


class CardReference(db.Model):
    """A reference under which a card can be looked up: the one on it, and those before."""

    __tablename__ = "card_reference"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("card.activity_id", ondelete="CASCADE"), primary_key=True
    )
    reference: Mapped[str] = mapped_column(String(12), primary_key=True, index=True)


class CardDates(db.Model):
    """Since when an activity is on the list, and when its card last said something new.

    The row stays when the activity leaves: one that comes back is not new. `first_listed_at` is
    null where the card is older than this table. Public only together with a card.
    """

    __tablename__ = "card_dates"

    activity_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    first_listed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    digest: Mapped[str] = mapped_column(String(64))


class CardFacts(db.Model):
    """What other computers narrow services down by (`facts.py`), and what they call this one.

    `codes` are the kinds of both levels and the marks that were answered with yes, with a space
    around each.
    """

    __tablename__ = "card_facts"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("card.activity_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    organisation_id: Mapped[int] = mapped_column(Integer)
    service: Mapped[str] = mapped_column(String(36), unique=True)
    organisation: Mapped[str] = mapped_column(String(36), index=True)
    listed_until: Mapped[date] = mapped_column(Date)
    min_months: Mapped[int | None] = mapped_column(Integer)
    max_months: Mapped[int | None] = mapped_column(Integer)
    codes: Mapped[str] = mapped_column(Text)


class CardPlace(db.Model):
    """One place of a card, the main one number 0: what others call it, and its public point."""

    __tablename__ = "card_place"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("card.activity_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    identifier: Mapped[str] = mapped_column(String(36), unique=True)
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)


class CardSession(db.Model):
    """One session of a card: days as bits, Monday the lowest, and minutes of the day."""

    __tablename__ = "card_session"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("card.activity_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    days: Mapped[int] = mapped_column(Integer)
    opens: Mapped[int | None] = mapped_column(Integer)
    closes: Mapped[int | None] = mapped_column(Integer)


class RegisterVersion(db.Model):
    """One row: raised by every step that changes what is public. Every ETag carries it."""

    __tablename__ = "register_version"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(BigInteger)
    # When that was; null for a register that has not changed since before this was kept.
    raised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
