"""What was decided, who has to sign it, and what the organisation replied."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import JsonDocument, UtcDateTime, check_constraint, db

PROPOSED = ("suspend", "lift", "revoke")


class Decision(db.Model):
    """A step that somebody had to answer for: who took it, on what they read, and why.

    Never changed. `details` keeps the findings, the edition's results and the actions to
    improve as they were on that day.
    """

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))
    action: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    edition: Mapped[str] = mapped_column(String(10))
    listed_until: Mapped[date | None] = mapped_column(Date)
    details: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Proposal(db.Model):
    """A step that needs a second signature: proposed by one senior, signed by another.

    One that nobody signs can end: taken back by who proposed it, or declined by another, with
    words. `approval_was_false` says of a revocation that the club should never have been listed:
    what else the same reviewer approved is then read again.
    """

    __tablename__ = "proposal"
    __table_args__ = (CheckConstraint(check_constraint("action", PROPOSED), name="action"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    action: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    not_before_on: Mapped[date | None] = mapped_column(Date)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_words: Mapped[str] = mapped_column(Text, default="", server_default="")
    approval_was_false: Mapped[bool] = mapped_column(
        Boolean, default=False, server_default=text("false")
    )

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a second signature."""
        return self.signed_at is None and self.ended_at is None


class SuspensionReview(db.Model):
    """A senior looked at a suspension again, as is due every 28 days, and said why it goes on."""

    __tablename__ = "suspension_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Reply(db.Model):
    """What a club says to its suspension. Seniors read it before they propose anything."""

    __tablename__ = "reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
