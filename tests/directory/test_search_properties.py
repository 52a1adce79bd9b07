"""What holds for all cards and all searches, beside a slow search that is plainly right."""

import math
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.database import db
from registry.directory.cards import CardRecord
from registry.directory.categories import both_levels, first_level
from registry.directory.models import Card
from registry.directory.queries import count, search
from registry.directory.search_request import SearchRequest
from registry.directory.services import replace_cards
from registry.directory.words import fold, index_words, query_words
from registry.geography.places import Point, distance_miles
from registry.geography.queries import search_point
from tests.directory.cards import card, document

TODAY = date(2026, 11, 22)
WORDS = ("dance", "chess", "swimming", "football", "art", "Élan", "after", "IT")
CODES = ("sport", "sport.football", "music.choir", "music", "faith.other")
POINTS = (None, (52.5936, -2.1065), (52.5936, -2.1065), (52.5500, -2.1300), (52.62, -2.15))

quick = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

ages = st.tuples(st.integers(0, 18), st.integers(0, 18)).map(lambda pair: tuple(sorted(pair)))
some_cards = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
            "at": st.sampled_from(POINTS),
            "ages": ages,
            "days": st.sets(st.integers(0, 6), max_size=3).map(sorted),
            "categories": st.sets(st.sampled_from(CODES), min_size=1, max_size=3).map(sorted),
            "until": st.integers(-2, 2).map(lambda days: TODAY + timedelta(days=days)),
            "summary": st.sampled_from(("", *WORDS)),
        }
    ),
    max_size=12,
)
requests = st.builds(
    SearchRequest,
    q=st.sampled_from(("", "", "dance", "swim", "foot", "after art", "elan", "club", "it")),
    postcode=st.sampled_from(("", "WV10 0BB", "WV14")),
    categories=st.sets(st.sampled_from(CODES), max_size=2).map(lambda c: tuple(sorted(c))),
    ages=st.sets(st.integers(0, 20), max_size=2).map(lambda c: tuple(sorted(c))),
    days=st.sets(st.integers(0, 6), max_size=3).map(lambda c: tuple(sorted(c))),
).flatmap(
    lambda request: st.sampled_from((None, 1.0, 2.0, 5.0)).map(
        lambda far: request.changed(miles=far if request.postcode else None)
    )
)


@pytest.fixture
def deck(app, clock):
    """Deal cards into an empty directory on a Sunday in November."""
    clock.freeze(TODAY)

    def deal(told: list[dict]) -> list[CardRecord]:
        db.session.rollback()
        cards = [card(activity_id=n, organisation=1, **one) for n, one in enumerate(told, 1)]
        replace_cards(1, cards)
        return cards

    return deal


def expected(cards: list[CardRecord], request: SearchRequest, without: str = "") -> list[int]:
    """The same search, told card by card."""
    place = search_point(request.postcode) if request.postcode else None
    found = []
    for one in cards:
        tier = _tier(one, request)
        far = None
        if place and one.points:
            far = min(distance_miles(place.point, Point(y, x)) for _, y, x in one.points)
        if (
            one.listed_until < TODAY
            or tier is None
            or not _fits(one, request, without)
            or (request.miles is not None and far is not None and far > request.miles)
        ):
            continue
        near = (far is None, tier, far or 0.0) if place else (False, tier, 0.0)
        found.append((*near, fold(one.name), one.activity_id))
    return [row[-1] for row in sorted(found)]


