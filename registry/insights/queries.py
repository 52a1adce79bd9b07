"""The facts behind the reports: a handful of questions to the database, however many clubs.

Nothing here asks for a name, a contact or a text. A quiet hold is not asked about either: with and
without one, every number is the same (domain B.5).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select

from registry import clock
from registry.assessments.lifecycle import OPEN, Action, Status
from registry.assessments.models import (
    Answer,
    Assessment,
    Change,
    Decision,
    Hold,
    ReturnedQuestion,
    Submission,
)
from registry.assessments.promises import target_of
from registry.audit.models import Entry
from registry.database import db
from registry.geography.models import Ward
from registry.geography.places import Point
from registry.insights.periods import Period
from registry.organisations.models import (
    Activity,
    ActivityCategory,
    ActivityMark,
    ActivityVenue,
    Venue,
)
from registry.working_days import working_days_between

__all__ = [
    "ActivityFact",
    "Days",
    "Ending",
    "FirstTry",
    "PlaceFact",
    "activities",
    "changes_settled",
    "decided",
    "decisions",
    "endings",
    "first_tries",
    "first_year",
    "lapses",
    "listed_organisations",
    "missed",
    "sizes",
    "started",
    "statuses",
]

_CASE = Assessment.__tablename__
_BACK = (Action.RETURN_FOR_CHANGES, Action.TAKE_BACK)
_FIRST_OUTCOMES = (Action.RETURN_FOR_CHANGES, Action.APPROVE, Action.REFUSE)


@dataclass(frozen=True)
class Days:
    """Something the council did on a day, and how many working days it took."""

    on: date
    days: int


@dataclass(frozen=True)
class FirstTry:
    """What first became of a case, and on which day."""

    assessment_id: int
    on: date
    passed: bool


@dataclass(frozen=True)
class Ending:
    """A listing's last day, and whether its club has begun to renew."""

    on: date
    renews: bool


@dataclass(frozen=True)
class PlaceFact:
    """A place as far as the public may know it: its own point, its ward's middle, or none."""

    venue_id: int
    point: Point | None


@dataclass(frozen=True)
class ActivityFact:
    """What is counted of one activity of a club on the list."""

    id: int
    organisation_id: int
    min_months: int
    max_months: int
    price_kind: str | None
    price_pence: int
    kind: str
    place_kind: str
    places: tuple[PlaceFact, ...]
    supports: frozenset[str]


def statuses() -> Counter[str]:
    """How many assessments have each status."""
    return _counted(select(Assessment.status, func.count()).group_by(Assessment.status))


def decisions(period: Period) -> Counter[str]:
    """How many decisions of each sort were taken in a period."""
    return _counted(
        select(Decision.action, func.count())
        .where(Decision.at >= period.begins_at, Decision.at < period.ends_at)
        .group_by(Decision.action)
    )


def first_year() -> int:
    """The year in which something was sent first; this one while nothing was."""
    first = db.session.scalar(select(func.min(Submission.submitted_at)))
    return _day(first).year if first else clock.today().year


def decided(period: Period) -> list[Days]:
    """The cases that were approved or refused, with the working days that the council had them."""
    found = db.session.execute(
        select(Decision.assessment_id, Decision.at)
        .where(
            Decision.action.in_((Action.APPROVE, Action.REFUSE)),
            Decision.at >= period.begins_at,
            Decision.at < period.ends_at,
        )
        .order_by(Decision.at, Decision.id)
    ).all()
    ids = {row.assessment_id for row in found}
    sent, back = _sent(ids), _moves(ids, _BACK)
    taken = []
    for row in found:
        spans = [
            (_day(came), _day(went) if went and went < row.at else None)
            for came in sent[row.assessment_id]
            if came <= row.at
            for went in [next((went for went in back[row.assessment_id] if went >= came), None)]
        ]
        taken.append(Days(_day(row.at), target_of(spans, _day(row.at)).used))
    return taken


