"""Files that people sent. The bytes lie in the blob store, named by their SHA-256."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import UtcDateTime, check_constraint, db

KINDS = ("pdf", "docx", "odt", "jpg", "png")
USES = ("paper", "picture")
SCANS = ("unscanned", "clean", "infected")
MADE = ("whole", "cut", "broken")
WRONG_FILES = ("filled_form", "dbs_certificate", "other_person", "other")


class StoredFile(db.Model):
    """One use of a blob: two people may send the same bytes, and each has a row.

    A `paper` is kept as it was sent and shown to nobody but the council and the club. A `picture`
    is what we made of one that was sent to be shown. The row of one whose bytes were erased stays,
    without its name: what was sent and decided points at it.
    """

    __tablename__ = "stored_file"
    __table_args__ = (
        CheckConstraint(check_constraint("kind", KINDS), name="kind"),
        CheckConstraint(check_constraint("use", USES), name="use"),
        CheckConstraint(check_constraint("scan", SCANS), name="scan"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(4))
    use: Mapped[str] = mapped_column(String(7), default="paper")
    size: Mapped[int] = mapped_column(Integer)
    pages: Mapped[int | None] = mapped_column(Integer)
    scan: Mapped[str] = mapped_column(String(10), default="unscanned")
    organisation_id: Mapped[int] = mapped_column(Integer, index=True)
    uploaded_by_id: Mapped[int | None] = mapped_column(Integer)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ErasedFile(db.Model):
    """A wrong file: its bytes were erased, and nobody may bring the same ones again.

    Digest and reason stay. The same is written beside the database (registry.files.erasing), so
    that a copy of an older database does not bring it back.
    """

    __tablename__ = "erased_file"
    __table_args__ = (CheckConstraint(check_constraint("reason", WRONG_FILES), name="reason"),)

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    reason: Mapped[str] = mapped_column(String(20))
    erased_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_by_id: Mapped[int | None] = mapped_column(Integer)


class PaperReading(db.Model):
    """That the worker has made the pages of a paper, and how far it came.

    One for each blob, however many people sent it. `cut` has some of its pages: the paper is too
    long, or took too long. `broken` has none. No row: not made yet.
    """

    __tablename__ = "paper_reading"
    __table_args__ = (CheckConstraint(check_constraint("made", MADE), name="made"),)

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    made: Mapped[str] = mapped_column(String(6))
    pages: Mapped[int] = mapped_column(Integer)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PaperPage(db.Model):
    """One page of a paper as it is shown: its words, and a picture of it in the blob store."""

    __tablename__ = "paper_page"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    words: Mapped[str] = mapped_column(Text)
    picture: Mapped[str | None] = mapped_column(String(64), index=True)
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
