"""How somebody is reached who has no email address."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import db


class PostalContact(db.Model):
    """Where letters go to somebody whose account has no email address, and their telephone."""

    __tablename__ = "postal_contact"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    address: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(String(40), default="")
