"""The numbers that people may need in a hurry."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import UtcDateTime, db


class Contact(db.Model):
    """One number or address of the get-help block (domain C.4).

    A council's own number that nobody here has confirmed (`verified_on` empty) says so.
    """

    __tablename__ = "contact"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    label: Mapped[str] = mapped_column(String(200))
    value: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    source: Mapped[str] = mapped_column(String(300), default="")
    is_national: Mapped[bool] = mapped_column(db.Boolean, default=False)
    verified_on: Mapped[date | None] = mapped_column(Date)
    verified_by_id: Mapped[int | None] = mapped_column(Integer)
    sort: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")


class EarlierContact(db.Model):
    """What a number was before somebody changed it, and until when. Never changed."""

    __tablename__ = "earlier_contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(ForeignKey("contact.key"), index=True)
    value: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(300))
    source: Mapped[str] = mapped_column(String(300))
    verified_on: Mapped[date | None] = mapped_column(Date)
    verified_by_id: Mapped[int | None] = mapped_column(Integer)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int | None] = mapped_column(Integer)