def started(period: Period) -> list[Days]:
    """What was sent in a period and begun to be read, with the working days until then."""
    found = db.session.execute(
        select(Submission.assessment_id, Submission.submitted_at).where(
            Submission.submitted_at >= period.begins_at, Submission.submitted_at < period.ends_at
        )
    ).all()
    begun = _moves({row.assessment_id for row in found}, (Action.START_REVIEW,))
    taken = []
    for row in found:
        first = next((at for at in begun[row.assessment_id] if at >= row.submitted_at), None)
        if first:
            days = working_days_between(_day(row.submitted_at), _day(first))
            taken.append(Days(_day(first), days))
    return taken


def changes_settled(period: Period) -> list[Days]:
    """The changes that somebody accepted, with the working days that they waited."""
    found = db.session.execute(
        select(Change.sent_at, Change.settled_at).where(
            Change.state == "accepted",
            Change.sent_at.is_not(None),
            Change.settled_at >= period.begins_at,
            Change.settled_at < period.ends_at,
        )
    )
    return [
        Days(_day(settled), working_days_between(_day(sent), _day(settled)))
        for sent, settled in found
        if sent and settled
    ]


def first_tries(period: Period) -> list[FirstTry]:
    """What first became of each case whose first outcome fell in the period."""
    first = (
        select(func.min(Entry.number))
        .where(Entry.subject_type == _CASE, Entry.action.in_(_FIRST_OUTCOMES))
        .group_by(Entry.subject_id)
    )
    found = db.session.execute(
        select(Entry.subject_id, Entry.at, Entry.action)
        .where(Entry.number.in_(first), Entry.at >= period.begins_at, Entry.at < period.ends_at)
        .order_by(Entry.number)
    )
    return [
        FirstTry(int(number), _day(at), action == Action.APPROVE) for number, at, action in found
    ]


def missed(tries: Collection[FirstTry]) -> Counter[str]:
    """How many of these first tries were sent back for each question."""
    ids = {one.assessment_id for one in tries if not one.passed}
    return _counted(
        select(ReturnedQuestion.question_key, func.count())
        .join(Submission, Submission.id == ReturnedQuestion.submission_id)
        .where(
            ReturnedQuestion.assessment_id.in_(ids),
            Submission.number == 1,
        )
        .group_by(ReturnedQuestion.question_key)
    )


def lapses(period: Period) -> list[date]:
    """The days on which listings lapsed."""
    found = db.session.scalars(
        select(Entry.at).where(
            Entry.subject_type == _CASE,
            Entry.action == Action.LAPSE,
            Entry.at >= period.begins_at,
            Entry.at < period.ends_at,
        )
    )
    return [_day(at) for at in found]


def endings(today: date, days: int) -> list[Ending]:
    """The listings that end within so many days."""
    renewing = set(
        db.session.scalars(
            select(Assessment.organisation_id).where(
                Assessment.status.in_(OPEN), Assessment.is_renewal
            )
        )
    )
    found = db.session.execute(
        select(Assessment.organisation_id, Assessment.listed_until).where(
            Assessment.status == Status.APPROVED,
            Assessment.listed_until >= today,
            Assessment.listed_until <= today + timedelta(days=days),
        )
    )
    return [Ending(until, number in renewing) for number, until in found if until]


def listed_organisations(today: date) -> dict[int, int]:
    """Each organisation on the list, with the assessment by which it is.

    Approved, in date, and with no hold of the two rules. A quiet hold changes no number.
    """
    now = clock.now()
    held = select(Hold.organisation_id).where(
        Hold.kind != "quiet",
        Hold.takes_listing_off,
        Hold.since <= now,
        or_(Hold.until.is_(None), Hold.until > now),
    )
    found = db.session.execute(
        select(Assessment.organisation_id, Assessment.id).where(
            Assessment.status == Status.APPROVED,
            Assessment.listed_until >= today,
            Assessment.organisation_id.not_in(held),
        )
    )
    return {row.organisation_id: row.id for row in found}


def sizes(assessment_ids: Collection[int]) -> list[int]:
    """How many people help at each club, as these assessments say."""
    found = db.session.scalars(
        select(Answer.parts).where(
            Answer.assessment_id.in_(assessment_ids), Answer.question_key == "p_people"
        )
    )
    return [int(parts["number"]) for parts in found if str(parts.get("number", "")).isdigit()]


