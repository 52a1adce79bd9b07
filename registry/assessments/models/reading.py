"""What the council's people find and note while they read."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.database import UtcDateTime, check_constraint, db

RESULTS = ("met", "partly", "not_met", "na")
FLAGS_TO_CLEAR = ("ofsted_check", "school_check")


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


class FlagClearance(db.Model):
    """A senior's reason why a flag does not stop this approval (domain A.7)."""

    __tablename__ = "flag_clearance"
    __table_args__ = (CheckConstraint(check_constraint("flag", FLAGS_TO_CLEAR), name="flag"),)

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    flag: Mapped[str] = mapped_column(String(20), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    cleared_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    cleared_at: Mapped[datetime] = mapped_column(UtcDateTime)
