"""One attempt to meet the criteria: its answers and papers, and what was sent."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

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
    and_,
    cast,
    literal,
    text,
)
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from registry.assessments.lifecycle import OPEN, STANDING, STORED
from registry.audit.models import Entry
from registry.database import JsonDocument, UtcDateTime, check_constraint, db
from registry.files.models import StoredFile
from registry.organisations.belonging import Belonging
from registry.organisations.models import ASSISTED_BY, Organisation

if TYPE_CHECKING:
    from registry.assessments.models.deciding import Decision, Proposal, Reply, SuspensionReview
    from registry.assessments.models.reading import Finding, FlagClearance, KeptOut

CONFIRMED_BY = ("club", "second")


def _words(values: frozenset[str]) -> str:
    return ", ".join(repr(str(value)) for value in sorted(values))


class Assessment(Belonging, db.Model):
    """One attempt by an organisation to meet one edition of the criteria.

    Its status changes in one place only (registry.assessments.steps). `listed_until` is the
    last day of its listing; the directory asks for the date itself and never trusts a status.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        CheckConstraint(check_constraint("status", tuple(map(str, STORED))), name="status"),
        CheckConstraint("recommendation IN ('approve', 'refuse')", name="recommendation"),
        Index(
            "ux_assessment_one_open",
            "organisation_id",
            unique=True,
            sqlite_where=text(f"status IN ({_words(OPEN)})"),
            postgresql_where=text(f"status IN ({_words(OPEN)})"),
        ),
        Index(
            "ux_assessment_one_standing",
            "organisation_id",
            unique=True,
            sqlite_where=text(f"status IN ({_words(STANDING)})"),
            postgresql_where=text(f"status IN ({_words(STANDING)})"),
        ),
        Index("ix_assessment_queue", "status", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    edition: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(12))
    status_since: Mapped[datetime] = mapped_column(UtcDateTime)
    is_renewal: Mapped[bool] = mapped_column(Boolean, default=False)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    recommendation: Mapped[str | None] = mapped_column(String(10))
    recommended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_on: Mapped[date | None] = mapped_column(Date)
    listed_until: Mapped[date | None] = mapped_column(Date, index=True)
    not_before_on: Mapped[date | None] = mapped_column(Date)
    appeal_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    appeal_officer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(Integer, default=1)

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    answers: Mapped[list["Answer"]] = relationship(order_by="Answer.id")
    evidence: Mapped[list["Evidence"]] = relationship(order_by="Evidence.id")
    submissions: Mapped[list["Submission"]] = relationship(order_by="Submission.number")
    findings: Mapped[list["Finding"]] = relationship(order_by="Finding.id")
    decisions: Mapped[list["Decision"]] = relationship(order_by="Decision.id")
    proposals: Mapped[list["Proposal"]] = relationship(order_by="Proposal.id")
    clearances: Mapped[list["FlagClearance"]] = relationship()
    kept_out: Mapped[list["KeptOut"]] = relationship()
    acts: Mapped[list[Entry]] = relationship(
        primaryjoin=lambda: and_(
            foreign(Entry.subject_type) == literal("assessment"),
            foreign(Entry.subject_id) == cast(Assessment.id, String),
            Entry.action.not_in(("read", "refused")),
        ),
        viewonly=True,
        order_by=Entry.number,
    )
    suspension_reviews: Mapped[list["SuspensionReview"]] = relationship(
        order_by="SuspensionReview.id"
    )
    replies: Mapped[list["Reply"]] = relationship(order_by="Reply.id")
    assisted_entries: Mapped[list["AssistedEntry"]] = relationship(
        order_by="AssistedEntry.id", back_populates="assessment", lazy="selectin"
    )

    @property
    def assisted_ids(self) -> frozenset[int]:
        """Whoever of the council entered it for the club, or confirmed what was entered."""
        people: set[int] = set()
        for one in self.assisted_entries:
            people |= {*one.entered_by_ids, one.confirmed_by_id or one.prepared_by_id}
        return frozenset(people)

    @property
    def linked_people(self) -> frozenset[int]:
        """Accounts that may not review it."""
        return self.organisation.linked_people | self.assisted_ids

    @property
    def latest_submission(self) -> "Submission | None":
        """What was sent last; None while nothing was."""
        return self.submissions[-1] if self.submissions else None

    @property
    def took_part_ids(self) -> frozenset[int]:
        """Everybody who did anything in it, at the council or at the club.

        Whoever once held, found, noted, cleared, recommended, decided, proposed, signed or read
        again stands in its history; the records say the same, should an entry name another one.
        """
        people = {self.holder_id, self.recommended_by_id}
        people |= {entry.actor_id for entry in self.acts}
        people |= {decision.by_id for decision in self.decisions}
        people |= {finding.found_by_id for finding in self.findings}
        people |= {clearance.cleared_by_id for clearance in self.clearances}
        people |= {review.by_id for review in self.suspension_reviews}
        for proposal in self.proposals:
            people |= {proposal.proposed_by_id, proposal.signed_by_id, proposal.ended_by_id}
        return frozenset(person for person in people if person is not None)

    @property
    def kept_out_ids(self) -> frozenset[int]:
        """Who may not decide it any more: an appeal sent it to people with no part in it."""
        return frozenset(one.account_id for one in self.kept_out)


