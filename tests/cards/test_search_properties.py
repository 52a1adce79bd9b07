"""What holds for all cards and all searches, beside a slow search that is plainly right."""

import math
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.cards.categories import both_levels, broad_words
from registry.cards.models import Card
from registry.cards.queries import count, search
from registry.cards.record import CardRecord
from registry.cards.search.request import (
    AGE_BANDS,
    COSTS,
    DAYS,
    SORTS,
    TIMES,
    SearchRequest,
)
from registry.cards.services import replace_cards
from registry.cards.words.plain import fold, index_words
from registry.cards.words.understanding import understood
from registry.database import db
from registry.geography.places import Point, distance_miles
from registry.geography.queries import search_point
from tests.cards.cards import card, document, session

TODAY = date(2026, 11, 22)
WORDS = ("dance", "chess", "swimming", "football", "art", "Élan", "after", "IT")
CODES = ("sport", "sport.football", "music.choir", "music", "faith.other")
POINTS = (None, (52.5936, -2.1065), (52.5936, -2.1065), (52.5500, -2.1300), (52.62, -2.15))
SUPPORT, ACCESS = ("bsl", "small_groups"), ("step_free", "hoist")
LANGUAGES = ("English", "Panjabi", "polish", "Polish")
# Each with the days and times of day that a person would say of it, in a week of term.
SESSIONS: dict[str, tuple[Any, Any]] = {
    "tuesday after school": (session(days=[1]), {(1, "after-school")}),
    "monday morning": (session(days=[0], start="10:00", end="11:00"), {(0, "school-day")}),
    "friday evening all year": (
        session(days=[4], start="19:00", end="20:00", season="all_year"),
        {(4, "evening"), (4, "holidays")},
    ),
    "saturday": (session(days=[5], start="10:00", end="11:00"), {(5, "weekend")}),
    "summer mornings": (
        session(days=[0, 1], start="10:00", end="12:00", season="summer"),
        {(0, "holidays"), (1, "holidays")},
    ),
    "some time on wednesdays": (session(days=[2], start="", end=""), {(2, None)}),
    "on 24 November": (
        {**session(start="16:00", end="17:00"), "pattern": "dates", "dates": ["2026-11-24"]},
        {(1, "after-school")},
    ),
}
PRICES = {
    "free": ({"kind": "free", "pence": 0}, 0),
    "haf": ({"kind": "haf", "pence": 0}, 0),
    "donation": ({"kind": "donation", "pence": 200}, 0),
    "300": ({"kind": "session", "pence": 300}, 300),
    "301": ({"kind": "session", "pence": 301}, 301),
    "900": ({"kind": "session", "pence": 900}, 900),
    "term": ({"kind": "membership", "pence": 4000}, None),
    "nothing said": ({}, None),
}

quick = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def chosen(values, most: int):
    """Some of these, as a request has them."""
    return st.sets(st.sampled_from(values), max_size=most).map(lambda c: tuple(sorted(c)))


