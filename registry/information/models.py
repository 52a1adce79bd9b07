"""The numbers that people may need in a hurry."""

from datetime import date

from sqlalchemy import Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import db


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
