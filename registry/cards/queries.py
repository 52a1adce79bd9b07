"""Finding cards. Every question here asks the date itself: what is past its last day is not there.

The same ids in the same order on SQLite and on PostgreSQL: plain comparisons only, and a total
order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, select, union_all

from registry import clock
from registry.cards.documents import read_document
from registry.cards.marks import languages
from registry.cards.models import Card, CardPicture, RegisterVersion, WithheldCard
from registry.cards.record import points_of
from registry.cards.search.asking import Asked, asked_of, times_asked
from registry.cards.search.finding import Found, asking, numbers, page
from registry.cards.search.letting_go import Values, would_find
from registry.cards.search.looking import look, totals_of
from registry.cards.search.moments import dates_of, days_until, slots_of, unsaid_of
from registry.cards.search.prices import cost_bits, costs_of, pence_per_session
from registry.cards.search.request import SearchRequest
from registry.cards.search.rows import language_word
from registry.cards.words.meaning import Understood
from registry.cards.words.understanding import understood
from registry.database import ask_outside, db
from registry.database import register_version as register_version
from registry.geography.places import Point, distance_miles
from registry.geography.queries import SearchPoint, place_point, search_point
from registry.timetable.council_terms import school_calendar

PAGE_SIZE = 20
_VERSION = "SELECT version FROM register_version"


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


@dataclass(frozen=True)
class SearchResult:
    """A page of cards, how many there are in all, and how many each facet would give.

    `counts` is by the name of a group in the address, then by the value there: how many there
    would be if that value alone were chosen in its group and the other groups stayed. `unsaid`
    is how many were left out, by group, because they do not say. Where `is_more`, nobody counted
    on after `total`. `place` is None where none was asked for or it is not known. `corrected` are
    words as they were typed, each with what they were taken for. `told` is what was asked of the
    index, and what it said of every group.
    """

    request: SearchRequest
    total: int
    page: int
    pages: int
    hits: tuple[Hit, ...]
    place: SearchPoint | None = None
    is_more: bool = False
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    unsaid: dict[str, int] = field(default_factory=dict)
    corrected: tuple[tuple[str, str], ...] = ()
    told: tuple[Asked, Values] | None = field(default=None, compare=False, repr=False)

    def would_find(self, other: Asked) -> int | None:
        """How many another search finds, as far as this one can tell."""
        return would_find(*self.told, other) if self.told else None

    @property
    def place_is_unknown(self) -> bool:
        """Whether what was asked for looks like a place, but is in no table of ours."""
        return self.request.is_somewhere and self.place is None


def search(request: SearchRequest, page_size: int = PAGE_SIZE) -> SearchResult:
    """What is listed today and fits all that was asked for.

    By fit: those that surely meet all before those that perhaps do; with a place, near ones before
    those without a point; then how well the words fit, how far, and the name. A page past the last
    gives the last.
    """
    asked = _Search(request)
    looked = look(asked.asked, request)
    counted = looked.counted
    pages = max(1, -(-counted.total // page_size))
    number = min(request.page, pages)
    return SearchResult(
        request=replace(request, page=number),
        total=counted.total,
        page=number,
        pages=pages,
        hits=asked.hits(page(looked.asked, counted, page_size, (number - 1) * page_size)),
        place=asked.place,
        is_more=looked.is_more,
        counts=counted.counts | {"language": _by_name(counted.counts["language"])},
        unsaid=counted.unsaid,
        corrected=asked.understood.corrected,
        told=(looked.asked, counted.values),
    )


def count(request: SearchRequest) -> int:
    """How many cards a request would find."""
    return counts_of([request])[0]


def counts_of(requests: Sequence[SearchRequest], beside: SearchResult | None = None) -> list[int]:
    """How many cards each of these requests would find, asked together. What the search `beside`
    which they stand can tell of them is not asked again."""
    every: list[_Search] = []
    for request in requests:
        every.append(_Search(request, every))
    told = [beside.would_find(one.asked) if beside else None for one in every]
    asked = iter(
        totals_of(
            [(one.asked, one.request) for one, n in zip(every, told, strict=True) if n is None]
        )
    )
    return [next(asked) if number is None else number for number in told]


def matching(request: SearchRequest) -> set[int]:
    """The numbers of all that a request finds, in however large a register."""
    return numbers(_Search(request).asked)


def counts_by_category() -> dict[str, int]:
    """How many cards are listed today under each category of both levels."""
    everything = SearchRequest()
    return look(_Search(everything).asked, everything).counted.counts["category"]


def listing(slug: str) -> dict[str, Any] | None:
    """The document of an activity that is listed today; None for any other, whatever the reason."""
    if not _could_be_a_slug(slug):
        return None
    return db.session.scalars(select(Card.document).where(Card.slug == slug, _listed())).first()


def activity_of(slug: str) -> int | None:
    """The number of an activity that is listed today; None for any other."""
    if not _could_be_a_slug(slug):
        return None
    found = select(Card.activity_id).where(Card.slug == slug, _listed())
    return db.session.scalars(found).first()


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


def register_version_raised_at() -> datetime | None:
    """When that was; None where it has not changed since before this was kept."""
    return db.session.scalars(select(RegisterVersion.raised_at)).first()


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
    """One request, understood."""

    def __init__(self, request: SearchRequest, before: "Sequence[_Search]" = ()) -> None:
        """`before` are requests that were understood just now: the same words mean the same."""
        self.request = request
        self.today = clock.today()
        where, said = (request.postcode, request.place), (request.q, request.as_typed)
        near = next((b for b in before if (b.request.postcode, b.request.place) == where), None)
        like = next((b for b in before if (b.request.q, b.request.as_typed) == said), None)
        self.place: SearchPoint | None = near.place if near else searched_from(request)
        self.understood: Understood = (
            like.understood if like else understood(request.q, as_typed=request.as_typed)
        )
        self.asked: Asked
        point, today = self.place.point if self.place else None, self.today.toordinal()
        if like:
            self.asked = asked_of(request, like.asked.words, point, today)
        else:
            self.asked = asking(request, self.understood.words, point, today)

    def hits(self, found: Iterable[Found]) -> tuple[Hit, ...]:
        """These cards, in this order."""
        return tuple(self._hit(one, read_document(one.document)) for one in found)

    def _hit(self, one: Found, document: dict[str, Any]) -> Hit:
        unsure = self._unsure(document) if one.unsure else frozenset()
        return Hit(one.activity_id, document, *self._how_far(document), unsure)

    def _how_far(self, document: dict[str, Any]) -> tuple[float | None, int]:
        """How far the nearest of its places is, and which place it is."""
        points = points_of(document)
        if self.place is None or not points:
            return None, 0
        return min((distance_miles(self.place.point, Point(y, x)), n) for n, y, x in points)

    def _unsure(self, document: dict[str, Any]) -> frozenset[str]:
        """What was asked for and the card does not say."""
        request, calendar = self.request, school_calendar()
        slots = slots_of(document, calendar)
        missing = unsaid_of(slots, request.days, times_asked(request))
        if request.cost:
            price = pence_per_session(document, calendar, self.today)
            sure, may = cost_bits(request.cost)
            if costs_of(document, price) & (sure | may) == may:
                missing.add("cost")
        if (
            request.soon
            and days_until(dates_of(document, calendar, self.today), self.today) is None
        ):
            missing.add("when")
        return frozenset(missing)


def _by_name(spoken: dict[str, int]) -> dict[str, int]:
    """Languages by their names: those on our list as they stand there, others with a capital."""
    named = {language_word(name): name for name in languages()}
    return {
        named.get(word, word.replace("_", " ").title()): finds for word, finds in spoken.items()
    }
