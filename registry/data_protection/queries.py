"""What the pages of data protection ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from registry.accounts.models import Account
from registry.assessments.models import Assessment, Change, Evidence
from registry.audit.models import Entry
from registry.data_protection.models import DataBreach, DataRequest, LostPaper
from registry.database import db
from registry.files.models import StoredFile
from registry.organisations.belonging import Belonging
from registry.organisations.models import Organisation
from registry.people.models import HandOver
from registry.permissions import P, can


@dataclass(frozen=True)
class Suspect(Belonging):
    """A file that somebody of the council has before them, with the club that sent it."""

    # What the history calls it.
    __tablename__ = "stored_file"

    file: StoredFile
    organisation: Organisation

    @property
    def id(self) -> int:
        """The number of the file."""
        return self.file.id

    @property
    def organisation_id(self) -> int:
        """Whose it is."""
        return self.organisation.id


def suspect(file_id: int) -> Suspect | None:
    """A paper that was sent to the council; None for what is still the club's own, or a picture."""
    stored = db.session.get(StoredFile, file_id)
    if stored is None or stored.use != "paper" or not _was_sent(stored):
        return None
    organisation = db.session.get(Organisation, stored.organisation_id)
    return Suspect(stored, organisation) if organisation else None


def lost_paper(lost_paper_id: int) -> LostPaper | None:
    """One club that had shown an erased file."""
    return db.session.get(LostPaper, lost_paper_id)


def papers_to_ask_again(actor: Any) -> list[LostPaper]:
    """Clubs whose paper was erased elsewhere, and who have not been told yet."""
    rows = db.session.scalars(
        select(LostPaper).where(LostPaper.asked_at.is_(None)).order_by(LostPaper.id)
    )
    return [one for one in rows if can(actor, P.ERASE_WRONG_FILE, one)]


def lost_papers_of(organisation_id: int) -> list[LostPaper]:
    """Every paper of a club that was erased as a wrong file."""
    rows = select(LostPaper).where(LostPaper.organisation_id == organisation_id)
    return list(db.session.scalars(rows.order_by(LostPaper.id)))


def breaches() -> list[DataBreach]:
    """Every breach, those that wait for the officer first."""
    rows = db.session.scalars(
        select(DataBreach).order_by(DataBreach.settled_at.is_not(None), DataBreach.id.desc())
    )
    return list(rows)


def breach(breach_id: int) -> DataBreach | None:
    """One breach."""
    return db.session.get(DataBreach, breach_id)


def requests() -> list[DataRequest]:
    """What people asked: what is open first, by the day it is due."""
    rows = select(DataRequest).order_by(
        DataRequest.settled_on.is_not(None), DataRequest.due_on, DataRequest.id
    )
    return list(db.session.scalars(rows))


def request(request_id: int) -> DataRequest | None:
    """One of them."""
    return db.session.get(DataRequest, request_id)


def access_request(request_id: int) -> DataRequest | None:
    """One by which somebody asks to see what is held about them."""
    asked = request(request_id)
    return asked if asked and asked.kind == "access" else None


def open_requests(today: date) -> tuple[int, int]:
    """How many wait for an answer, and how many of them are late."""
    waiting = [one for one in requests() if one.settled_on is None]
    return len(waiting), sum(is_late(one, today) for one in waiting)


def is_late(asked: DataRequest, today: date) -> bool:
    """Whether its day is over and nothing was said."""
    done = asked.acknowledged_on if asked.kind == "complaint" else asked.settled_on
    return done is None and asked.settled_on is None and asked.due_on < today


# Who read what.

LOOKS = ("read", "taken_copy", "refused")
MOST = 500


@dataclass(frozen=True)
class Look:
    """One time that somebody opened something private, or was refused."""

    entry: Entry
    who: str
    club: str


def clubs_called(text: str) -> list[Organisation]:
    """Organisations by a part of their name, or by the reference of a case."""
    wanted = text.strip().lower()
    if not wanted:
        return []
    cases = select(Assessment.organisation_id).where(func.lower(Assessment.reference) == wanted)
    rows = db.session.scalars(
        select(Organisation)
        .where(
            or_(
                func.lower(Organisation.name).contains(wanted, autoescape=True),
                Organisation.id.in_(cases),
            )
        )
        .order_by(Organisation.name, Organisation.id)
        .limit(50)
    )
    return list(rows)


def people_called(text: str) -> list[Account]:
    """People by a part of their name or their address: those who have read anything."""
    wanted = text.strip().lower()
    if not wanted:
        return []
    looked = select(Entry.actor_id).where(Entry.action.in_(LOOKS))
    rows = db.session.scalars(
        select(Account)
        .where(
            Account.id.in_(looked),
            or_(
                func.lower(Account.name).contains(wanted, autoescape=True),
                func.lower(Account.email) == wanted,
            ),
        )
        .order_by(Account.name, Account.id)
        .limit(50)
    )
    return list(rows)


def looks_at(organisation_id: int) -> list[Look]:
    """Who opened what of a club, the newest first."""
    return _looks(Entry.organisation_id == organisation_id)


def looks_of(actor: Any, account_id: int) -> list[Look]:
    """What one person opened, the newest first; nothing of a club that the reader is linked to."""
    rows = _looks(Entry.actor_id == account_id)
    hidden = {
        one.id
        for one in db.session.scalars(
            select(Organisation).where(
                Organisation.id.in_({row.entry.organisation_id for row in rows})
            )
        )
        if not can(actor, P.SEE_WHO_READ, one)
    }
    return [row for row in rows if row.entry.organisation_id not in hidden]


def _looks(condition: Any) -> list[Look]:
    entries = db.session.scalars(
        select(Entry)
        .where(Entry.action.in_(LOOKS), condition)
        .order_by(Entry.number.desc())
        .limit(MOST)
    ).all()
    people: Any = db.session.execute(
        select(Account.id, Account.name).where(Account.id.in_({one.actor_id for one in entries}))
    )
    clubs: Any = db.session.execute(
        select(Organisation.id, Organisation.name).where(
            Organisation.id.in_({one.organisation_id for one in entries})
        )
    )
    names, called = {row.id: row.name for row in people}, {row.id: row.name for row in clubs}
    return [
        Look(one, names.get(one.actor_id, ""), called.get(one.organisation_id, ""))
        for one in entries
    ]


def person(account_id: int) -> Account | None:
    """Somebody with an account."""
    return db.session.get(Account, account_id)


def _was_sent(stored: StoredFile) -> bool:
    return any(stored.id in found for found in _sent_files(stored.organisation_id))


def _sent_files(organisation_id: int) -> Iterator[set[int]]:
    """The numbers of every file that the council got from a club, by each way in."""
    attempts = db.session.scalars(
        select(Assessment).where(Assessment.organisation_id == organisation_id)
    ).all()
    for attempt in attempts:
        for submission in attempt.submissions:
            yield {one["file_id"] for one in submission.document["evidence"]}
        yield {one.declaration_id for one in attempt.assisted_entries}
    changed = select(Change.question_key).where(
        Change.organisation_id == organisation_id, Change.sent_at.is_not(None)
    )
    numbers = [one.id for one in attempts]
    yield set(
        db.session.scalars(
            select(Evidence.file_id).where(
                Evidence.assessment_id.in_(numbers), Evidence.question_key.in_(changed)
            )
        )
    )
    yield {
        number
        for number in db.session.scalars(
            select(HandOver.file_id).where(HandOver.organisation_id == organisation_id)
        )
        if number is not None
    }
