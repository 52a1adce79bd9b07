"""What a club asked, by when it is answered, and how it ended."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.assessments.models import Assessment, Decision
from registry.database import UtcDateTime, check_constraint, db
from registry.organisations.belonging import Belonging
from registry.organisations.models import Organisation
from registry.permissions import P

AGAINST = ("refuse", "suspend", "revoke")
STATES = ("late", "open", "decided", "taken_back")
OUTCOMES = ("upheld", "sent_back", "changed", "not_upheld", "turned_down", "over")
UNDER_WAY = ("late", "open")


class Appeal(Belonging, db.Model):
    """One appeal of a club against one decision.

    `late` waits until somebody says whether its reason for coming late is a good one. `begins_on`
    is the day from which the time to answer runs. `turned_down` is one that came too late, and
    `over` one whose decision had gone meanwhile.
    """

    __tablename__ = "appeal"
    __table_args__ = (
        CheckConstraint(check_constraint("against", AGAINST), name="against"),
        CheckConstraint(check_constraint("state", STATES), name="state"),
        CheckConstraint(check_constraint("outcome", OUTCOMES), name="outcome"),
        Index(
            "ux_appeal_one_open",
            "assessment_id",
            unique=True,
            sqlite_where=text(check_constraint("state", UNDER_WAY)),
            postgresql_where=text(check_constraint("state", UNDER_WAY)),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    against: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), index=True)
    words: Mapped[str] = mapped_column(Text)
    late_reason: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    begins_on: Mapped[date | None] = mapped_column(Date)
    allowed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[str | None] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(Integer, default=1)

    # Who may not read it learns nothing of there being one.
    seen_with = (P.READ_APPEAL,)

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    assessment: Mapped[Assessment] = relationship()
    decision: Mapped[Decision] = relationship()

    @property
    def is_under_way(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.state in UNDER_WAY

    @property
    def took_part_ids(self) -> frozenset[int]:
        """Everybody who had a part in the case: none of them decides this."""
        return self.assessment.took_part_ids

    @property
    def appeal_officer_id(self) -> int | None:
        """Whose appeal it is now."""
        return self.assessment.appeal_officer_id
