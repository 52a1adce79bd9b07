"""The history: one line per act, insert-only, each carrying the digest of the one before."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import JsonDocument, UtcDateTime, db


class Entry(db.Model):
    """One act. Holds ids, names of fields and digests: never free text, never file content."""

    __tablename__ = "entry"
    __table_args__ = (Index("ix_entry_subject", "subject_type", "subject_id"),)

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(Integer, index=True)
    action: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(64))
    organisation_id: Mapped[int | None] = mapped_column(Integer, index=True)
    details: Mapped[dict] = mapped_column(JsonDocument)
    restricted: Mapped[bool] = mapped_column(Boolean, default=False)
    previous_digest: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64), unique=True)


class HistoryHead(db.Model):
    """One row: the last number and digest of the chain. Updating it puts writers in line."""

    __tablename__ = "history_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str] = mapped_column(String(64))


class SecurityEntry(db.Model):
    """Signing in, failing to, and the like: no chain, kept for 12 months."""

    __tablename__ = "security_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    account_id: Mapped[int | None] = mapped_column(Integer, index=True)
    action: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(64), default="")


class HistorySeal(db.Model):
    """Entries that were exported for good and taken out; the chain goes on from their last digest.

    An entry `history_sealed` says the same inside the chain, so that no row put here by hand can
    stand for entries that are gone.
    """

    __tablename__ = "history_seal"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64))
    first_number: Mapped[int] = mapped_column(BigInteger)
    last_year: Mapped[int] = mapped_column(Integer)
    file_name: Mapped[str] = mapped_column(String(100))
    file_digest: Mapped[str] = mapped_column(String(64))
    sealed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HistoryCheck(db.Model):
    """One walk along the whole chain, asked for by somebody, and what it found."""

    __tablename__ = "history_check"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    asked_by_id: Mapped[int | None] = mapped_column(Integer)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    # The entry whose number is read now, so that a page can say how far it is.
    reached: Mapped[int] = mapped_column(BigInteger, default=0)
    entries: Mapped[int | None] = mapped_column(BigInteger)
    broken_at: Mapped[int | None] = mapped_column(BigInteger)
    seconds: Mapped[int | None] = mapped_column(Integer)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
