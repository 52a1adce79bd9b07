"""One import, the rows that wait in it, and where each imported record came from."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import JsonDocument, UtcDateTime, check_constraint, db
from registry.organisations.belonging import Belonging
from registry.permissions import P

# `matching`: a person says what each column is. `reading` and `carrying_out`: the worker is at it.
STATES = ("matching", "reading", "ready", "carrying_out", "done", "undone", "failed", "put_aside")
WORKED_ON = ("reading", "carrying_out")
SHAPES = ("table", "outpost_csv", "outpost", "oruk")
# What becomes of a row. `kept`: somebody has changed the record here, so it stays as it is.
VERDICTS = ("new", "changed", "same", "kept", "mistake")
KINDS = ("organisation", "activity")
CAN_BE_UNDONE_FOR = timedelta(days=1)


class ImportRun(Belonging, db.Model):
    """One file or feed on its way in: what it is, how far it has come, and what was found.

    `source` names whoever keeps the records: a second import from the same source knows those of
    the first again. `columns` says which column of a table is which of our fields.
    """

    __tablename__ = "import_run"
    __table_args__ = (
        CheckConstraint(check_constraint("state", STATES), name="state"),
        CheckConstraint(check_constraint("shape", SHAPES), name="shape"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(100))
    shape: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(4))
    name: Mapped[str] = mapped_column(String(300))
    address: Mapped[str] = mapped_column(String(500), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    state: Mapped[str] = mapped_column(String(12))
    header: Mapped[list[str]] = mapped_column(JsonDocument, default=list)
    sample: Mapped[list[list[str]]] = mapped_column(JsonDocument, default=list)
    columns: Mapped[dict[str, str]] = mapped_column(JsonDocument, default=dict)
    notes: Mapped[list[str]] = mapped_column(JsonDocument, default=list)
    sentence: Mapped[str] = mapped_column(Text, default="")
    page: Mapped[int] = mapped_column(Integer, default=0)
    done: Mapped[int] = mapped_column(Integer, default=0)
    of: Mapped[int] = mapped_column(Integer, default=0)
    counts: Mapped[dict[str, int]] = mapped_column(JsonDocument, default=dict)
    without_mistakes: Mapped[bool] = mapped_column(Boolean, default=False)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    carried_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    carried_out_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rows_gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left: Mapped[list[dict[str, Any]]] = mapped_column(JsonDocument, default=list)

    # It is nobody's of a club: who may read it is asked by roles alone.
    seen_with = (P.READ_IMPORTS,)
    organisation = None

    @property
    def is_worked_on(self) -> bool:
        """Whether the worker is at it, or about to be."""
        return self.state in WORKED_ON

    @property
    def undo_until(self) -> datetime | None:
        """The last moment at which it can be undone; None where there is nothing to undo."""
        if self.state != "done" or self.carried_out_at is None:
            return None
        return self.carried_out_at + CAN_BE_UNDONE_FOR

    def count(self, verdict: str) -> int:
        """How many rows have this verdict."""
        return self.counts.get(verdict, 0)


class ImportRow(db.Model):
    """One row of a file, or one service of a feed, as it waits: what we would keep of it.

    `key` is its own name at the source. `likely` are organisations here that may be the same
    (domain B.7), on the first row of an organisation. `left_out` is what a person decided.
    """

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("run_id", "key"),
        Index("ix_import_row_organisation", "run_id", "organisation_key", "id"),
        Index("ix_import_row_verdict", "run_id", "verdict", "id"),
        CheckConstraint(check_constraint("verdict", VERDICTS), name="verdict"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    key: Mapped[str] = mapped_column(String(200))
    organisation_key: Mapped[str] = mapped_column(String(200), default="")
    # What to call it in the report, though its row may hold a mistake.
    name: Mapped[str] = mapped_column(String(200), default="")
    club: Mapped[str] = mapped_column(String(200), default="")
    facts: Mapped[dict[str, Any] | None] = mapped_column(JsonDocument)
    problems: Mapped[list[list[str]]] = mapped_column(JsonDocument, default=list)
    notes: Mapped[list[list[str]]] = mapped_column(JsonDocument, default=list)
    verdict: Mapped[str | None] = mapped_column(String(8))
    has_likely: Mapped[bool] = mapped_column(Boolean, default=False)
    likely: Mapped[list[dict[str, Any]]] = mapped_column(JsonDocument, default=list)
    left_out: Mapped[bool] = mapped_column(Boolean, default=False)


class ImportedRecord(db.Model):
    """Where a record came from: its name at the source, and what the source said of it last.

    `version` is the record's own when the import was done: where it is another now, somebody has
    changed the record here. `before` is what an import that changed it found, to be put back.
    """

    __tablename__ = "imported_record"
    __table_args__ = (
        CheckConstraint(check_constraint("kind", KINDS), name="kind"),
        UniqueConstraint("source", "kind", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    activity_id: Mapped[int | None] = mapped_column(
        ForeignKey("activity.id", ondelete="CASCADE"), index=True
    )
    version: Mapped[int] = mapped_column(Integer)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("import_run.id"), index=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(JsonDocument)
