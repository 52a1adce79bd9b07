"""What the pages of the history ask for, with the names of whom and what entries speak of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select

from registry import clock
from registry.accounts.models import Account
from registry.assessments.models import Assessment
from registry.audit.models import Entry, SecurityEntry
from registry.audit.queries import READS, Wanted, entries
from registry.database import db
from registry.inspection.sentences import KINDS, sentence_of, thing
from registry.organisations.models import Organisation
from registry.permissions import P

SINCE = timedelta(days=30)
MANY_READS = 40
FAILED = {
    "sign_in_failed": "Wrong password, or no such account",
    "throttled": "Too many passwords",
    "second_factor_failed": "Wrong code",
    "second_factor_throttled": "Too many codes",
}
TAKEN_AWAY = ("exported", "exported_report", "sampled", "taken_copy", "took_register")
_PERMISSIONS = {one.name: one.value for one in P}


@dataclass(frozen=True)
class Asked:
    """What somebody looks for, as they typed it."""

    who: str = ""
    organisation: str = ""
    kind: str = ""
    action: str = ""
    first_on: date | None = None
    last_on: date | None = None
    up_to: int | None = None

    @property
    def is_anything(self) -> bool:
        """Whether it leaves anything out."""
        return any((self.who, self.organisation, self.kind, self.action)) or bool(
            self.first_on or self.last_on
        )


@dataclass(frozen=True)
class Line:
    """One entry as a page shows it."""

    entry: Entry
    who: str
    said: str
    organisation: str


@dataclass(frozen=True)
class Failure:
    """Somebody who did not get in."""

    at: datetime
    why: str
    who: str
    address: str


def found_by(asked: Asked, *, restricted: bool) -> Select[Entry]:
    """The entries that somebody asked for, the newest first."""
    actions = [asked.action] if asked.action else list(KINDS.get(asked.kind, ("", ()))[1])
    wanted = Wanted(
        actor_ids=_people_called(asked.who) if asked.who else None,
        organisation_ids=_organisations_called(asked.organisation) if asked.organisation else None,
        actions=actions,
        first_on=asked.first_on,
        last_on=asked.last_on,
        up_to=asked.up_to,
    )
    return entries(wanted, restricted=restricted)


def of_organisation(organisation: Organisation, *, everything: bool) -> Select[Entry]:
    """A record's own history. Reads, refusals and what is restricted are for some alone."""
    wanted = Wanted(organisation_ids=(organisation.id,))
    without = () if everything else (*READS, "refused")
    return entries(wanted, restricted=everything, without=without)


def of_case(assessment: Assessment, *, everything: bool) -> Select[Entry]:
    """The steps of one case and what was done on it."""
    wanted = Wanted(subject=("assessment", str(assessment.id)))
    without = () if everything else (*READS, "refused")
    return entries(wanted, restricted=everything, without=without)


def lines_of(rows: Sequence[Entry]) -> list[Line]:
    """Entries with the names of whom and what they speak of."""
    ids = {one.actor_id for one in rows if one.actor_id}
    ids |= {int(one.subject_id) for one in rows if one.subject_type == "account"}
    people = _names(Account, ids)
    clubs = _names(Organisation, {one.organisation_id for one in rows if one.organisation_id})
    return [_line(one, people, clubs) for one in rows]


def actions_there_are(*, restricted: bool) -> list[str]:
    """Every action that the history knows, as far as whoever asks may know it."""
    found = entries(Wanted(), restricted=restricted).with_only_columns(Entry.action)
    return sorted(db.session.scalars(found.order_by(None).distinct()))


def failures(most: int = 200) -> list[Failure]:
    """Who did not get in lately, the newest first."""
    rows = db.session.execute(
        select(SecurityEntry, Account.name)
        .outerjoin(Account, Account.id == SecurityEntry.account_id)
        .where(SecurityEntry.action.in_(FAILED), SecurityEntry.at >= clock.now() - SINCE)
        .order_by(SecurityEntry.id.desc())
        .limit(most)
    )
    return [
        Failure(one.at, FAILED[one.action], name or "Nobody we know", one.address)
        for one, name in rows
    ]


def taken_away(*, restricted: bool) -> list[Line]:
    """What was taken away as a file lately."""
    since = clock.today() - SINCE
    found = entries(Wanted(actions=TAKEN_AWAY, first_on=since), restricted=restricted)
    return lines_of(list(db.session.scalars(found.limit(200))))


def bulk_readers() -> list[tuple[str, date, int]]:
    """Who read very much on one day, lately: name, day, and how many papers or contacts."""
    counted: dict[tuple[int, date], int] = {}
    rows = db.session.execute(
        select(Entry.actor_id, Entry.at).where(
            Entry.action.in_(READS),
            Entry.actor_id.is_not(None),
            Entry.at >= clock.now() - SINCE,
        )
    )
    for actor_id, at in rows:
        day = (actor_id or 0, clock.local(at).date())
        counted[day] = counted.get(day, 0) + 1
    many = {day: count for day, count in counted.items() if count >= MANY_READS}
    names = _names(Account, {actor_id for actor_id, _ in many})
    found = [(names.get(who, ""), day, count) for (who, day), count in many.items()]
    return sorted(found, key=lambda one: (one[1], one[2]), reverse=True)


def _line(one: Entry, people: dict[int, str], clubs: dict[int, str]) -> Line:
    name = people.get(int(one.subject_id), "") if one.subject_type == "account" else ""
    called = thing(one.subject_type, one.subject_id, name)
    return Line(
        one,
        people.get(one.actor_id or 0, "The service itself"),
        sentence_of(one.action, one.details, called, _PERMISSIONS),
        clubs.get(one.organisation_id or 0, ""),
    )


def _people_called(words: str) -> list[int]:
    like = f"%{_plain(words)}%"
    return list(
        db.session.scalars(
            select(Account.id).where(
                or_(
                    func.lower(Account.name).like(like, escape="\\"),
                    func.lower(Account.email).like(like, escape="\\"),
                )
            )
        )
    )


def _organisations_called(words: str) -> list[int]:
    like = f"%{_plain(words)}%"
    return list(
        db.session.scalars(
            select(Organisation.id).where(func.lower(Organisation.name).like(like, escape="\\"))
        )
    )


def _plain(words: str) -> str:
    """Text in which nothing stands for anything else."""
    escaped = words.lower()
    for sign in "\\%_":
        escaped = escaped.replace(sign, f"\\{sign}")
    return escaped


def _names(table: Any, ids: Collection[int]) -> dict[int, str]:
    if not ids:
        return {}
    rows = db.session.execute(select(table.id, table.name).where(table.id.in_(ids)))
    return {row.id: row.name for row in rows}
