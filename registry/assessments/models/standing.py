"""What becomes of a listing afterwards: holds, changes and reminders."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.assessments.models.attempt import Assessment
from registry.database import JsonDocument, UtcDateTime, check_constraint, db
from registry.organisations.belonging import Belonging
from registry.organisations.models import Organisation

HOLD_KINDS = ("lead_vacant", "change_overdue", "quiet")
CHANGE_ABOUT = ("organisation", "venue", "activity", "picture", "question")
CHANGE_STATES = ("asked", "waiting", "live", "accepted", "sent_back", "taken_back")
OPEN_CHANGES = ("asked", "waiting", "sent_back")
IN_FORCE = ("live", "accepted")


class Hold(db.Model):
    """A row beside the status that may take a listing off, or stop a decision (domain B.5)."""

    __tablename__ = "hold"
    __table_args__ = (CheckConstraint(check_constraint("kind", HOLD_KINDS), name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    takes_listing_off: Mapped[bool] = mapped_column(Boolean)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Change(Belonging, db.Model):
    """Something that an organisation on the list told us of or wants altered (domain B.4).

    The working records hold what is in force. What waits stays in here, so a change never alters
    what the public sees until it is accepted, and sending one back undoes nothing. One that is
    `live` took effect when it was told and is looked at afterwards.

    `record_id` is the venue or the activity, 0 where there is none. `fields` gives each field
    with what it was `before` and what it is to be `after`, as plain JSON; of a question they are
    its parts. `patch` holds the keys of the cards that follow from it, made at the moment of
    taking effect. Decisions name the `version` that was read; `earlier` keeps the ones before.
    `because_id` names the change that brought this question along.
    """

    __tablename__ = "change"
    __table_args__ = (
        CheckConstraint(check_constraint("about", CHANGE_ABOUT), name="about"),
        CheckConstraint(check_constraint("state", CHANGE_STATES), name="state"),
        Index(
            "ux_change_one_open",
            "organisation_id",
            "about",
            "record_id",
            "question_key",
            unique=True,
            sqlite_where=text(check_constraint("state", OPEN_CHANGES)),
            postgresql_where=text(check_constraint("state", OPEN_CHANGES)),
        ),
        Index("ix_change_queue", "state", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    because_id: Mapped[int | None] = mapped_column(ForeignKey("change.id"))
    about: Mapped[str] = mapped_column(String(12))
    record_id: Mapped[int] = mapped_column(Integer, default=0)
    question_key: Mapped[str] = mapped_column(String(40), default="")
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10))
    fields: Mapped[dict[str, Any]] = mapped_column(JsonDocument, default=dict)
    patch: Mapped[dict[str, Any]] = mapped_column(JsonDocument, default=dict)
    version: Mapped[int] = mapped_column(Integer, default=1)
    earlier: Mapped[list[dict[str, Any]]] = mapped_column(JsonDocument, default=list)
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_on: Mapped[date | None] = mapped_column(Date)
    begins_on: Mapped[date | None] = mapped_column(Date)
    recommended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    words: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    assessment: Mapped[Assessment] = relationship()

    @property
    def linked_people(self) -> frozenset[int]:
        """Accounts that may not decide it; among them whoever of the council told it for the
        club."""
        told_by = {self.told_by_id or 0} & self.organisation.assisted_ids
        return self.organisation.linked_people | told_by

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it yet."""
        return self.state in OPEN_CHANGES

    @property
    def for_a_senior(self) -> bool:
        """Whether only a senior reads it: a regulator's action, or a serious accident."""
        return self.kind == "regulator"

    @property
    def after(self) -> dict[str, Any]:
        """What each field is to be."""
        return {name: told["after"] for name, told in self.fields.items()}


class Reminder(db.Model):
    """A reminder that went out: of which dated thing, its last good day, and which rung."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("organisation_id", "key", "ends_on", "rung"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    key: Mapped[str] = mapped_column(String(40))
    ends_on: Mapped[date] = mapped_column(Date)
    rung: Mapped[int] = mapped_column(Integer)
    sent_on: Mapped[date] = mapped_column(Date)
