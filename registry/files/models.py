"""Files that people sent. The bytes lie in the blob store, named by their SHA-256."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import UtcDateTime, check_constraint, db

KINDS = ("pdf", "docx", "odt", "jpg", "png")
USES = ("paper", "picture")
SCANS = ("unscanned", "clean", "infected")


class StoredFile(db.Model):
    """One use of a blob: two people may send the same bytes, and each has a row.

    A `paper` is kept as it was sent and shown to nobody but the council and the club. A `picture`
    is what we made of one that was sent to be shown.
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
