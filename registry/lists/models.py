"""Lists that an administrator has changed: which version counts, and every version there was."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import JsonDocument, UtcDateTime, db


class KeptList(db.Model):
    """Which version of a list counts. `stamp` is another for each, in this and any other database,
    so that nobody mistakes what was read before for what stands now."""

    __tablename__ = "kept_list"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(Integer)
    stamp: Mapped[str] = mapped_column(String(32))


class KeptListVersion(db.Model):
    """One version of a list, whole. Never changed."""

    __tablename__ = "kept_list_version"

    key: Mapped[str] = mapped_column(ForeignKey("kept_list.key"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    items: Mapped[list[dict[str, Any]]] = mapped_column(JsonDocument)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int | None] = mapped_column(Integer)
