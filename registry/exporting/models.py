"""One copy of the register that somebody asked for."""

from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry import clock
from registry.database import UtcDateTime, db

# How long the file of one can be had.
KEPT_FOR = timedelta(days=1)


class RegisterExport(db.Model):
    """Who asked for a copy of the register, why, how far it is, and until when it can be had.

    `organisations` of them all are `written`. The file has a name that nobody can guess; it is
    erased when its day is over, and the row says so.
    """

    __tablename__ = "register_export"

    id: Mapped[int] = mapped_column(primary_key=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    reason: Mapped[str] = mapped_column(Text)
    with_contacts: Mapped[bool] = mapped_column(Boolean)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    organisations: Mapped[int] = mapped_column(Integer, default=0)
    written: Mapped[int] = mapped_column(Integer, default=0)
    file_name: Mapped[str] = mapped_column(String(64), default="")
    size: Mapped[int] = mapped_column(Integer, default=0)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    # For anybody but who asked for it, there is no such thing.
    seen_with: ClassVar[tuple[object, ...]] = ()

    @property
    def until(self) -> datetime | None:
        """The moment until which its file can be had, once it is made."""
        return self.made_at + KEPT_FOR if self.made_at else None

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be made, or being made now."""
        return self.made_at is None and self.failed_at is None

    @property
    def is_ready(self) -> bool:
        """Whether its file can be had now."""
        return bool(self.until and self.erased_at is None and clock.now() < self.until)
