"""The mark on a database that holds a demonstration."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Integer
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import UtcDateTime, db


class DemonstrationMark(db.Model):
    """One row where the register is invented, and none anywhere else. It is never taken away."""

    __tablename__ = "demonstration_mark"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    organisations: Mapped[int] = mapped_column(Integer)
    seed: Mapped[int] = mapped_column(Integer)
