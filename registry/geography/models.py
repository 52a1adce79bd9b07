"""Where postcodes are, and the centre of each ward."""

from sqlalchemy import Float, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import db


class Postcode(db.Model):
    """One unit postcode, written without a space. A known one may have no point."""

    __tablename__ = "postcode"

    postcode: Mapped[str] = mapped_column(String(7), primary_key=True)
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    ward_code: Mapped[str] = mapped_column(String(9), default="")
    ward_name: Mapped[str] = mapped_column(String(100), default="")
    authority_code: Mapped[str] = mapped_column(String(9), default="")
    authority_name: Mapped[str] = mapped_column(String(100), default="")


class Ward(db.Model):
    """A ward and its centre: the mean of its postcodes' points."""

    __tablename__ = "ward"

    code: Mapped[str] = mapped_column(String(9), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    authority_code: Mapped[str] = mapped_column(String(9))
    latitude: Mapped[float] = mapped_column(Float)
    longitude: Mapped[float] = mapped_column(Float)
    postcodes: Mapped[int] = mapped_column(Integer)
