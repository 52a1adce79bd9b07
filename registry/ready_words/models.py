"""Words that staff need again and again, kept where an administrator can change them."""

from typing import ClassVar

from sqlalchemy import Boolean, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import db


class ReadyWords(db.Model):
    """One text for one use. `key` is set on those that came with the software.

    `use` is the name of a decision (`refuse`), or of a return of one question
    (`return:sg_policy`). One that is retired stays, and is offered no more.
    """

    # They belong to no club, and whoever may not write them has no address for one.
    seen_with: ClassVar[tuple[object, ...]] = ()
    linked_people: ClassVar[frozenset[int]] = frozenset()
    linked_domains: ClassVar[frozenset[str]] = frozenset()

    __tablename__ = "ready_words"
    __table_args__ = (Index("ix_ready_words_use", "use", "is_active", "sort"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str | None] = mapped_column(String(60), unique=True)
    use: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    sort: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=1)
