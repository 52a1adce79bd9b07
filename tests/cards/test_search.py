"""What a search finds, and in which order."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.datastructures import MultiDict

from registry.cards.models import Card, SearchWord
from registry.cards.queries import listing, organisation_listings, register_version, search
from registry.cards.search.request import SearchRequest
from registry.cards.services import raise_version, replace_cards
from registry.database import db
from registry.geography.queries import find_postcode
from tests.cards.cards import card, put


def names(app: Flask, **asked) -> list[str]:
    """The names that a request finds, in order."""
    return [hit.document["name"] for hit in search(SearchRequest(**asked)).hits]


def point_of(postcode: str) -> tuple[float, float]:
    """Where a postcode is."""
    found = find_postcode(postcode)
    assert found and found.latitude
    assert found.longitude
    return found.latitude, found.longitude


def test_every_word_must_be_met(app):
    put(card("Street dance"), card("Ballroom dance"), card("Street football"))
    assert names(app, q="street dance") == ["Street dance"]
    assert names(app, q="dance") == ["Ballroom dance", "Street dance"]
    assert names(app, q="street chess") == []


def test_the_last_word_may_be_half_a_word(app):
    put(card("Trampolining for all"), card("Training day"))
    assert names(app, q="trampo") == ["Trampolining for all"]
    assert names(app, q="trampo all") == []


def test_a_name_fits_better_than_a_category_and_that_better_than_a_description(app):
    put(
        card("Aardvark club", description="Some football on Fridays"),
        card("Beavers", categories=("sport.football",)),
        card("Zebra football"),
    )
    assert names(app, q="football") == ["Zebra football", "Beavers", "Aardvark club"]
    assert names(app, q="footy") == ["Beavers", "Zebra football", "Aardvark club"]


@pytest.mark.parametrize(
    "q", ["children's art", "childrens art", "e-sports", "1:1", "IT", "it club", "11+", '"art"']
)
def test_words_that_trouble_a_search_engine_are_only_words(app, q):
    put(card("Children’s art, e-sports, 1:1 help, IT and 11+ club"))
    assert len(names(app, q=q)) == 1


def test_categories_are_found_at_both_levels_and_any_of_them_will_do(app):
    put(
        card("A football", categories=("sport.football",)),
        card("B choir", categories=("music.choir", "faith")),
        card("C chess", categories=("stem_games.chess",)),
    )
    assert names(app, categories=("sport",)) == ["A football"]
    assert names(app, categories=("sport.football", "music")) == ["A football", "B choir"]
    assert names(app, categories=("sport.cricket",)) == []


@pytest.mark.parametrize(
    ("age", "found"),
    [
        (0, ["Babies"]),
        (1, ["Babies"]),
        (2, []),
        (6, []),
        (7, ["Juniors"]),
        (11, ["Juniors", "Seniors"]),
        (12, ["Seniors"]),
        (25, []),
    ],
)
def test_an_age_fits_whoever_takes_some_month_of_that_year(app, age, found):
    put(card("Babies", ages=(0, 1)), card("Juniors", ages=(7, 11)), card("Seniors", ages=(11, 17)))
    assert names(app, ages=(age,)) == found


def test_days_any_of_them(app):
    put(card("A", days=(0, 2)), card("B", days=(5,)), card("C", days=()))
    assert names(app, days=(2,)) == ["A", "C"]
    assert names(app, days=(2, 5)) == ["A", "B", "C"]
    assert search(SearchRequest(days=(2,))).hits[1].unsure == {"day"}
    assert names(app) == ["A", "B", "C"]


def test_nearest_first_then_those_without_a_point(app):
    put(
        card("Far", at=point_of("WV14 0AD")),
        card("Online", at=None),
        card("Near", at=point_of("WV10 0BB")),
    )
    found = search(SearchRequest(postcode="WV10 0BB"))
    assert [hit.document["name"] for hit in found.hits] == ["Near", "Far", "Online"]
    assert found.hits[0].miles == 0
    assert found.hits[1].miles == pytest.approx(2.86, abs=0.3)
    assert found.hits[2].miles is None


def test_only_so_many_miles_away_but_never_without_what_has_no_point(app):
    put(card("Far", at=point_of("WV14 0AD")), card("Online", at=None), card("Near"))
    assert names(app, postcode="WV10 0BB", miles=1) == ["Near", "Online"]
    assert names(app, postcode="WV10 0BB", miles=10) == ["Near", "Far", "Online"]


def test_half_a_postcode_is_a_place(app):
    put(card("Near"))
    found = search(SearchRequest(postcode="WV10", miles=5))
    assert found.place is not None
    assert not found.place.exact
    assert found.total == 1


def test_an_unknown_postcode_finds_everything_without_a_distance(app):
    put(card("Near"))
    found = search(SearchRequest(postcode="ZE1 0AA", miles=1))
    assert found.place_is_unknown
    assert [hit.miles for hit in found.hits] == [None]


def test_words_first_then_distance_then_name(app):
    far, near = point_of("WV14 0AD"), point_of("WV10 0BB")
    put(
        card("Chess far", at=far),
        card("Chess near", at=near),
        card("Board games", at=near, description="Also chess"),
        card("Also Chess near", at=near),
    )
    assert names(app, q="chess", postcode="WV10 0BB") == [
        "Also Chess near",
        "Chess near",
        "Chess far",
        "Board games",
    ]


def test_names_are_in_the_order_a_person_expects(app):
    put(card("zebra"), card("Élan"), card("apple"), card("Dance"))
    assert names(app) == ["apple", "Dance", "Élan", "zebra"]


def test_the_same_name_twice_is_in_the_order_of_the_numbers(app):
    put(card("Twin", activity_id=902), card("Twin", activity_id=901))
    assert [hit.activity_id for hit in search(SearchRequest()).hits] == [901, 902]


def test_facets_count_what_choosing_one_more_would_find(app):
    put(
        card("A", categories=("sport.football",), days=(0, 1)),
        card("B", categories=("sport.cricket",), days=(1,)),
        card("C", categories=("music",), days=(1, 2)),
    )
    found = search(SearchRequest(categories=("sport",), days=(0,)))
    assert found.total == 1
    assert found.counts["category"] == {"sport": 1, "sport.football": 1}
    assert found.counts["day"] == {"monday": 1, "tuesday": 2}
    everything = search(SearchRequest())
    assert everything.counts["category"]["sport"] == 2
    assert everything.counts["day"] == {"monday": 1, "tuesday": 3, "wednesday": 1}


def test_a_page_past_the_last_is_the_last(app):
    put(*(card(f"Club {n:02}", organisation=50) for n in range(25)))
    found = search(SearchRequest(page=1_000_000))
    assert (found.total, found.page, found.pages, len(found.hits)) == (25, 2, 2, 5)
    assert search(SearchRequest(q="nothing", page=9)).page == 1


def test_replacing_takes_out_what_was_there_with_all_its_words(app):
    put(card("Old football", organisation=7, activity_id=70), card("Other", organisation=8))
    put(card("New chess", organisation=7, activity_id=70, categories=("stem_games.chess",)))
    assert names(app) == ["New chess", "Other"]
    assert names(app, q="football") == []
    replace_cards(7, [])
    replace_cards(8, [])
    db.session.commit()
    for model in (Card, SearchWord):
        assert db.session.query(model).count() == 0
    assert db.session.execute(text("SELECT count(*) FROM search_row")).scalar_one() == 0


def test_an_activity_may_pass_to_another_organisation_in_one_step(app):
    put(card("Dance", organisation=7, activity_id=70))
    replace_cards(7, [])
    replace_cards(9, [card("Dance", organisation=9, activity_id=70)])
    db.session.commit()
    assert organisation_listings("organisation-7") == []
    assert len(organisation_listings("organisation-9")) == 1


def test_every_replacement_raises_the_version(app):
    before = register_version()
    replace_cards(7, [])
    assert register_version() == before + 1
    assert raise_version() == before + 2
    db.session.rollback()
    assert register_version() == before


def test_hidden_times_are_not_even_kept(app):
    put(card("Piano at home", slug="piano", hide_times=True, days=(1, 5)))
    kept = listing("piano")
    assert kept is not None
    assert "16:30" not in repr(kept)
    assert kept["parts_of_day"] == ["after school", "in the afternoon"]


@pytest.mark.parametrize("slug", ["", "no-such", "a\0b", "x" * 500, "é", "'; drop table card"])
def test_a_slug_that_nobody_has(app, slug):
    put(card("Dance"))
    assert listing(slug) is None
    assert organisation_listings(slug) == []


@pytest.mark.parametrize(
    ("until", "moment", "there"),
    [
        (date(2026, 11, 22), "2026-11-22 23:59", True),
        (date(2026, 11, 22), "2026-11-23 00:00", False),
        # In British Summer Time the day ends an hour before UTC's does.
        (date(2026, 7, 1), "2026-07-01 23:59", True),
        (date(2026, 7, 1), "2026-07-02 00:00", False),
        (date(2026, 10, 25), "2026-10-25 23:59", True),
        (date(2026, 10, 25), "2026-10-26 00:00", False),
    ],
)
def test_a_card_is_there_through_its_last_day_and_no_longer(app, clock, until, moment, there):
    clock.freeze(moment)
    put(card("Dance", slug="dance", organisation=3, until=until))
    assert (listing("dance") is not None) is there
    assert bool(organisation_listings("organisation-3")) is there
    found = search(SearchRequest())
    assert (found.total, len(found.hits)) == ((1, 1) if there else (0, 0))
    assert bool(found.counts["category"]) is there
    assert bool(found.counts["day"]) is there


@pytest.mark.parametrize(
    ("typed", "ages"),
    [
        ("8", (8,)),
        ("0", (0,)),
        ("8 years old", (8,)),
        ("18 months", (1,)),
        ("6 months", (0,)),
        ("11 to 13", (11, 12, 13)),
        ("11-13", (11, 12, 13)),
        ("3, 8", (3, 8)),
        ("-1", ()),
        ("26", ()),
        ("eight", ()),
        ("8.5", ()),
        ("٣", ()),
        ("9" * 500, ()),
        ("13 to 11", ()),
    ],
)
def test_ages_as_people_type_them(typed, ages):
    request, problems = SearchRequest.from_query(MultiDict({"age": typed}))
    assert request.ages == ages
    assert bool(problems) is not bool(ages)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"postcode": "Nowhere Town"}, "postcode"),
        ({"place": "Nowhere Town"}, "place"),
        ({"place": "Nowhere Town", "distance": "2"}, "place"),
        ({"postcode": "WV1 1TS", "distance": "½ ½"}, "distance"),
        ({"postcode": "WV10 0BB", "distance": "-3"}, "distance"),
        ({"postcode": "WV10 0BB", "distance": "nan"}, "distance"),
        ({"postcode": "WV10 0BB", "distance": "1e9"}, "distance"),
        ({"distance": "3"}, "distance"),
        ({"category": "sports"}, "category"),
        ({"day": "someday"}, "day"),
        ({"time": "midnight"}, "time"),
        ({"cost": "4"}, "cost"),
        ({"support": "step_free"}, "support"),
        ({"access": "\0"}, None),
        ({"access": "bsl"}, "access"),
        ({"language": "x" * 100}, "language"),
        ({"online": "perhaps"}, "online"),
        ({"when": "yesterday"}, "when"),
        ({"sort": "random"}, "sort"),
        ({"sort": "distance"}, "sort"),
        ({"view": "globe"}, "view"),
        ({"a": "../etc"}, "a"),
        ({"q": "!!!"}, "q"),
    ],
)
def test_what_cannot_be_used_is_left_out_with_a_word(query, problem):
    request, problems = SearchRequest.from_query(MultiDict(query))
    assert set(problems) == ({problem} if problem else set())
    assert request.q == ""
    assert request.miles is None


@pytest.mark.parametrize(
    "query",
    [
        [("q", "street dance"), ("postcode", "wv100bb"), ("distance", "2.5"), ("age", "11 to 17")],
        [("category", "sport"), ("category", "music.choir"), ("day", "sat"), ("day", "sunday")],
        [("age", "0"), ("page", "3")],
        [("place", "heath town"), ("distance", "½"), ("sort", "distance"), ("view", "map")],
        [("postcode", "Heath Town"), ("time", "after-school"), ("time", "weekend")],
        [("cost", "£5"), ("support", "bsl"), ("access", "step_free"), ("access", "bus_stop")],
        [("language", "polish"), ("language", "Klingon"), ("online", "1"), ("when", "week")],
        [("a", "street-dance"), ("a", "piano"), ("sort", "price")],
    ],
)
def test_a_request_comes_back_from_its_own_address(query):
    request, problems = SearchRequest.from_query(MultiDict(query))
    assert not problems
    again, _ = SearchRequest.from_query(MultiDict(request.pairs()))
    assert again == request
    assert request != SearchRequest()
