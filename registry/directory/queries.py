"""Finding cards. Every question here asks the date itself: what is past its last day is not there.

The same ids in the same order on SQLite and on PostgreSQL: plain comparisons only, and a total
order.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Float,
    Select,
    Subquery,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)

from registry import clock
from registry.database import ask_outside, ask_shortly, db
from registry.directory.cards import points_of
from registry.directory.models import (
    Card,
    CardCategory,
    CardDay,
    CardPicture,
    CardPoint,
    CardWord,
    WithheldCard,
)
from registry.directory.search_request import DAYS, SearchRequest
from registry.directory.understanding import understood
from registry.directory.words import CATEGORY as KIND
from registry.directory.words import DESCRIPTION, QueryWord
from registry.geography.places import Point, bounding_box, distance_miles, miles_per_degree
from registry.geography.queries import SearchPoint, place_point, search_point

PAGE_SIZE = 20
_VERSION = "SELECT version FROM register_version"

CATEGORY, DAY = "category", "day"


@dataclass(frozen=True)
class Hit:
    """One card that was found, and how far its nearest place is from where somebody asked.

    `place` is the number of that place on the card: 0 is the main one. `unsure` names the groups
    that were asked for and of which the card says nothing: `day`, `time`, `cost` or `when`.
    """

    activity_id: int
    document: dict[str, Any]
    miles: float | None = None
    place: int = 0
    unsure: frozenset[str] = frozenset()


class PlacedHit(NamedTuple):
    """A found card on the map: one of its places."""

    slug: str
    name: str
    latitude: float
    longitude: float
    place: int


@dataclass(frozen=True)
class SearchResult:
    """A page of cards, how many there are in all, and how many each facet would give.

    `counts` is by the name of a group in the address, then by the value there: how many there
    would be if that value alone were chosen in its group and the other groups stayed. `unsaid`
    is how many were left out, by group, because they do not say. Where `is_more`, nobody counted
    on after `total`. `place` is None where none was asked for or it is not known. `corrected` are
    words as they were typed, each with what they were taken for.
    """

    request: SearchRequest
    total: int
    page: int
    pages: int
    hits: tuple[Hit, ...]
    place: SearchPoint | None = None
    categories: dict[str, int] = field(default_factory=dict)
    days: dict[int, int] = field(default_factory=dict)
    is_more: bool = False
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    unsaid: dict[str, int] = field(default_factory=dict)
    corrected: tuple[tuple[str, str], ...] = ()

    @property
    def place_is_unknown(self) -> bool:
        """Whether what was asked for looks like a place, but is in no table of ours."""
        return self.request.is_somewhere and self.place is None


def search(request: SearchRequest, page_size: int = PAGE_SIZE) -> SearchResult:
    """What is listed today and fits all that was asked for.

    In order: with a place, near cards before those without a point; then how well the words
    fit; then how far; then the name. A page past the last gives the last.
    """
    asked = _Search(request)
    total = asked.count()
    categories = asked.counts_of(CardCategory.code, without=CATEGORY)
    days = asked.counts_of(CardDay.day, without=DAY)
    pages = max(1, -(-total // page_size))
    page = min(request.page, pages)
    return SearchResult(
        request=replace(request, page=page),
        total=total,
        page=page,
        pages=pages,
        hits=asked.hits(page, page_size),
        place=asked.place,
        corrected=asked.understood.corrected,
        categories=categories,
        days=days,
        counts={CATEGORY: categories, DAY: {DAYS[day]: finds for day, finds in days.items()}},
    )


def search_points(request: SearchRequest, limit: int = 500) -> tuple[list[PlacedHit], int]:
    """Where the first of what is found is, for a map, and how many there are in all.

    Of a card of several places each is there. One that has no point is not.
    """
    found = search(request.changed(), page_size=limit)
    placed = [
        PlacedHit(hit.document["slug"], hit.document["name"], y, x, number)
        for hit in found.hits
        for number, y, x in points_of(hit.document)
    ]
    return placed[:limit], found.total


def count(request: SearchRequest) -> int:
    """How many cards a request would find."""
    return _Search(request).count()


def counts_by_category() -> dict[str, int]:
    """How many cards are listed today under each category of both levels."""
    return _Search(SearchRequest()).counts_of(CardCategory.code, without=CATEGORY)


def listing(slug: str) -> dict[str, Any] | None:
    """The document of an activity that is listed today; None for any other, whatever the reason."""
    if not _could_be_a_slug(slug):
        return None
    return db.session.scalars(select(Card.document).where(Card.slug == slug, _listed())).first()


def listing_version(slug: str) -> int:
    """How often what is public had changed when this listing was made; 0 for none."""
    if not _could_be_a_slug(slug):
        return 0
    found = select(Card.version).where(Card.slug == slug, _listed())
    return db.session.scalars(found).first() or 0


def listings(slugs: Iterable[str]) -> dict[str, tuple[dict[str, Any], int]]:
    """The documents of those that are listed today, each with its version, in the order given."""
    wanted = list(filter(_could_be_a_slug, slugs))
    found = select(Card.slug, Card.document, Card.version).where(Card.slug.in_(wanted), _listed())
    known = {slug: (document, version) for slug, document, version in db.session.execute(found)}
    return {slug: known[slug] for slug in wanted if slug in known}


def organisation_listings(slug: str) -> list[dict[str, Any]]:
    """The documents of all that an organisation has listed today, by name; perhaps none."""
    if not _could_be_a_slug(slug):
        return []
    found = select(Card.document).where(Card.organisation_slug == slug, _listed())
    return list(db.session.scalars(found.order_by(Card.sort_name, Card.activity_id)))


def is_on_a_card(sha256: str) -> bool:
    """Whether some activity that is listed today shows the picture with this digest."""
    found = (
        select(Card.activity_id)
        .join(CardPicture, CardPicture.activity_id == Card.activity_id)
        .where(CardPicture.sha256 == sha256, _listed())
    )
    return db.session.scalars(found.limit(1)).first() is not None


def register_version() -> int:
    """The number of the last change to what is public."""
    return int(ask_shortly(_VERSION)[0][0])


def register_version_outside() -> int:
    """The same, asked in no transaction: what the last commit of anybody left."""
    return int(ask_outside(_VERSION)[0])


def as_told(today: date) -> Subquery:
    """What is on the list as far as clubs and reviewers know: activity, organisation, slug and
    document of every card, those that a quiet hold keeps from the public too (domain B.5).

    For the desks of the club and of the council, what they count included. Never for a public page.
    """
    public, withheld = (
        select(one.activity_id, one.organisation_id, one.slug, one.document).where(
            one.listed_until >= today
        )
        for one in (Card, WithheldCard)
    )
    return union_all(public, withheld).subquery("as_told")


def searched_from(request: SearchRequest) -> SearchPoint | None:
    """Where a request starts from: its postcode, else the postcode of its place."""
    if request.postcode:
        return search_point(request.postcode)
    return place_point(request.place) if request.place else None


def _listed() -> ColumnElement[bool]:
    return Card.listed_until >= clock.today()


def _could_be_a_slug(text: str) -> bool:
    """Ours are small letters, digits and dashes; a database need not be asked about others."""
    return 0 < len(text) <= 120 and text.isascii() and text.replace("-", "").isalnum()


class _Search:
    """One request as conditions on cards."""

    def __init__(self, request: SearchRequest) -> None:
        self.request = request
        self.place = searched_from(request)
        self.understood = understood(request.q)
        words = self.understood.words
        self.word_fit = _word_fit(words) if words else None
        self.nearest = _nearest(self.place.point) if self.place else None

    def count(self) -> int:
        """How many fit."""
        return db.session.scalars(select(func.count()).select_from(self._fitting())).one()

    def hits(self, page: int, page_size: int) -> tuple[Hit, ...]:
        """One page of them, in order."""
        fitting = self._fitting()
        found = select(Card.activity_id, Card.document).join(
            fitting, fitting.c.activity_id == Card.activity_id
        )
        if self.nearest is not None:
            found = found.outerjoin(self.nearest, self.nearest.c.activity_id == Card.activity_id)
        ordered = found.order_by(*self._order(fitting))
        rows = db.session.execute(ordered.limit(page_size).offset((page - 1) * page_size)).all()
        far = self._how_far([activity_id for activity_id, _ in rows])
        return tuple(
            Hit(activity_id, document, *far.get(activity_id, (None, 0)))
            for activity_id, document in rows
        )

    def counts_of(self, column: Any, without: str) -> dict[Any, int]:
        """How many cards each value of a facet would give, its own filter left out."""
        fitting = self._fitting(without)
        beside = column.class_
        counted = (
            select(column, func.count())
            .join(fitting, fitting.c.activity_id == beside.activity_id)
            .group_by(column)
            .order_by(column)
        )
        return dict(db.session.execute(counted).all())

    def _fitting(self, without: str = "") -> Subquery:
        """The ids of the cards that fit, with how well the words fit."""
        found: Select[int, int]
        if (fit := self.word_fit) is not None:
            found = select(Card.activity_id, fit.c.tier).join(
                fit, fit.c.activity_id == Card.activity_id
            )
        else:
            found = select(Card.activity_id, literal(DESCRIPTION).label("tier"))
        return found.where(*self._conditions(without)).subquery()

    def _conditions(self, without: str) -> list[ColumnElement[bool]]:
        request = self.request
        wanted = [_listed()]
        if request.ages:
            wanted.append(or_(*(_open_to(age) for age in request.ages)))
        if request.categories and without != CATEGORY:
            wanted.append(_any_of(CardCategory.code, CardCategory.activity_id, request.categories))
        if request.days and without != DAY:
            wanted.append(_any_of(CardDay.day, CardDay.activity_id, request.days))
        if self.place and request.miles is not None:
            wanted.append(self._near(self.place.point, request.miles))
        return wanted

    def _near(self, point: Point, miles: float) -> ColumnElement[bool]:
        """Within so many miles: the box first, which an index answers. No point is never far."""
        box = bounding_box(point, miles)
        inside = select(CardPoint.activity_id).where(
            CardPoint.latitude.between(box.south, box.north),
            CardPoint.longitude.between(box.west, box.east),
            _distance_squared(point) <= miles * miles,
        )
        somewhere = select(CardPoint.activity_id)
        return or_(Card.activity_id.not_in(somewhere), Card.activity_id.in_(inside))

    def _order(self, fitting: Subquery) -> list[Any]:
        order: list[Any] = []
        if self.nearest is not None:
            order.append(case((self.nearest.c.squared.is_(None), 1), else_=0))
        order.append(fitting.c.tier)
        if self.nearest is not None:
            order.append(func.coalesce(self.nearest.c.squared, literal(0.0)))
        return [*order, Card.sort_name, Card.activity_id]

    def _how_far(self, activity_ids: list[int]) -> dict[int, tuple[float, int]]:
        """How far the nearest place of each of these is, and which place it is."""
        if self.place is None:
            return {}
        far: dict[int, tuple[float, int]] = {}
        points = select(CardPoint).where(CardPoint.activity_id.in_(activity_ids))
        for one in db.session.scalars(points):
            miles = distance_miles(self.place.point, Point(one.latitude, one.longitude))
            far[one.activity_id] = min(
                far.get(one.activity_id, (miles, one.place)), (miles, one.place)
            )
        return far


def _nearest(searched: Point) -> Subquery:
    """Each card that has a point, with the square of how far its nearest one is."""
    return (
        select(CardPoint.activity_id, func.min(_distance_squared(searched)).label("squared"))
        .group_by(CardPoint.activity_id)
        .subquery()
    )


def _distance_squared(searched: Point) -> ColumnElement[Any]:
    """Square miles from the place that was searched: `geography.distance_miles`, in SQL."""
    scale = miles_per_degree(searched)
    north = (CardPoint.latitude - _number(searched.latitude)) * _number(scale.latitude)
    east = (CardPoint.longitude - _number(searched.longitude)) * _number(scale.longitude)
    return north * north + east * east


def _number(value: float) -> ColumnElement[float]:
    return literal(value, Float(53))


def _open_to(age: int) -> ColumnElement[bool]:
    """Whether some month of that year of age is inside the card's ages."""
    return and_(Card.min_months <= age * 12 + 11, Card.max_months >= age * 12)


