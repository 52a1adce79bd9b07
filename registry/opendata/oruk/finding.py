"""Which services fit, in the order of their numbers.

One pass over slim tables gives the numbers of all that fit, and they are kept for as long as the
register says the same: 400 kB for a hundred thousand. A page of them is then cut out by its
number, and only its cards are read.
"""

import math
from array import array
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from threading import Lock
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true

from registry.cards.models import CardDates, CardFacts, CardPlace, CardSession
from registry.cards.queries import matching, register_version
from registry.cards.search.request import SearchRequest
from registry.cards.search.values import AGE_BANDS
from registry.database import db
from registry.geography.places import Point
from registry.opendata.oruk.asking import Asked, Nearby
from registry.opendata.oruk.context import Context
from registry.taxonomies.our_own import AGES, SCHEME
from registry.taxonomies.terms import Taxonomy, Term

SERVICES, AT_LOCATIONS, ORGANIZATIONS = "services", "service_at_locations", "organizations"
# A service and a place of it as one number.
PLACES = 1 << 8
_MOST_KEPT = 8
_METRES_PER_DEGREE = 111_195.0
_YEAR = 12


def found(kind: str, asked: Asked, to: Context) -> "array[int]":
    """The numbers of all that fits. Of a service at a place: `activity * PLACES + place`. Of an
    organisation: the number of its first service that fits."""
    key = (str(db.engine.url), kind, asked, register_version(), to.today)
    return _kept.get(key, lambda: array("q", _numbers(kind, asked, to)))


def service_of(identifier: str) -> int | None:
    """The number of the service that is called so; whether it is public is for others to ask."""
    wanted = select(CardFacts.activity_id).where(CardFacts.service == identifier)
    return db.session.scalars(wanted).first()


def at_location_of(identifier: str) -> tuple[int, int] | None:
    """The numbers of a service and of its place."""
    wanted = select(CardPlace.activity_id, CardPlace.number)
    row = db.session.execute(wanted.where(CardPlace.identifier == identifier)).first()
    return (row[0], row[1]) if row else None


def services_of_organization(identifier: str, today: date) -> list[int]:
    """The numbers of what an organisation has on the list today."""
    wanted = select(CardFacts.activity_id).where(
        CardFacts.organisation == identifier, CardFacts.listed_until >= today
    )
    return list(db.session.scalars(wanted.order_by(CardFacts.activity_id)))


