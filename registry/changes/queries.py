"""The questions that changes are asked: what is open, what waits for whom, what took effect."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from registry.accounts.models import Account
from registry.assessments.models import IN_FORCE, OPEN_CHANGES, Change, Evidence
from registry.database import db
from registry.files.models import StoredFile
from registry.organisations.models import Membership, Organisation
from registry.permissions import P, can

__all__ = [
    "change_of",
    "change_to_read",
    "last_settled",
    "open_change",
    "open_changes",
    "owed_by_clubs",
    "paper_of",
    "papers_of",
    "people",
    "settled_changes",
    "to_look_over",
    "waiting_changes",
]


def change_of(organisation_id: int, change_id: int) -> Change | None:
    """A change of this organisation, with its people; None where there is none."""
    found = _one(_changes().where(Change.id == change_id))
    return found if found and found.organisation_id == organisation_id else None


def change_to_read(change_id: int) -> Change | None:
    """A change with its organisation and people, for whoever decides it."""
    return _one(_changes().where(Change.id == change_id))


def open_change(
    organisation_id: int, about: str, record_id: int = 0, question_key: str = ""
) -> Change | None:
    """The one open change of this record or question, if there is one."""
    return db.session.scalar(
        select(Change).where(
            Change.organisation_id == organisation_id,
            Change.about == about,
            Change.record_id == record_id,
            Change.question_key == question_key,
            Change.state.in_(OPEN_CHANGES),
        )
    )


def open_changes(organisation_id: int) -> list[Change]:
    """Everything that is open, the oldest first."""
    return _all(
        select(Change)
        .where(Change.organisation_id == organisation_id, Change.state.in_(OPEN_CHANGES))
        .order_by(Change.id)
    )


def settled_changes(organisation_id: int, most: int = 50) -> list[Change]:
    """What was settled, the newest first."""
    return _all(
        select(Change)
        .where(Change.organisation_id == organisation_id, Change.state.not_in(OPEN_CHANGES))
        .order_by(Change.settled_at.desc(), Change.id.desc())
        .limit(most)
    )


def last_settled(organisation_id: int) -> Any:
    """When the organisation's last change took effect; None where none did."""
    return db.session.scalar(
        select(Change.settled_at)
        .where(Change.organisation_id == organisation_id, Change.state.in_(IN_FORCE))
        .order_by(Change.settled_at.desc())
        .limit(1)
    )


def waiting_changes(actor: Any) -> list[Change]:
    """What waits for the council, the oldest first, less what this person may not read."""
    found = _all(_changes().where(Change.state == "waiting").order_by(Change.sent_at, Change.id))
    return [one for one in found if can(actor, P.READ_CHANGE, one)]


def to_look_over(actor: Any) -> list[Change]:
    """What went live by itself and nobody has looked at yet, the oldest first."""
    found = _all(
        _changes()
        .where(Change.state == "live", Change.read_at.is_(None))
        .order_by(Change.settled_at, Change.id)
    )
    return [one for one in found if can(actor, P.READ_CHANGE, one)]


def owed_by_clubs(actor: Any) -> list[Change]:
    """What clubs owe the council by a day and have not sent, the nearest day first."""
    found = _all(
        _changes()
        .where(Change.state.in_(("asked", "sent_back")), Change.due_on.is_not(None))
        .order_by(Change.due_on, Change.id)
    )
    return [one for one in found if can(actor, P.READ_CHANGE, one)]


def paper_of(change: Change, file_id: int) -> StoredFile | None:
    """A paper that belongs to what a change is about."""
    return db.session.scalar(
        select(StoredFile)
        .join(Evidence, Evidence.file_id == StoredFile.id)
        .where(
            StoredFile.id == file_id,
            Evidence.assessment_id == change.assessment_id,
            Evidence.question_key == change.question_key,
        )
        .limit(1)
    )


def papers_of(change: Change) -> list[Evidence]:
    """The papers that the answer of a change points at."""
    numbers = set(_numbers(change.after))
    rows = db.session.scalars(
        select(Evidence)
        .where(Evidence.assessment_id == change.assessment_id, Evidence.id.in_(numbers))
        .order_by(Evidence.id)
    )
    return list(rows)


def _numbers(value: Any) -> list[int]:
    """Every number in the files of an answer, in lists and in tables."""
    if isinstance(value, dict):
        return [
            number
            for name, one in value.items()
            if name != "record"
            for number in ([one] if name == "file" and isinstance(one, int) else _numbers(one))
        ]
    if isinstance(value, list):
        return [
            number for one in value for number in ([one] if isinstance(one, int) else _numbers(one))
        ]
    return []


def _changes() -> Select[Any]:
    return select(Change).options(
        joinedload(Change.organisation)
        .selectinload(Organisation.members)
        .joinedload(Membership.account),
        joinedload(Change.organisation).selectinload(Organisation.declared_links),
        selectinload(Change.assessment),
    )


def _all(query: Select[Any]) -> list[Change]:
    return list(db.session.scalars(query).unique())


def _one(query: Select[Any]) -> Change | None:
    return db.session.scalars(query).unique().one_or_none()


def people(ids: set[int | None]) -> dict[int, str]:
    """The names of the people with these numbers."""
    wanted = [number for number in ids if number is not None]
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in rows}