answers = st.dictionaries(
    st.sampled_from((*SUPPORT, *ACCESS)), st.sampled_from(("yes", "ask", "no")), max_size=4
)
ages = st.tuples(st.integers(0, 18), st.integers(0, 18)).map(lambda pair: tuple(sorted(pair)))
some_cards = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
            "at": st.lists(st.sampled_from(POINTS), min_size=1, max_size=3),
            "ages": ages,
            "held": chosen(tuple(SESSIONS), 3),
            "price": st.sampled_from(tuple(PRICES)),
            "answers": answers,
            "languages": chosen(LANGUAGES, 2),
            "online": st.booleans(),
            "categories": st.sets(st.sampled_from(CODES), min_size=1, max_size=3).map(sorted),
            "until": st.integers(-2, 2).map(lambda days: TODAY + timedelta(days=days)),
            "summary": st.sampled_from(("", *WORDS)),
        }
    ),
    max_size=9,
)
requests = st.builds(
    SearchRequest,
    q=st.sampled_from(("", "", "dance", "swim", "foot", "after art", "elan", "club", "it")),
    postcode=st.sampled_from(("", "WV10 0BB", "WV14")),
    categories=chosen(CODES, 2),
    ages=chosen(range(21), 2),
    days=chosen(range(7), 3),
    times=st.one_of(st.just(()), chosen(TIMES, 2)),
    cost=st.sampled_from(("", "", *COSTS)),
    support=st.one_of(st.just(()), chosen(SUPPORT, 2)),
    access=st.one_of(st.just(()), chosen(ACCESS, 2)),
    languages=st.one_of(st.just(()), chosen(("English", "Polish"), 2)),
    online=st.sampled_from((False, False, False, True)),
    soon=st.sampled_from((False, False, True)),
    sort=st.sampled_from(SORTS),
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
        cards = [made(number, **one) for number, one in enumerate(told, 1)]
        replace_cards(1, cards)
        return cards

    return deal


def made(number: int, **told) -> CardRecord:
    """A card of what was drawn; what was not drawn is as on every card of the tests."""
    plain = document()["venue"]
    if isinstance(told.get("at"), list):
        first, *others = told["at"]
        told["at"] = first
        told["also_at"] = [
            {**plain, "latitude": at[0] if at else None, "longitude": at[1] if at else None}
            for at in others
        ]
    if "held" in told:
        told["sessions"] = [SESSIONS[name][0] for name in told.pop("held")]
        told["cost"] = PRICES[told.pop("price")][0]
        given = told.pop("answers")
        for group, codes in (("support", SUPPORT), ("access", ACCESS)):
            told[group] = [
                {"code": code, "label": code, "answer": given[code]}
                for code in codes
                if code in given
            ]
        told["languages"] = list(told["languages"])
        told["venue"] = {"online": told.pop("online")}
    return card(activity_id=number, organisation=1, **told)


def expected(cards: list[CardRecord], request: SearchRequest) -> list[int]:
    """The same search, told card by card."""
    place = search_point(request.postcode) if request.postcode else None
    found: list[tuple[Any, ...]] = []
    for one in cards:
        tier = _tier(one, request)
        far = None
        if place and one.points:
            far = min(distance_miles(place.point, Point(y, x)) for _, y, x in one.points)
        is_near = request.miles is None or far is None or far <= request.miles
        met = _met(one, request)
        if one.listed_until < TODAY or tier is None or not is_near or "no" in met:
            continue
        near = (far is None, far or 0.0) if place else (False, 0.0)
        soonest, price = _days_until(one), _price(one)
        orders = {
            "fit": (near[0], tier, near[1]),
            "distance": (*near, tier),
            "next": (soonest is None, soonest or 0, near[0], tier, near[1]),
            "price": (price is None, price or 0, near[0], tier, near[1]),
            "name": (),
        }
        order = ("perhaps" in met, *orders[request.sort])
        found.append((*order, fold(one.name), one.activity_id))
    return [row[-1] for row in sorted(found)]


def _met(one: CardRecord, request: SearchRequest) -> set[str]:
    """Whether each thing that was asked for is met: yes, perhaps or no."""
    years = range(one.min_months // 12, one.max_months // 12 + 1)
    told = one.document
    venues = [told["venue"], *told["also_at"]]
    return {
        _yes(not request.ages or any(age in years for age in request.ages)),
        _yes(not request.categories or bool(both_levels(one.categories) & {*request.categories})),
        _when(one, request),
        _cost(one, request),
        _soon(one, request),
        *(_yes(_answer(told, "support", code) in ("yes", "ask")) for code in request.support),
        *(_yes(_answer(told, "access", code) in ("yes", "ask")) for code in request.access),
        _yes(
            not request.languages
            or any(fold(a) == fold(b) for a in request.languages for b in told["languages"])
        ),
        _yes(not request.online or any(venue["online"] for venue in venues)),
    }


def _yes(is_met: bool) -> str:
    return "yes" if is_met else "no"


def _answer(told: dict, group: str, code: str) -> str | None:
    return next((mark["answer"] for mark in told[group] if mark["code"] == code), None)


def _held(one: CardRecord) -> set[tuple[int | None, str | None]]:
    known = [when for told, when in SESSIONS.values() if told in one.document["sessions"]]
    return {moment for when in known for moment in when} or {(None, None)}


def _when(one: CardRecord, request: SearchRequest) -> str:
    """The same session has to have the day and the time."""
    found = set()
    for day, time in _held(one):
        on_day = not request.days or (None if day is None else day in request.days)
        at_time = not request.times or (None if time is None else time in request.times)
        if on_day is not False and at_time is not False:
            found.add("yes" if on_day and at_time else "perhaps")
    return "yes" if "yes" in found else "perhaps" if found else "no"


def _price(one: CardRecord) -> int | None:
    return next(pence for cost, pence in PRICES.values() if cost == one.document["cost"])


def _cost(one: CardRecord, request: SearchRequest) -> str:
    kind, price = one.document["cost"].get("kind"), _price(one)
    if request.cost == "":
        return "yes"
    if request.cost == "haf":
        return _yes(kind == "haf")
    if request.cost == "free":
        return "perhaps" if kind is None else _yes(price == 0)
    return "perhaps" if price is None else _yes(price <= int(request.cost) * 100)


def _days_until(one: CardRecord) -> int | None:
    """From that Sunday on, by hand: it is term time until 18 December."""
    days = {
        "tuesday after school": 2, "monday morning": 1, "friday evening all year": 5,
        "saturday": 6, "summer mornings": (date(2027, 7, 26) - TODAY).days,
        "some time on wednesdays": 3, "on 24 November": 2,
    }  # fmt: skip
    held = [days[name] for name, (told, _) in SESSIONS.items() if told in one.document["sessions"]]
    return min(held, default=None)


def _soon(one: CardRecord, request: SearchRequest) -> str:
    days = _days_until(one)
    return "yes" if not request.soon else "perhaps" if days is None else _yes(days < 7)


def _tier(one: CardRecord, request: SearchRequest) -> int | None:
    words = index_words(one.document, broad_words)
    tiers = []
    for asked in understood(request.q).words:
        met = [words[form] for form in asked.exact if form in words]
        met += [max(1, words[form]) for form in asked.also if form in words]
        if asked.beginning and any(word.startswith(asked.beginning) for word in words):
            met.append(2)
        if not met:
            return None
        tiers.append(min(met))
    return max(tiers, default=2)


def alone(request: SearchRequest) -> dict[str, dict[str, SearchRequest]]:
    """For every value of every group, the request with that value alone in its group."""
    return {
        "category": {code: request.changed(categories=(code,)) for code in CODES},
        "age": {band: request.changed(ages=years) for band, years in AGE_BANDS.items()},
        "day": {name: request.changed(days=(day,)) for day, name in enumerate(DAYS)},
        "time": {time: request.changed(times=(time,)) for time in TIMES},
        "cost": {cost: request.changed(cost=cost) for cost in COSTS},
        "support": {code: request.changed(support=(code,)) for code in SUPPORT},
        "access": {code: request.changed(access=(code,)) for code in ACCESS},
        "language": {"English": request.changed(languages=("English",))},
        "online": {"yes": request.changed(online=True)},
    }


@quick
@given(told=some_cards, request=requests)
def test_a_search_finds_what_a_slow_and_plain_one_finds(deck, told, request):
    cards = deck(told)
    right = expected(cards, request)
    found = search(request, page_size=100)
    assert [hit.activity_id for hit in found.hits] == right
    assert found.total == len(right) == count(request)
    assert all(bool(hit.unsure) is _is_unsure(cards, hit, request) for hit in found.hits)


def _is_unsure(cards, hit, request) -> bool:
    (one,) = (one for one in cards if one.activity_id == hit.activity_id)
    return "perhaps" in _met(one, request)


@quick
@given(told=some_cards, request=requests)
def test_a_count_is_what_that_value_alone_would_find(deck, told, request):
    cards = deck(told)
    counts = search(request).counts
    for group, values in alone(request).items():
        for value, with_it in values.items():
            finds = len(expected(cards, with_it))
            assert counts[group].get(value, 0) == finds, (group, value)


@quick
@given(told=some_cards, request=requests)
def test_what_is_not_said_is_counted_beside_what_is_found(deck, told, request):
    cards = deck(told)
    unsaid = search(request).unsaid
    for group in ("support", "access"):
        wanted = getattr(request, group)
        without = expected(cards, request.changed(**{group: ()}))
        missing = 0
        for one in (one for one in cards if one.activity_id in without):
            answers = {_answer(one.document, group, code) for code in wanted}
            missing += None in answers and "no" not in answers
        assert unsaid.get(group, 0) == missing
    silent = [one.activity_id for one in cards if not one.document["languages"]]
    if request.languages:
        without = expected(cards, request.changed(languages=()))
        assert unsaid.get("language", 0) == len({*silent} & {*without})


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