def _numbers(kind: str, asked: Asked, to: Context) -> Iterable[int]:
    among = _searched(asked)
    if kind == AT_LOCATIONS:
        return _at_locations(asked, among, to)
    wanted = _narrowed(select(CardFacts.activity_id), asked, to)
    near = {one // PLACES for one in _at_locations(asked, among, to)} if asked.near else None
    if kind == ORGANIZATIONS and among is None and near is None:
        first = _narrowed(select(func.min(CardFacts.activity_id)), asked, to)
        by = CardFacts.organisation_id
        return db.session.scalars(first.group_by(by).order_by(by))
    if kind == ORGANIZATIONS:
        wanted = wanted.order_by(CardFacts.organisation_id)
    numbers = db.session.scalars(wanted.order_by(CardFacts.activity_id))
    fitting = [n for n in numbers if (among is None or n in among) and (near is None or n in near)]
    return fitting if kind == SERVICES else _first_of_each(fitting)


def _first_of_each(numbers: list[int]) -> Iterable[int]:
    """The first service of each organisation, of services in the order of organisations."""
    wanted = select(CardFacts.activity_id, CardFacts.organisation_id)
    by = {one.activity_id: one.organisation_id for one in db.session.execute(wanted)}
    return list({by[number]: number for number in reversed(numbers)}.values())[::-1]


def _at_locations(asked: Asked, among: set[int] | None, to: Context) -> list[int]:
    wanted = select(
        CardPlace.activity_id, CardPlace.number, CardPlace.latitude, CardPlace.longitude
    ).join(CardFacts, CardFacts.activity_id == CardPlace.activity_id)
    wanted = _narrowed(wanted, asked, to).where(CardPlace.number < PLACES)
    if asked.near:
        wanted = wanted.where(*_box(asked.near))
    rows = db.session.execute(wanted.order_by(CardPlace.activity_id, CardPlace.number))
    return [
        activity * PLACES + number
        for activity, number, latitude, longitude in rows
        if (among is None or activity in among)
        and (asked.near is None or _is_near(asked.near, latitude, longitude))
    ]


def _searched(asked: Asked) -> set[int] | None:
    """What has the words, by the same search as the pages; None where nobody asks."""
    return matching(SearchRequest(q=asked.search)) if asked.search else None


def _narrowed(wanted: Any, asked: Asked, to: Context) -> Any:
    facts = CardFacts
    wanted = wanted.where(facts.listed_until >= to.today)
    if asked.organization_id:
        wanted = wanted.where(facts.organisation == asked.organization_id)
    if asked.term_ids:
        wanted = wanted.where(or_(*(_has_term(one, to) for one in asked.term_ids)))
    if asked.taxonomy_ids:
        wanted = wanted.where(or_(*(_has_any_of(one, to) for one in asked.taxonomy_ids)))
    if asked.youngest_months is not None:
        wanted = wanted.where(facts.min_months >= asked.youngest_months)
    if asked.oldest_months is not None:
        # 143 months are “11 years”, as `telling.oldest_in_months` has it.
        years = and_(
            facts.max_months % _YEAR == _YEAR - 1,
            facts.max_months - (_YEAR - 1) <= asked.oldest_months,
        )
        wanted = wanted.where(or_(facts.max_months <= asked.oldest_months, years))
    if asked.days or asked.opens is not None or asked.closes is not None:
        wanted = wanted.where(facts.activity_id.in_(_happening(asked)))
    if asked.modified_after is not None:
        changed = exists().where(
            CardDates.activity_id == facts.activity_id,
            CardDates.changed_at >= asked.modified_after,
        )
        wanted = wanted.where(changed)
    return wanted


def _happening(asked: Asked) -> "Select[int]":
    """Services with one session on such a day, at such a time."""
    wanted = select(CardSession.activity_id)
    if asked.days:
        wanted = wanted.where(CardSession.days.bitwise_and(asked.days) != 0)
    if asked.opens is not None:
        wanted = wanted.where(CardSession.opens >= asked.opens)
    if asked.closes is not None:
        wanted = wanted.where(CardSession.closes <= asked.closes)
    return wanted


def _has_term(identifier: str, to: Context) -> ColumnElement[bool]:
    term = to.vocabulary.by_id.get(identifier)
    return _has(to.vocabulary.taxonomy_of(term), term) if term else false()


def _has(taxonomy: Taxonomy, term: Term) -> ColumnElement[bool]:
    if taxonomy.key == SCHEME:
        return true()
    if taxonomy.key == AGES:
        years = AGE_BANDS[term.code]
        return and_(
            CardFacts.min_months < (years[-1] + 1) * _YEAR,
            CardFacts.max_months >= years[0] * _YEAR,
        )
    return _any_code(code for code, terms in taxonomy.led_to.items() if term in terms)


def _has_any_of(identifier: str, to: Context) -> ColumnElement[bool]:
    taxonomy = to.vocabulary.taxonomies.get(identifier)
    if taxonomy is None:
        return false()
    if taxonomy.key in (SCHEME, AGES):
        return or_(false(), *(_has(taxonomy, term) for term in taxonomy.terms))
    return _any_code(taxonomy.led_to)


def _any_code(codes: Iterable[str]) -> ColumnElement[bool]:
    held = (CardFacts.codes.contains(f" {code} ", autoescape=True) for code in codes)
    return or_(false(), *held)


def _box(near: Nearby) -> tuple[ColumnElement[bool], ...]:
    """The upright rectangle around the circle: a first sieve."""
    north = near.metres / _METRES_PER_DEGREE + 1e-9
    east = min(180.0, north / max(0.01, math.cos(math.radians(near.point.latitude))) * 1.01)
    return (
        CardPlace.latitude.between(near.point.latitude - north, near.point.latitude + north),
        CardPlace.longitude.between(near.point.longitude - east, near.point.longitude + east),
    )


def _is_near(near: Nearby, latitude: float | None, longitude: float | None) -> bool:
    if latitude is None or longitude is None:
        return False
    return metres_between(near.point, Point(latitude, longitude)) <= near.metres


def metres_between(one: Point, other: Point) -> float:
    """How far two points are apart, over a globe."""
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    up = math.sin((south - north) / 2) ** 2
    across = math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    chord = min(1.0, math.sqrt(up + math.cos(north) * math.cos(south) * across))
    return 2 * math.degrees(math.asin(chord)) * _METRES_PER_DEGREE


class _Kept:
    """The last few answers, the newest last."""

    def __init__(self) -> None:
        self.answers: OrderedDict[Hashable, array[int]] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable, find: "Callable[[], array[int]]") -> "array[int]":
        """What was found before, or what is found now."""
        with self.lock:
            if key in self.answers:
                self.answers.move_to_end(key)
                return self.answers[key]
        answer = find()
        with self.lock:
            self.answers[key] = answer
            while len(self.answers) > _MOST_KEPT:
                self.answers.popitem(last=False)
        return answer


_kept = _Kept()


def forget_found() -> None:
    """Forget what was found: for another database that says the same of itself."""
    with _kept.lock:
        _kept.answers.clear()
