"""Emails waiting or sent: an outbox, so that a message exists exactly when its act does."""

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import JsonDocument, UtcDateTime, db


class Message(db.Model):
    """One email. Queued in the transaction of what it tells; sent after, at least once.

    To somebody without an address it is a `letter`: it waits until somebody of the council has
    printed and posted it, and `sent_at` is then the day of the post.
    """

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_due", "sent_at", "given_up_at", "not_before_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    template: Mapped[str] = mapped_column(String(80))
    recipient: Mapped[str] = mapped_column(String(254))
    context: Mapped[dict[str, str]] = mapped_column(JsonDocument)
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    organisation_id: Mapped[int | None] = mapped_column(Integer, index=True)
    channel: Mapped[str] = mapped_column(String(6), default="email", server_default="email")
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    not_before_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str] = mapped_column(Text, default="")
    # Somebody saw that it never arrived, and did what was to be done another way.
    put_aside_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    put_aside_by_id: Mapped[int | None] = mapped_column(Integer)
