"""What the council's desk keeps of its own fairness: who has a link, and what is read twice."""

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.assessments.models import Assessment
from registry.database import UtcDateTime, check_constraint, db
from registry.organisations.belonging import Belonging

WHY_READ_AGAIN = ("drawn", "same_reviewer")
OUTCOMES = ("agrees", "doubt")


class SecondReading(Belonging, db.Model):
    """An approval that another person reads again.

    It was drawn by the rule, or the same reviewer approved another that was revoked as false
    (`because_id`). A doubt goes to a senior, who says what was done about it.
    """

    __tablename__ = "second_reading"
    __table_args__ = (
        UniqueConstraint("assessment_id", "why"),
        CheckConstraint(check_constraint("why", WHY_READ_AGAIN), name="why"),
        CheckConstraint(check_constraint("outcome", OUTCOMES), name="outcome"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    because_id: Mapped[int | None] = mapped_column(Integer)
    why: Mapped[str] = mapped_column(String(20))
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text, default="")
    read_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_words: Mapped[str] = mapped_column(Text, default="")
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    assessment: Mapped[Assessment] = relationship(lazy="joined")

    @property
    def belongs_to(self) -> Assessment:
        """The case that was approved."""
        return self.assessment

    @property
    def organisation_id(self) -> int:
        """The organisation whose approval it is, as permissions and entries name it."""
        return self.assessment.organisation_id

    @property
    def took_part_ids(self) -> frozenset[int]:
        """Everybody who had a part in the approval."""
        return self.assessment.took_part_ids

    @property
    def is_doubted(self) -> bool:
        """Whether a doubt waits for a senior."""
        return self.outcome == "doubt" and self.settled_at is None


class ConflictStatement(db.Model):
    """What a member of staff said on one day about their links: once a year, or when one is new.

    The links to organisations on the register are rows of `declared_link`. `others` holds, in
    their own words, clubs that are not here yet.
    """

    __tablename__ = "conflict_statement"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    stated_on: Mapped[date] = mapped_column(Date)
    none_to_tell: Mapped[bool] = mapped_column(Boolean)
    others: Mapped[str] = mapped_column(Text, default="")
