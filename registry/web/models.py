"""What the web keeps for a person between two requests."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import UtcDateTime, db


class ShelfItem(db.Model):
    """A form that could not be saved: its text and files, encrypted, for 24 hours.

    Only the account that typed it can read it, after signing in (architecture, shelf).
    """

    __tablename__ = "shelf_item"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    path: Mapped[str] = mapped_column(String(500))
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