class Answer(db.Model):
    """What the club says to one question, part by part. Profile questions are kept alike.

    `last_time` is what it said in the self-check before, where this one was begun from it.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("assessment_id", "question_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    question_key: Mapped[str] = mapped_column(String(40))
    parts: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    last_time: Mapped[dict[str, Any]] = mapped_column(JsonDocument, default=dict)
    confirmed: Mapped[bool] = mapped_column(Boolean, default=True)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(Integer, default=1)


class Evidence(db.Model):
    """A paper shown for one question. The same stored file may be shown for several.

    `risks` names what a machine saw in it that may be wrong; whoever added it was told, and said
    that they had looked.
    """

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("assessment_id", "question_key", "file_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    question_key: Mapped[str] = mapped_column(String(40))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    page: Mapped[str] = mapped_column(String(20), default="")
    risks: Mapped[list[str]] = mapped_column(JsonDocument, default=list)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    file: Mapped[StoredFile] = relationship(lazy="joined")


class Submission(db.Model):
    """The answers frozen at the moment they were sent. Never changed (a trigger refuses it).

    `document` holds the profile, the answers, the evidence with digests, and the organisation
    with its venues and activities as they then were: cards are built from it and from nothing
    else, so nothing that a reviewer did not read can become public.
    """

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("assessment_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    document: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    declared_name: Mapped[str] = mapped_column(String(200))
    declared_role: Mapped[str] = mapped_column(String(200))
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    would_be_listed_until: Mapped[date | None] = mapped_column(Date)


class AssistedEntry(Belonging, db.Model):
    """A self-check that people of the council entered for a club, with the paper that it signed.

    It is sent when the club confirms it, by the code in a letter, or when a second person of the
    council confirms that it says what the paper says. Whoever entered or confirmed it may not
    review the case (`Assessment.linked_people`).
    """

    __tablename__ = "assisted_entry"
    __table_args__ = (
        CheckConstraint(check_constraint("how", ASSISTED_BY), name="how"),
        CheckConstraint(check_constraint("confirmed_how", CONFIRMED_BY), name="confirmed_how"),
        Index(
            "ux_assisted_entry_one_open",
            "assessment_id",
            unique=True,
            sqlite_where=text("confirmed_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=text("confirmed_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    how: Mapped[str] = mapped_column(String(10))
    declared_name: Mapped[str] = mapped_column(String(200))
    declared_role: Mapped[str] = mapped_column(String(200))
    signed_on: Mapped[date] = mapped_column(Date)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    code_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    prepared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    entered_by_ids: Mapped[list[int]] = mapped_column(JsonDocument)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_how: Mapped[str | None] = mapped_column(String(10))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    words: Mapped[str] = mapped_column(Text, default="", server_default="")

    assessment: Mapped[Assessment] = relationship(back_populates="assisted_entries")
    declaration: Mapped[StoredFile] = relationship(lazy="joined")

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be confirmed."""
        return self.confirmed_at is None and self.withdrawn_at is None

    @property
    def belongs_to(self) -> Assessment:
        """The case that it is part of."""
        return self.assessment

    @property
    def organisation_id(self) -> int:
        """Whose it is."""
        return self.assessment.organisation_id

    @property
    def linked_people(self) -> frozenset[int]:
        """Accounts that may not confirm it: whoever has a link to the club, or entered it."""
        return self.assessment.linked_people | frozenset(self.entered_by_ids)
