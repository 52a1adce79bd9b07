"""All of an import or none of it: every row that may come in becomes a draft, in one transaction.

Many rows are written at a time and let go of, so that a long file needs no more memory than a
short one. What is written is never public: a draft has no card, and gets none without a self-check
that the council has read. Nobody is written to.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, select, tuple_

from registry import clock
from registry.audit.services import record
from registry.database import db
from registry.errors import NotAllowedNow
from registry.geography.models import Postcode
from registry.geography.places import normalise_postcode
from registry.importing.columns import plain
from registry.importing.models import ImportedRecord, ImportRow, ImportRun
from registry.importing.queries import records
from registry.importing.services.beginning import may_import
from registry.importing.services.comparing import (
    activity_facts,
    club_facts,
    first_rows,
    recount,
    untouched,
)
from registry.importing.shaping import digest
from registry.organisations.facts import facts_of, set_facts
from registry.organisations.models import (
    Activity,
    ActivityCategory,
    ActivityMark,
    ActivityVenue,
    Organisation,
    Session,
    Venue,
)
from registry.organisations.slugs import slug_of
from registry.timetable.recurrence import Recurrence

AT_ONCE = 400
_WRITTEN = ("new", "changed")

Progress = Callable[[int, int], None]


def ask_to_carry_out(run: ImportRun, actor: Any, *, without_mistakes: bool = False) -> None:
    """Let the worker make drafts of it.

    A file with mistakes comes in as a whole once they are mended; or without the rows that have
    them, where somebody says so.
    """
    may_import(actor)
    if run.state != "ready":
        raise NotAllowedNow("This import is not ready, or is carried out already.")
    if run.count("mistake") and not without_mistakes:
        raise NotAllowedNow(
            "Some rows have mistakes. Mend the file and send it again, or say that they are left "
            "out."
        )
    if not _to_write(run):
        raise NotAllowedNow("There is nothing to take in: no row is new or has changed.")
    run.state, run.without_mistakes = "carrying_out", without_mistakes
    run.carried_out_by_id = getattr(actor, "id", None)
    run.leased_until = None
    db.session.flush()


def carry_out(run: ImportRun, progress: Progress) -> None:
    """Write everything. The caller commits, once, or nothing has happened."""
    number, source, of, done = run.id, run.source, _to_write(run), 0
    writing, there = _Writing(number, source), set(db.session)
    for rows in _chunks(number):
        writing.write(rows)
        done += len(rows)
        progress(done, of)
        db.session.flush()
        for one in set(db.session) - there:
            db.session.expunge(one)
    run.counts = {**run.counts, **writing.counts}
    run.state, run.carried_out_at = "done", clock.now()
    actor = _By(run.carried_out_by_id)
    record("carry_out_import", run, actor, details=dict(sorted(writing.counts.items())))


class _By:
    """Who asked for it, by number alone."""

    def __init__(self, number: int | None) -> None:
        self.id = number


def _to_write(run: ImportRun) -> int:
    recount(run)
    return sum(run.count(verdict) for verdict in _WRITTEN) - run.count("left_out")


def _chunks(run_id: int) -> Iterable[list[ImportRow]]:
    """The rows to write, those of one club after each other."""
    last: tuple[str, int] | None = None
    while True:
        query = select(ImportRow).where(
            ImportRow.run_id == run_id,
            ImportRow.verdict.in_(_WRITTEN),
            ImportRow.left_out.is_(False),
        )
        if last is not None:
            query = query.where(tuple_(ImportRow.organisation_key, ImportRow.id) > last)
        rows = list(
            db.session.scalars(
                query.order_by(ImportRow.organisation_key, ImportRow.id).limit(AT_ONCE)
            )
        )
        if not rows:
            return
        last = (rows[-1].organisation_key, rows[-1].id)
        yield rows


class _Writing:
    """One import being written: its counts, and the slugs that it has given."""

    def __init__(self, run_id: int, source: str) -> None:
        self.run_id, self.source = run_id, source
        self.counts = {"clubs": 0, "activities": 0, "changed_clubs": 0, "changed_activities": 0,
                       "left_alone": 0}  # fmt: skip
        self.next_slug: dict[tuple[type, str], int] = {}
        self.given: set[tuple[type, str]] = set()
        self.asked: set[tuple[type, str]] = set()
        self.taken: set[tuple[type, str]] = set()

    def write(self, rows: Sequence[ImportRow]) -> None:
        """Some rows: their clubs first, then places, activities and all that belongs to those."""
        self.given.clear()
        clubs = self._clubs(rows)
        new = [row for row in rows if row.verdict == "new" and row.organisation_key in clubs]
        self._change([row for row in rows if row.verdict == "changed"], clubs)
        self._activities(new, clubs)

    # Clubs.

    def _clubs(self, rows: Sequence[ImportRow]) -> dict[str, int]:
        """The number of the club of each row, made where there is none."""
        first: dict[str, ImportRow] = {}
        for row in rows:
            first.setdefault(row.organisation_key, row)
        known = records(self.source, "organisation", list(first))
        free, _ = untouched(known)
        firsts = first_rows(self.run_id, list(known))
        found: dict[str, int] = {}
        for key, one in known.items():
            if one.organisation_id not in free:
                self.counts["left_alone"] += 1
                continue
            found[key] = one.organisation_id
            row = first[key]
            if firsts.get(key) == row.id and one.digest != digest(club_facts(row)):
                self._change_club(free[one.organisation_id], one, club_facts(row))
        found |= self._new_clubs({k: row for k, row in first.items() if k not in known})
        return found

    def _new_clubs(self, first: Mapping[str, ImportRow]) -> dict[str, int]:
        if not first:
            return {}
        now, keys = clock.now(), list(first)
        self._ask_for_slugs(Organisation, (club_facts(first[k])["name"] for k in keys), "club")
        values = []
        for key in keys:
            told = club_facts(first[key])
            values.append({
                **told, "slug": self._slug(Organisation, told["name"], "club"), "created_at": now,
                "phone_is_public": False, "email_is_public": False, "website_is_public": False,
                "version": 1,
            })  # fmt: skip
        numbers = _inserted(Organisation, values)
        db.session.execute(
            insert(ImportedRecord),
            [
                self._record("organisation", key, digest(club_facts(first[key])), number, None)
                for key, number in zip(keys, numbers, strict=True)
            ],
        )
        self.counts["clubs"] += len(numbers)
        return dict(zip(keys, numbers, strict=True))

    def _change_club(
        self, club: Organisation, known: ImportedRecord, told: Mapping[str, Any]
    ) -> None:
        if club.version != known.version:
            self.counts["left_alone"] += 1
            return
        known.before = self._before(known, {name: getattr(club, name) for name in told})
        set_facts(club, told)
        known.digest, known.changed_by_id = digest(told), self.run_id
        self.counts["changed_clubs"] += 1

    # Activities.

    def _activities(self, rows: Sequence[ImportRow], clubs: Mapping[str, int]) -> None:
        if not rows:
            return
        venues = self._venues(rows, clubs)
        names = ((row.facts or {})["activity"]["name"] for row in rows)
        self._ask_for_slugs(Activity, names, "activity")
        values = [
            {
                **_plain_facts(row),
                "organisation_id": clubs[row.organisation_key],
                "slug": self._slug(Activity, (row.facts or {})["activity"]["name"], "activity"),
            }
            for row in rows
        ]
        numbers = _inserted(Activity, values)
        parts: dict[type, list[dict[str, Any]]] = {
            ActivityVenue: [], ActivityCategory: [], ActivityMark: [], Session: []
        }  # fmt: skip
        for row, number in zip(rows, numbers, strict=True):
            self._parts(parts, row, number, venues[row.id])
        for model, given in parts.items():
            if given:
                db.session.execute(insert(model), given)
        db.session.execute(
            insert(ImportedRecord),
            [
                self._record(
                    "activity",
                    row.key,
                    digest(activity_facts(row)),
                    clubs[row.organisation_key],
                    number,
                )
                for row, number in zip(rows, numbers, strict=True)
            ],
        )
        self.counts["activities"] += len(numbers)

    def _parts(
        self,
        parts: dict[type, list[dict[str, Any]]],
        row: ImportRow,
        number: int,
        venues: Sequence[int],
    ) -> None:
        facts = row.facts or {}
        told = facts["activity"]
        parts[ActivityVenue] += [
            {"activity_id": number, "position": at, "venue_id": venue}
            for at, venue in enumerate(venues)
        ]
        parts[ActivityCategory] += [
            {"activity_id": number, "position": at, "code": code}
            for at, code in enumerate(told["categories"])
        ]
        parts[ActivityMark] += [
            {"activity_id": number, "code": code, "answer": "yes", "note": ""}
            for code in told["marks"]
        ]
        for session in facts["sessions"]:
            read = Recurrence.from_record(session)
            parts[Session].append({
                "activity_id": number, "key": session["key"], "pattern": read.pattern,
                "days": list(read.days), "starts": read.starts, "ends": read.ends,
                "season": read.season, "anchor": None, "nth": 0, "dates": [], "runs": [],
                "off": [], "extra": [],
            })  # fmt: skip

    def _venues(self, rows: Sequence[ImportRow], clubs: Mapping[str, int]) -> dict[int, list[int]]:
        """The places of each row, by the number of the row; a club has each place once."""
        numbers = {clubs[row.organisation_key] for row in rows}
        there: dict[tuple[int, str], int] = {}
        for venue in db.session.scalars(
            select(Venue).where(Venue.organisation_id.in_(numbers)).order_by(Venue.id)
        ):
            there.setdefault(
                (venue.organisation_id, _same_place(venue.name, venue.postcode)), venue.id
            )
        new: dict[tuple[int, str], dict[str, Any]] = {}
        for row in rows:
            for place in (row.facts or {})["places"]:
                key = clubs[row.organisation_key], _same_place(place["name"], place["postcode"])
                if key not in there and key not in new:
                    new[key] = {"organisation_id": key[0], "version": 1, **place}
        points = _points(place["postcode"] for place in new.values())
        keys = list(new)
        made = _inserted(Venue, [new[key] | points[new[key]["postcode"]] for key in keys])
        there |= dict(zip(keys, made, strict=True))
        return {
            row.id: list(
                dict.fromkeys(
                    there[clubs[row.organisation_key], _same_place(one["name"], one["postcode"])]
                    for one in (row.facts or {})["places"]
                )
            )
            for row in rows
        }

    # What the source says otherwise now.

    def _change(self, rows: Sequence[ImportRow], clubs: Mapping[str, int]) -> None:
        if not rows:
            return
        known = records(self.source, "activity", [row.key for row in rows])
        _, free = untouched(known)
        for row in rows:
            one = known[row.key]
            activity = free.get(one.activity_id or 0)
            if activity is None or row.organisation_key not in clubs:
                self.counts["left_alone"] += 1
                continue
            told = activity_facts(row)
            if one.digest == digest(told):
                continue
            venues = self._venues([row], {row.organisation_key: activity.organisation_id})[row.id]
            db.session.expire(activity.organisation, ["venues"])
            one.before = self._before(one, facts_of(activity))
            set_facts(
                activity,
                {
                    **{n: v for n, v in told["activity"].items() if n != "marks"},
                    "marks": {code: ["yes", ""] for code in told["activity"]["marks"]},
                    "venues": venues,
                    "place_kind": "venues",
                    "sessions": told["sessions"],
                },
            )
            one.digest, one.changed_by_id = digest(told), self.run_id
            self.counts["changed_activities"] += 1

    def _before(self, known: ImportedRecord, facts: Mapping[str, Any]) -> dict[str, Any]:
        """What to put back if the import is undone."""
        return {"digest": known.digest, "changed_by": known.changed_by_id, "facts": dict(facts)}

    def _record(
        self, kind: str, key: str, told: str, organisation_id: int, activity_id: int | None
    ) -> dict[str, Any]:
        return {
            "source": self.source, "kind": kind, "key": key, "digest": told, "version": 1,
            "organisation_id": organisation_id, "activity_id": activity_id,
            "made_by_id": self.run_id,
        }  # fmt: skip

    def _slug(self, model: type[Organisation] | type[Activity], name: str, otherwise: str) -> str:
        """The first slug of a name that nobody has; the next of the same name goes on from it."""
        wanted = slug_of(name, otherwise)
        number = self.next_slug.get((model, wanted), 1)
        while True:
            slug = _numbered(wanted, number)
            number += 1
            if (model, slug) not in self.given and not self._is_taken(model, slug):
                self.given.add((model, slug))
                self.next_slug[model, wanted] = number
                return slug

    def _is_taken(self, model: type[Organisation] | type[Activity], slug: str) -> bool:
        if (model, slug) in self.asked:
            return (model, slug) in self.taken
        return bool(db.session.scalar(select(model.id).where(model.slug == slug)))

    def _ask_for_slugs(
        self, model: type[Organisation] | type[Activity], names: Iterable[str], otherwise: str
    ) -> None:
        """Look up at once the slugs that some names will probably get."""
        likely: set[str] = set()
        for name in names:
            wanted = slug_of(name, otherwise)
            number = self.next_slug.get((model, wanted), 1)
            while _numbered(wanted, number) in likely:
                number += 1
            likely.add(_numbered(wanted, number))
        found = db.session.scalars(select(model.slug).where(model.slug.in_(likely)))
        self.asked = {(model, slug) for slug in likely}
        self.taken = {(model, slug) for slug in found}


def _numbered(slug: str, number: int) -> str:
    return slug if number == 1 else f"{slug}-{number}"


def _plain_facts(row: ImportRow) -> dict[str, Any]:
    """The columns of a new activity. It is a draft, and says nothing that nobody said."""
    told = (row.facts or {})["activity"]
    recurring = {"categories", "marks"}
    values = {name: value for name, value in told.items() if name not in recurring}
    if values["last_on"]:
        values["last_on"] = date.fromisoformat(values["last_on"])
    return {
        **values,
        "bring": "", "state": "draft", "parent_stays": None, "place_kind": "venues",
        "place_area": "", "price_period": None, "trial": None, "trial_pence": 0,
        "booking_note": "", "waiting_list": None, "picture": None, "about": {}, "version": 1,
    }  # fmt: skip


def _inserted(model: Any, values: Sequence[dict[str, Any]]) -> list[int]:
    """Write rows; answers their numbers, in the order given."""
    if not values:
        return []
    return list(
        db.session.scalars(
            insert(model).returning(model.id, sort_by_parameter_order=True), list(values)
        )
    )


def _same_place(name: str, postcode: str) -> str:
    return f"{plain(name)}|{postcode.replace(' ', '')}"


def _points(postcodes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The point and the ward of each postcode; nothing where the table does not know it."""
    wanted = set(postcodes)
    plain_ones = {code: normalise_postcode(code) for code in wanted}
    rows = db.session.scalars(
        select(Postcode).where(Postcode.postcode.in_([one for one in plain_ones.values() if one]))
    )
    found = {one.postcode: one for one in rows}
    points: dict[str, dict[str, Any]] = {}
    for code, bare in plain_ones.items():
        one = found.get(bare or "")
        points[code] = {
            name: getattr(one, name) if one else ""
            for name in ("ward_code", "ward_name", "authority_code", "authority_name")
        } | {name: getattr(one, name) if one else None for name in ("latitude", "longitude")}
    return points
