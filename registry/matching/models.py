"""What organisations are known by, and the pairs of them that have something in common."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.database import JsonDocument, UtcDateTime, check_constraint, db
from registry.matching.scoring import KINDS, Strength
from registry.organisations.models import Organisation
from registry.permissions import P

STRENGTHS = tuple(map(str, Strength))
SETTLED_AS = ("not_the_same", "merged")


class Trait(db.Model):
    """One thing that an organisation is or was known by, normalised. It stays when that changes.

    A name is kept in words, because names are compared by likeness. Everything else is kept as a
    digest that nobody can read back, so no address or number of a person outlives them here.
    """

    __tablename__ = "trait"
    __table_args__ = (
        CheckConstraint(check_constraint("kind", KINDS), name="kind"),
        UniqueConstraint("organisation_id", "kind", "value"),
        Index("ix_trait_value", "kind", "value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str] = mapped_column(String(10))
    value: Mapped[str] = mapped_column(String(200))
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class Match(db.Model):
    """Two organisations with something in common, each pair once, the older record first.

    `settled_hits` are the reasons that somebody looked at and answered: those count no more. A
    reason that is found afterwards counts again.
    """

    __tablename__ = "organisation_match"
    __table_args__ = (
        CheckConstraint("one_id < other_id", name="order"),
        CheckConstraint(check_constraint("strength", STRENGTHS), name="strength"),
        CheckConstraint(check_constraint("settled_as", SETTLED_AS), name="settled_as"),
        UniqueConstraint("one_id", "other_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    strength: Mapped[str] = mapped_column(String(10))
    hits: Mapped[list[str]] = mapped_column(JsonDocument, default=list)
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_as: Mapped[str | None] = mapped_column(String(12))
    settled_hits: Mapped[list[str]] = mapped_column(JsonDocument, default=list)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(Integer, default=1)

    # Who may not read it learns nothing of there being one.
    seen_with = (P.SEE_MATCHES,)

    one: Mapped[Organisation] = relationship(foreign_keys=one_id)
    other: Mapped[Organisation] = relationship(foreign_keys=other_id)

    @property
    def open_hits(self) -> tuple[str, ...]:
        """The reasons that nobody has answered."""
        return tuple(hit for hit in self.hits if hit not in self.settled_hits)

    @property
    def counts(self) -> bool:
        """Whether it still says anything: something in it is not answered yet."""
        return bool(self.open_hits)

    @property
    def is_strong(self) -> bool:
        """Whether a senior has to sign because of it."""
        return self.counts and self.strength == Strength.STRONG

    @property
    def owner_ids(self) -> frozenset[int]:
        """The owners of both."""
        return self.one.owner_ids | self.other.owner_ids

    @property
    def member_ids(self) -> frozenset[int]:
        """Nobody of a club may know of it, so nobody here counts as one of its people."""
        return frozenset()

    @property
    def linked_people(self) -> frozenset[int]:
        """Accounts with a link to either of them."""
        return self.one.linked_people | self.other.linked_people

    @property
    def linked_domains(self) -> frozenset[str]:
        """Email domains of the people of either."""
        return self.one.linked_domains | self.other.linked_domains

    def beside(self, organisation_id: int) -> Organisation:
        """The other one of the pair."""
        return self.other if self.one_id == organisation_id else self.one