def _fits(one: CardRecord, request: SearchRequest, without: str) -> bool:
    years = range(one.min_months // 12, one.max_months // 12 + 1)
    return (
        (not request.ages or any(age in years for age in request.ages))
        and (
            without == "category"
            or not request.categories
            or bool(both_levels(one.categories) & set(request.categories))
        )
        and (without == "day" or not request.days or bool(set(one.days) & set(request.days)))
    )


def _tier(one: CardRecord, request: SearchRequest) -> int | None:
    words = index_words(one.document, lambda code: first_level(code).label)
    tiers = []
    for asked in query_words(request.q):
        met = [words[form] for form in asked.exact if form in words]
        if asked.beginning and any(word.startswith(asked.beginning) for word in words):
            met.append(2)
        if not met:
            return None
        tiers.append(min(met))
    return max(tiers, default=2)


@quick
@given(told=some_cards, request=requests)
def test_a_search_finds_what_a_slow_and_plain_one_finds(deck, told, request):
    cards = deck(told)
    right = expected(cards, request)
    found = search(request, page_size=100)
    assert [hit.activity_id for hit in found.hits] == right
    assert found.total == len(right) == count(request)
    by_category = Counter(
        code
        for one in cards
        if one.activity_id in expected(cards, request, without="category")
        for code in both_levels(one.categories)
    )
    by_day = Counter(
        day
        for one in cards
        if one.activity_id in expected(cards, request, without="day")
        for day in one.days
    )
    assert found.categories == by_category
    assert found.days == by_day


@quick
@given(told=some_cards, request=requests, size=st.integers(1, 5))
def test_the_pages_together_are_the_whole_whatever_their_size(deck, told, request, size):
    deck(told)
    whole = [hit.activity_id for hit in search(request, page_size=100).hits]
    first = search(request, page_size=size)
    pages = [
        [hit.activity_id for hit in search(request.changed(page=n), page_size=size).hits]
        for n in range(1, first.pages + 1)
    ]
    assert [number for page in pages for number in page] == whole
    assert first.total == len(whole)
    assert all(len(page) == size for page in pages[:-1])


@quick
@given(until=st.integers(-400, 400), hour=st.integers(0, 23), day=st.integers(0, 700))
def test_a_card_is_found_when_and_only_when_it_is_listed_today(deck, clock, until, hour, day):
    moment = date(2026, 1, 1) + timedelta(days=day)
    clock.freeze(f"{moment} {hour:02}:59")
    last = moment + timedelta(days=until)
    deck([{"name": "Dance", "until": last}])
    assert search(SearchRequest()).total == (1 if last >= moment else 0)


points = st.tuples(st.floats(52.4, 52.8), st.floats(-2.4, -1.9))
elsewhere = st.lists(st.one_of(st.none(), points), max_size=4)


@quick
@given(
    main=st.one_of(st.none(), points), others=elsewhere, miles=st.one_of(st.none(), st.just(3.0))
)
def test_a_card_of_several_places_is_as_far_as_the_nearest_public_one(deck, main, others, miles):
    plain = document()["venue"]
    also = [
        {**plain, "latitude": at[0] if at else None, "longitude": at[1] if at else None}
        for at in others
    ]
    deck([{"name": "Dance", "at": main, "also_at": also, "until": TODAY}])
    place = search_point("WV10 0BB")
    assert place is not None
    far = {
        number: distance_miles(place.point, Point(*at))
        for number, at in enumerate([main, *others])
        if at
    }
    hits = search(SearchRequest(postcode="WV10 0BB", miles=miles)).hits
    if far and miles is not None and min(far.values()) > miles:
        assert hits == ()
        return
    (hit,) = hits
    assert hit.miles == (min(far.values()) if far else None)
    assert hit.place == (min(far, key=lambda number: (far[number], number)) if far else 0)


@quick
@given(
    north=st.floats(-0.28, 0.28, allow_nan=False),
    east=st.floats(-0.45, 0.45, allow_nan=False),
)
def test_distances_are_within_a_fifth_of_a_percent_of_the_great_circle(deck, north, east):
    place = search_point("WV10 0BB")
    assert place is not None
    at = (place.latitude + north, place.longitude + east)
    right = _great_circle_miles(place.point, Point(*at))
    deck([{"name": "Dance", "at": at, "until": TODAY}])
    hit = search(SearchRequest(postcode="WV10 0BB")).hits[0]
    assert hit.miles == pytest.approx(right, rel=0.002, abs=0.0005)
    if right < 20:
        assert search(SearchRequest(postcode="WV10 0BB", miles=right * 1.003 + 0.001)).total == 1
    if 0.001 < right < 20:
        assert search(SearchRequest(postcode="WV10 0BB", miles=right * 0.997)).total == 0


def _great_circle_miles(a: Point, b: Point) -> float:
    """Haversine on the earth's mean radius."""
    north, east = math.radians(b.latitude - a.latitude), math.radians(b.longitude - a.longitude)
    half = (
        math.sin(north / 2) ** 2
        + math.cos(math.radians(a.latitude))
        * math.cos(math.radians(b.latitude))
        * math.sin(east / 2) ** 2
    )
    return 2 * 6371.0088 / 1.609344 * math.asin(math.sqrt(half))


def test_the_deck_is_never_kept(deck):
    deck([{"name": "Dance"}])
    db.session.rollback()
    assert db.session.query(Card).count() == 0
