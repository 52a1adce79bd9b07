"""Attempts to meet the criteria: answers, what was sent, what was found and decided."""

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
from registry.organisations.models import ASSISTED_BY, Belonging, Organisation

RESULTS = ("met", "partly", "not_met", "na")
HOLD_KINDS = ("lead_vacant", "change_overdue", "quiet")
PROPOSED = ("suspend", "lift", "revoke")
CONFIRMED_BY = ("club", "second")
FLAGS_TO_CLEAR = ("ofsted_check", "school_check")
CHANGE_ABOUT = ("organisation", "venue", "activity", "picture", "question")
CHANGE_STATES = ("asked", "waiting", "live", "accepted", "sent_back", "taken_back")
OPEN_CHANGES = ("asked", "waiting", "sent_back")
IN_FORCE = ("live", "accepted")


def _words(values: frozenset[str]) -> str:
    return ", ".join(repr(str(value)) for value in sorted(values))


class Assessment(db.Model):
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
    def owner_ids(self) -> frozenset[int]:
        """The owners of its organisation."""
        return self.organisation.owner_ids

    @property
    def member_ids(self) -> frozenset[int]:
        """Everybody of its organisation."""
        return self.organisation.member_ids

    @property
    def assisting_ids(self) -> frozenset[int]:
        """People of the council who enter something for its organisation now."""
        return self.organisation.assisting_ids

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
    def linked_domains(self) -> frozenset[str]:
        """Email domains whose people may not review it."""
        return self.organisation.linked_domains

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


class AssistedEntry(db.Model):
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
    def organisation_id(self) -> int:
        """Whose it is."""
        return self.assessment.organisation_id

    @property
    def owner_ids(self) -> frozenset[int]:
        """The owners of its organisation."""
        return self.assessment.owner_ids

    @property
    def member_ids(self) -> frozenset[int]:
        """Everybody of its organisation."""
        return self.assessment.member_ids

    @property
    def linked_people(self) -> frozenset[int]:
        """Accounts that may not confirm it: whoever has a link to the club, or entered it."""
        return self.assessment.linked_people | frozenset(self.entered_by_ids)

    @property
    def linked_domains(self) -> frozenset[str]:
        """Email domains whose people may not confirm it."""
        return self.assessment.linked_domains

    @property
    def assisting_ids(self) -> frozenset[int]:
        """People of the council who enter something for its organisation now."""
        return self.assessment.assisting_ids


class Finding(db.Model):
    """What the reviewer found on one question. `suggested` is what the rule said just then."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("assessment_id", "question_key"),
        CheckConstraint(check_constraint("result", RESULTS), name="result"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    question_key: Mapped[str] = mapped_column(String(40))
    result: Mapped[str] = mapped_column(String(10))
    suggested: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text, default="")
    words: Mapped[str] = mapped_column(Text, default="")
    found_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReturnedQuestion(db.Model):
    """A question that was sent back, with the words for the club. Open for that return only."""

    __tablename__ = "returned_question"
    __table_args__ = (UniqueConstraint("submission_id", "question_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    question_key: Mapped[str] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(Text)


class Decision(db.Model):
    """A step that somebody had to answer for: who took it, on what they read, and why.

    Never changed. `details` keeps the findings, the edition's results and the actions to
    improve as they were on that day.
    """

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))
    action: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    edition: Mapped[str] = mapped_column(String(10))
    listed_until: Mapped[date | None] = mapped_column(Date)
    details: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CaseNote(db.Model):
    """What somebody at the council notes on a case, for the council alone.

    `question_key` is empty for a note on the whole case. What it says is its last version.
    """

    __tablename__ = "case_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    question_key: Mapped[str] = mapped_column(String(40), default="")
    written_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)

    versions: Mapped[list["CaseNoteVersion"]] = relationship(
        order_by="CaseNoteVersion.number", cascade="all, delete-orphan"
    )

    @property
    def text(self) -> str:
        """What it says now."""
        return self.versions[-1].text

    @property
    def number(self) -> int:
        """Which version that is, from 1."""
        return self.versions[-1].number

    @property
    def earlier(self) -> list["CaseNoteVersion"]:
        """What it said before, the newest first."""
        return self.versions[-2::-1]


class CaseNoteVersion(db.Model):
    """What a note said from this moment on. Its author amends a note by writing a new one."""

    __tablename__ = "case_note_version"
    __table_args__ = (UniqueConstraint("note_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("case_note.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class KeptOut(db.Model):
    """Somebody who had a part in a case before an appeal sent it back: others decide it now."""

    __tablename__ = "kept_out"

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class Proposal(db.Model):
    """A step that needs a second signature: proposed by one senior, signed by another.

    One that nobody signs can end: taken back by who proposed it, or declined by another, with
    words. `approval_was_false` says of a revocation that the club should never have been listed:
    what else the same reviewer approved is then read again.
    """

    __tablename__ = "proposal"
    __table_args__ = (CheckConstraint(check_constraint("action", PROPOSED), name="action"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    action: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    not_before_on: Mapped[date | None] = mapped_column(Date)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_words: Mapped[str] = mapped_column(Text, default="", server_default="")
    approval_was_false: Mapped[bool] = mapped_column(
        Boolean, default=False, server_default=text("false")
    )

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a second signature."""
        return self.signed_at is None and self.ended_at is None


class SuspensionReview(db.Model):
    """A senior looked at a suspension again, as is due every 28 days, and said why it goes on."""

    __tablename__ = "suspension_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Reply(db.Model):
    """What a club says to its suspension. Seniors read it before they propose anything."""

    __tablename__ = "reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class FlagClearance(db.Model):
    """A senior's reason why a flag does not stop this approval (domain A.7)."""

    __tablename__ = "flag_clearance"
    __table_args__ = (CheckConstraint(check_constraint("flag", FLAGS_TO_CLEAR), name="flag"),)

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    flag: Mapped[str] = mapped_column(String(20), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    cleared_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    cleared_at: Mapped[datetime] = mapped_column(UtcDateTime)


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