def _any_of(column: Any, activity_id: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    return Card.activity_id.in_(select(activity_id).where(column.in_(list(values))))


def _word_fit(words: tuple[QueryWord, ...]) -> Subquery:
    """The cards that meet every word, and the tier of the word that fits them least well."""
    met = union_all(*(_meeting(place, word) for place, word in enumerate(words))).subquery()
    return (
        select(met.c.activity_id, func.max(met.c.tier).label("tier"))
        .group_by(met.c.activity_id)
        .having(func.count() == len(words))
        .subquery()
    )


def _meeting(place: int, word: QueryWord) -> Select[int, int, int]:
    """The cards that meet one word. A word that only begins so fits as a description does."""
    exact = CardWord.word.in_(word.exact)
    begins = _begins_with(word.beginning) if word.beginning else false()
    also = CardWord.word.in_(word.also) if word.also else false()
    near = case((CardWord.tier < KIND, KIND), else_=CardWord.tier)
    tier = case((exact, CardWord.tier), (also, near), else_=DESCRIPTION)
    return (
        select(literal(place).label("place"), CardWord.activity_id, func.min(tier).label("tier"))
        .where(or_(exact, also, begins))
        .group_by(CardWord.activity_id)
    )


def _begins_with(beginning: str) -> ColumnElement[bool]:
    """As a range, which the index answers: words are compared letter by letter."""
    return and_(CardWord.word >= beginning, CardWord.word < beginning + "\U0010ffff")
