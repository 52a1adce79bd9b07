"""Who comes to an organisation, who hands it over, and who says that they are its lead."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.accounts.models import Account
from registry.database import UtcDateTime, check_constraint, db
from registry.files.models import StoredFile
from registry.organisations.belonging import Belonging
from registry.organisations.models import MEMBER_ROLES, Organisation

HAND_OVER_KINDS = ("offered", "asked")
HAND_OVER_STATES = ("open", "done", "declined", "withdrawn", "objected")
LEAD_ANSWERS = ("yes", "no")
_OPEN_INVITATION = "used_at IS NULL AND withdrawn_at IS NULL"


class Invitation(Belonging, db.Model):
    """A link by email to join an organisation. For its own address, once, and for 14 days."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint(check_constraint("role", MEMBER_ROLES), name="role"),
        Index(
            "ux_invitation_one_open",
            "organisation_id",
            "email",
            unique=True,
            sqlite_where=text(_OPEN_INVITATION),
            postgresql_where=text(_OPEN_INVITATION),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(10))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship()
    invited_by: Mapped[Account] = relationship(foreign_keys=invited_by_id)


class HandOver(Belonging, db.Model):
    """The place of an owner, on its way to somebody else of the same organisation.

    `offered`: the owner offers it and the other says yes. `asked`: the owner has gone, a helper
    asks the council with a proof, and the owner has time until `not_before_on` to object.
    """

    __tablename__ = "hand_over"
    __table_args__ = (
        CheckConstraint(check_constraint("kind", HAND_OVER_KINDS), name="kind"),
        CheckConstraint(check_constraint("state", HAND_OVER_STATES), name="state"),
        Index(
            "ux_hand_over_one_open",
            "organisation_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="open")
    from_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    not_before_on: Mapped[date | None] = mapped_column(Date)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    words: Mapped[str] = mapped_column(Text, default="")

    organisation: Mapped[Organisation] = relationship()
    giver: Mapped[Account | None] = relationship(foreign_keys=from_id)
    taker: Mapped[Account] = relationship(foreign_keys=to_id)
    file: Mapped[StoredFile | None] = relationship()


class NamedLead(Belonging, db.Model):
    """Somebody whom an organisation named as its safeguarding lead, and what they say to it.

    The lead of today is the one named last. Without an email address nobody can be asked: the
    reviewer then calls.
    """

    __tablename__ = "named_lead"
    __table_args__ = (
        CheckConstraint(check_constraint("answer", LEAD_ANSWERS), name="answer"),
        Index("ix_named_lead_named", "organisation_id", "named_at"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), default="")
    digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    named_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(String(3))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship()