def activities(organisation_ids: Collection[int], today: date) -> list[ActivityFact]:
    """Every activity of these organisations that goes on."""
    found = db.session.execute(
        select(
            Activity.id,
            Activity.organisation_id,
            Activity.min_months,
            Activity.max_months,
            Activity.price_kind,
            Activity.price_pence,
            Activity.place_kind,
        )
        .where(
            Activity.organisation_id.in_(organisation_ids),
            Activity.state == "live",
            or_(Activity.last_on.is_(None), Activity.last_on >= today),
        )
        .order_by(Activity.id)
    ).all()
    ids = [row.id for row in found]
    kinds, places, supports = _kinds(ids), _places(ids), _supports(ids)
    return [
        ActivityFact(
            id=row.id,
            organisation_id=row.organisation_id,
            min_months=row.min_months,
            max_months=row.max_months,
            price_kind=row.price_kind,
            price_pence=row.price_pence,
            kind=kinds.get(row.id, ""),
            place_kind=row.place_kind,
            places=tuple(places[row.id]),
            supports=frozenset(supports[row.id]),
        )
        for row in found
    ]


def _kinds(ids: Collection[int]) -> dict[int, str]:
    found = db.session.execute(
        select(ActivityCategory.activity_id, ActivityCategory.code).where(
            ActivityCategory.activity_id.in_(ids), ActivityCategory.position == 0
        )
    )
    return {row.activity_id: row.code for row in found}


def _places(ids: Collection[int]) -> dict[int, list[PlaceFact]]:
    middles: dict[str, Point] = {
        row.code: Point(row.latitude, row.longitude)
        for row in db.session.execute(select(Ward.code, Ward.latitude, Ward.longitude))
    }
    found = db.session.execute(
        select(ActivityVenue.activity_id, Venue)
        .join(Venue, Venue.id == ActivityVenue.venue_id)
        .where(ActivityVenue.activity_id.in_(ids))
        .order_by(ActivityVenue.activity_id, ActivityVenue.position)
    )
    places: dict[int, list[PlaceFact]] = defaultdict(list)
    for activity, venue in found:
        places[activity].append(PlaceFact(venue.id, _public_point(venue, middles)))
    return places


def _public_point(venue: Venue, middles: dict[str, Point]) -> Point | None:
    """What a map may know of a place: of a hidden one its ward's middle, of a refuge nothing."""
    if venue.privacy == "hidden":
        return middles.get(venue.ward_code)
    if venue.privacy != "open" or venue.latitude is None or venue.longitude is None:
        return None
    return Point(venue.latitude, venue.longitude)


def _supports(ids: Collection[int]) -> dict[int, set[str]]:
    found = db.session.execute(
        select(ActivityMark.activity_id, ActivityMark.code).where(
            ActivityMark.activity_id.in_(ids), ActivityMark.answer == "yes"
        )
    )
    supports: dict[int, set[str]] = defaultdict(set)
    for activity, code in found:
        supports[activity].add(code)
    return supports


def _sent(ids: Collection[int]) -> dict[int, list[datetime]]:
    found = db.session.execute(
        select(Submission.assessment_id, Submission.submitted_at)
        .where(Submission.assessment_id.in_(ids))
        .order_by(Submission.assessment_id, Submission.number)
    )
    return _by_case(found)


def _moves(ids: Iterable[int], actions: Collection[str]) -> dict[int, list[datetime]]:
    found = db.session.execute(
        select(Entry.subject_id, Entry.at)
        .where(
            Entry.subject_type == _CASE,
            Entry.subject_id.in_([str(number) for number in ids]),
            Entry.action.in_(actions),
        )
        .order_by(Entry.number)
    )
    return _by_case((int(number), at) for number, at in found)


def _by_case(rows: Iterable[Any]) -> dict[int, list[datetime]]:
    found: dict[int, list[datetime]] = defaultdict(list)
    for number, at in rows:
        found[number].append(at)
    return found


def _counted(query: Any) -> Counter[str]:
    return Counter({row[0]: row[1] for row in db.session.execute(query)})


def _day(instant: datetime) -> date:
    return clock.local(instant).date()
