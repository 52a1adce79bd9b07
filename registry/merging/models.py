"""Putting two records of one club together: proposed by one, signed by another."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.database import UtcDateTime, check_constraint, db
from registry.organisations.models import Organisation
from registry.permissions import P

MERGE_STATES = ("proposed", "signed", "declined", "withdrawn")


class Merge(db.Model):
    """Two records of the same club: `kept` goes on, the `duplicate` is closed into it.

    `match_id` names the match that it came from, where it came from one.
    """

    __tablename__ = "organisation_merge"
    __table_args__ = (
        CheckConstraint(check_constraint("state", MERGE_STATES), name="state"),
        CheckConstraint("kept_id != duplicate_id", name="two"),
        Index(
            "ux_merge_one_open",
            "duplicate_id",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    duplicate_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    match_id: Mapped[int | None] = mapped_column(ForeignKey("organisation_match.id"))
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    reason: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    words: Mapped[str] = mapped_column(Text, default="")

    # Who may not read it learns nothing of there being one.
    seen_with = (P.READ_MERGE,)

    kept: Mapped[Organisation] = relationship(foreign_keys=kept_id)
    duplicate: Mapped[Organisation] = relationship(foreign_keys=duplicate_id)

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it yet."""
        return self.state == "proposed"

    @property
    def organisation_id(self) -> int:
        """The record that goes on, under the name by which the history asks."""
        return self.kept_id

    @property
    def owner_ids(self) -> frozenset[int]:
        """The owners of both."""
        return self.kept.owner_ids | self.duplicate.owner_ids

    @property
    def member_ids(self) -> frozenset[int]:
        """Its pages are for the council alone: nobody here counts as one of a club's people."""
        return frozenset()

    @property
    def linked_people(self) -> frozenset[int]:
        """Accounts with a link to either of them."""
        return self.kept.linked_people | self.duplicate.linked_people

    @property
    def linked_domains(self) -> frozenset[str]:
        """Email domains of the people of either."""
        return self.kept.linked_domains | self.duplicate.linked_domains
