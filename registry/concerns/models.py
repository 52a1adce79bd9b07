"""What somebody told us, what we did with it, and the signatures under a quiet hold."""

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.assessments.models import Hold
from registry.database import UtcDateTime, check_constraint, db
from registry.organisations.belonging import Belonging
from registry.organisations.models import Organisation
from registry.permissions import P

COLOURS = ("red", "amber", "green")
KINDS = ("listing", "papers", "staff")
STATES = ("open", "handed_over", "closed")
HANDED_TO = ("mash", "lado", "police", "other")
OUTCOMES = ("mended", "club_asked", "nothing_found", "told_before", "not_ours")
STEPS = ("told", "colour", "link", "hand_over", "close")
ADVICE = ("lado", "police")


class Concern(db.Model):
    """Something that a member of the public told the council.

    What they wrote is in `words` and nowhere else: in no entry, message, log, export or search. It
    goes 30 days after the concern was handed over or closed, and who told goes with it. The
    reference, the colour and where it was handed to stay. No address is kept.
    """

    __tablename__ = "concern"
    # Whoever may not read it learns nothing, not even that it is there; and that they tried is an
    # entry for seniors and auditors.
    seen_with = (P.READ_CONCERN,)
    is_restricted = True

    __table_args__ = (
        CheckConstraint(check_constraint("colour", COLOURS), name="colour"),
        CheckConstraint(check_constraint("kind", KINDS), name="kind"),
        CheckConstraint(check_constraint("state", STATES), name="state"),
        CheckConstraint(check_constraint("handed_to", HANDED_TO), name="handed_to"),
        CheckConstraint(check_constraint("outcome", OUTCOMES), name="outcome"),
        Index("ix_concern_queue", "state", "colour", "told_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(String(10))
    colour: Mapped[str] = mapped_column(String(10))
    hints_at_harm: Mapped[bool] = mapped_column(Boolean, default=False)
    listing: Mapped[str] = mapped_column(String(120), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    words: Mapped[str | None] = mapped_column(Text)
    teller_name: Mapped[str] = mapped_column(String(200), default="")
    teller_contact: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(12), default="open")
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    handed_to: Mapped[str | None] = mapped_column(String(10))
    handed_on: Mapped[date | None] = mapped_column(Date)
    handed_reference: Mapped[str] = mapped_column(String(80), default="")
    outcome: Mapped[str | None] = mapped_column(String(20))
    forgotten_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)

    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
    steps: Mapped[list["ConcernStep"]] = relationship(order_by="ConcernStep.id")

    @property
    def linked_people(self) -> frozenset[int]:
        """Accounts that may not know of it: everybody with a link to the club."""
        return self.organisation.linked_people if self.organisation else frozenset()

    @property
    def linked_domains(self) -> frozenset[str]:
        """Email domains whose people may not know of it."""
        return self.organisation.linked_domains if self.organisation else frozenset()

    @property
    def has_teller(self) -> bool:
        """Whether somebody left a name or a way to reach them."""
        return bool(self.teller_name or self.teller_contact)

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state == "open"


class ConcernStep(db.Model):
    """What somebody of the council did with a concern. `words` go when the concern's do."""

    __tablename__ = "concern_step"
    __table_args__ = (CheckConstraint(check_constraint("what", STEPS), name="what"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), index=True)
    what: Mapped[str] = mapped_column(String(12))
    value: Mapped[str] = mapped_column(String(40), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class HoldProposal(Belonging, db.Model):
    """A quiet hold that one senior proposes, or its end; another signs. Both are named.

    `hold_id` is the hold that it would end, or the one that came of it. It holds whose advice it
    follows, of which day and under which reference, and never what the advice was about.
    """

    __tablename__ = "hold_proposal"
    # Nobody else learns that there is one, nor from the entry of a look that was refused.
    seen_with = (P.SEE_QUIET_HOLD,)
    is_restricted = True

    __table_args__ = (
        CheckConstraint("what IN ('set', 'end')", name="what"),
        CheckConstraint(check_constraint("advice_from", ADVICE), name="advice_from"),
        Index(
            "ux_hold_proposal_one_open",
            "organisation_id",
            unique=True,
            sqlite_where=text("signed_at IS NULL AND ended_at IS NULL"),
            postgresql_where=text("signed_at IS NULL AND ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    concern_id: Mapped[int | None] = mapped_column(ForeignKey("concern.id"))
    hold_id: Mapped[int | None] = mapped_column(ForeignKey("hold.id"))
    what: Mapped[str] = mapped_column(String(5))
    takes_listing_off: Mapped[bool] = mapped_column(Boolean, default=False)
    advice_from: Mapped[str] = mapped_column(String(10))
    advised_on: Mapped[date] = mapped_column(Date)
    advice_reference: Mapped[str] = mapped_column(String(80))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    hold: Mapped[Hold | None] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a second signature."""
        return self.signed_at is None and self.ended_at is None

    @property
    def is_in_force(self) -> bool:
        """Whether its hold was signed and has not ended."""
        return self.signed_at is not None and self.hold is not None and self.hold.until is None

    @property
    def is_over(self) -> bool:
        """Whether its hold has ended, or nobody ever signed it."""
        return not self.is_open and not self.is_in_force
