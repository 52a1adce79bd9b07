"""What the council must be able to show: breaches, erased papers, and what people asked for."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.database import UtcDateTime, check_constraint, db
from registry.files.models import WRONG_FILES
from registry.organisations.belonging import Belonging
from registry.organisations.models import Organisation

REQUEST_KINDS = ("access", "complaint", "rectification", "objection")


class DataBreach(db.Model):
    """A wrong file: what it was, who saw it first, and what the data protection officer found.

    It holds the digest and the reason, never what was in the file.
    """

    __tablename__ = "data_breach"
    __table_args__ = (CheckConstraint(check_constraint("reason", WRONG_FILES), name="reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    reason: Mapped[str] = mapped_column(String(20))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    found_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_a_risk: Mapped[bool | None] = mapped_column(Boolean)
    told_regulator_on: Mapped[date | None] = mapped_column(Date)
    told_people_on: Mapped[date | None] = mapped_column(Date)
    words: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    papers: Mapped[list["LostPaper"]] = relationship(
        order_by="LostPaper.id", back_populates="breach"
    )


class LostPaper(Belonging, db.Model):
    """One club that had shown an erased file for a question, and whether it was asked again."""

    __tablename__ = "lost_paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    breach_id: Mapped[int] = mapped_column(ForeignKey("data_breach.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    assessment_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    question_key: Mapped[str] = mapped_column(String(40), default="")
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    breach: Mapped[DataBreach] = relationship(back_populates="papers")
    organisation: Mapped[Organisation] = relationship(lazy="joined")


class DataRequest(db.Model):
    """Something that a person asked about what is held of them, with the day it is due."""

    __tablename__ = "data_request"
    __table_args__ = (CheckConstraint(check_constraint("kind", REQUEST_KINDS), name="kind"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(14))
    name: Mapped[str] = mapped_column(String(200))
    reach: Mapped[str] = mapped_column(String(300))
    words: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    received_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date, index=True)
    acknowledged_on: Mapped[date | None] = mapped_column(Date)
    settled_on: Mapped[date | None] = mapped_column(Date)
    outcome: Mapped[str] = mapped_column(Text, default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    packed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)
