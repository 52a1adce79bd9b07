"""The results on a map: the drawing, the list beside it, and what has no place on it."""

from itertools import combinations
from math import hypot

import pytest

from registry.cards.queries import Hit, SearchResult
from registry.cards.search.request import SearchRequest
from registry.directory import map_view
from registry.directory.map_view import MapView, Part, map_of
from registry.directory.place_map import map_of_place
from registry.directory.why import fit
from registry.geography.outlines import ATTRIBUTION, ward_outlines
from registry.geography.places import Point
from registry.geography.queries import SearchPoint
from tests.cards.cards import HEATH_TOWN, card, document, put

PERTON = (52.6003, -2.2028)
BILSTON = (52.5659, -2.0736)
BIRMINGHAM = (52.4796, -1.9026)


def place(at=HEATH_TOWN, **changes):
    """A place of a card."""
    plain = document()["venue"]
    north, east = at or (None, None)
    return {**plain, "latitude": north, "longitude": east, **changes}


def at(ward, where, **changes):
    """A document whose one place lies there."""
    return document(venue=place(where, ward=ward, area_label=ward, **changes))


def view_of(*documents, miles=None, middle=None, total=None):
    """The map of a search that found these."""
    named = [{**one, "slug": f"a-{number}"} for number, one in enumerate(documents)]
    hits = tuple(Hit(number, one) for number, one in enumerate(named))
    found = SearchResult(
        request=SearchRequest(miles=miles),
        total=len(hits) if total is None else total,
        page=1,
        pages=1,
        hits=hits,
        place=middle and SearchPoint("Here", Point(*middle), exact=True),
    )
    return map_of(found, [fit(hit, found, "Wolverhampton") for hit in hits])


def titles(view: MapView) -> list[str]:
    """The parts of the list, in order."""
    return [part.title for part in view.parts]


# The list, by part of the city.


def test_each_part_says_how_many_activities_it_has_the_most_first():
    view = view_of(at("Bilston East", BILSTON), *(at("Heath Town", HEATH_TOWN) for _ in "ab"))
    assert titles(view) == ["Heath Town: 2 activities", "Bilston East: 1 activity"]


def test_where_somebody_asked_from_a_place_the_nearest_part_comes_first():
    found = (at("Heath Town", HEATH_TOWN), at("Heath Town", HEATH_TOWN), at("Bilston", BILSTON))
    assert titles(view_of(*found, middle=BILSTON))[0] == "Bilston: 1 activity"


def test_a_place_over_the_border_is_called_by_its_town_too():
    there = document(venue=place(PERTON, ward="Perton", area_label="Perton, South Staffordshire",
                                 outside_area=True))  # fmt: skip
    assert titles(view_of(there)) == ["Perton, South Staffordshire: 1 activity"]


def test_a_place_of_which_no_ward_is_known_lies_in_the_ward_that_holds_its_point():
    assert titles(view_of(at("", HEATH_TOWN))) == ["Heath Town: 1 activity"]


def test_an_activity_at_two_places_is_at_both_and_counts_once_in_a_part():
    twice = document(also_at=[place(BILSTON, ward="Bilston", name="Bilston Hall"), place()])
    view = view_of(twice)
    assert titles(view) == ["Bilston: 1 activity", "Heath Town: 1 activity"]
    assert [len(part.marks) for part in view.parts] == [1, 2]
    assert view.parts[0].marks[0].where.title == "Bilston Hall"


def test_a_second_place_beyond_the_distance_is_not_drawn():
    twice = document(also_at=[place(BILSTON, ward="Bilston")])
    assert titles(view_of(twice, miles=1.0, middle=HEATH_TOWN)) == ["Heath Town: 1 activity"]


@pytest.mark.parametrize(
    "told",
    [{"online": True}, {"various": True}, {"hidden": True, "ward": "", "area_label": "City"}],
    ids=["online", "various places", "hides its area"],
)
def test_what_has_no_public_point_is_in_the_list_and_nowhere_on_the_map(told):
    view = view_of(at("Heath Town", HEATH_TOWN), document(venue=place(None, **told)))
    assert view.nowhere and view.nowhere.title == "No place on the map: 1 activity"
    assert sum(part.finds for part in view.parts) == 1
    assert view.nowhere.marks[0].at == ""


def test_a_private_address_is_only_about_in_the_middle_of_its_ward():
    hidden = document(venue=place(HEATH_TOWN, hidden=True, name="", address_lines=[], postcode=""))
    [mark] = view_of(hidden).parts[0].marks
    assert mark.is_about
    assert mark.where.title == "Heath Town"
    assert mark.on_paper == "Phone 01902 555010"


# The drawing.


def test_the_ground_is_the_wards_and_every_pin_is_inside_the_picture():
    view = view_of(at("Heath Town", HEATH_TOWN), at("Perton", PERTON), at("Bilston", BILSTON))
    assert [ward.name for ward in view.wards] == [ward.name for ward in ward_outlines()]
    for pin in view.pins:
        assert pin.radius <= pin.x <= view.projection.width - pin.radius
        assert pin.radius <= pin.y <= view.projection.height - pin.radius
    assert view.attribution == ATTRIBUTION


def test_what_is_far_over_the_border_is_listed_and_the_city_stays_large():
    near, far = view_of(at("Heath Town", HEATH_TOWN)), view_of(at("Ladywood", BIRMINGHAM))
    assert near.projection == far.projection
    assert titles(far) == ["Ladywood: 1 activity"]
    assert far.pins == []


def test_no_pin_hides_the_number_of_another():
    crowd = [at(f"Part {n}", (52.59 + n * 1e-4, -2.13 - n * 1e-4)) for n in range(6)]
    pins = view_of(*crowd).pins
    assert len(pins) == 6
    for one, other in combinations(pins, 2):
        assert hypot(one.x - other.x, one.y - other.y) > max(one.radius, other.radius)


def test_a_pin_grows_with_what_it_finds_and_never_too_big():
    def radius(finds):
        marks = view_of(*(at("Heath Town", HEATH_TOWN) for _ in range(finds))).parts[0].marks
        return Part(1, "Heath Town", marks).radius

    assert 24 <= radius(1) < radius(5) < radius(60) <= 46


def test_the_ring_is_as_far_as_was_asked():
    view = view_of(at("Heath Town", HEATH_TOWN), miles=2.0, middle=HEATH_TOWN)
    ring = view.searched
    edge = view.projection.spot(Point(HEATH_TOWN[0] + 2.0 / 69.09, HEATH_TOWN[1]))
    assert ring.y - edge[1] == pytest.approx(ring.down, rel=0.002)
    assert ring.across == pytest.approx(ring.down, rel=0.01)


def test_more_than_are_drawn_is_said():
    assert not view_of(at("Heath Town", HEATH_TOWN), total=501).is_all
    assert view_of(at("Heath Town", HEATH_TOWN)).is_all


# The small map of one place.


def test_a_listing_may_have_a_map_of_its_place():
    small = map_of_place(place())
    assert small and not small.is_about
    assert 0 < small.x < small.width and 0 < small.y < small.height
    assert len(small.path) < 5_000
    assert map_of_place(place(hidden=True)).is_about


@pytest.mark.parametrize("where", [None, BIRMINGHAM], ids=["no point", "far away"])
def test_a_place_that_cannot_be_drawn_has_no_map(where):
    assert map_of_place(place(where)) is None


# The page.


@pytest.fixture
def clubs(app):
    """Three to find: one open, one private, one online."""
    made = (
        card("Street dance", slug="street", ages=(7, 11)),
        card("Quiet club", slug="quiet", at=BILSTON, ages=(5, 9),
             venue={"hidden": True, "ward": "Bilston East", "name": "", "address_lines": [],
                    "postcode": ""}),
        card("Chess online", slug="chess", at=None, ages=(7, 14),
             venue={"online": True, "name": "", "ward": "", "area_label": "Online"}),
    )  # fmt: skip
    put(*made)
    return made


def test_the_map_keeps_the_search_and_the_list_is_a_press_away(client, clubs):
    page = client.get("/activities?age=8&postcode=heath+town&distance=5")
    shown = page.follow("Map")
    assert shown.h1 == page.h1 == "3 activities"
    assert shown.path == "/activities?place=Heath+Town&distance=5&age=8&view=map"
    assert shown.form("/activities").fields["postcode"] == "Heath Town"
    assert shown.follow("List").h1 == "3 activities"


def test_the_page_has_the_whole_list_by_part_and_the_drawing_leads_into_it(client, clubs):
    page = client.get("/activities?view=map")
    parts = [heading for heading in page.headings if heading.endswith("1 activity")]
    assert parts == [
        "Bilston East: 1 activity",
        "Heath Town: 1 activity",
        "No place on the map: 1 activity",
    ]
    assert {"Street dance", "Quiet club", "Chess online"} <= set(page.links)
    assert 'href="#part-1" aria-label="Bilston East: 1 activity"' in page.html
    assert "1 has no place on the map: online, at various places, or kept private." in page.main
    assert "Contains OS data © Crown copyright and database right." in page.main
    assert page.html.count("data-at=") == 2
    assert '<meta name="robots" content="noindex">' in page.html


def test_a_private_club_gives_away_nothing_but_its_ward(client, clubs):
    page = client.get("/activities?view=map&q=quiet")
    assert "Address kept private" in page.main
    assert f'data-at="{BILSTON[0]:.5f} {BILSTON[1]:.5f}"' in page.html
    assert "Foundry Lane" not in page.html


def test_only_a_page_with_a_map_loads_the_map(client, clubs):
    assert "/static/map-" not in client.get("/activities").html
    assert client.get("/activities?view=map").html.count("/static/map-") == 2


def test_nothing_found_is_said_on_the_map_as_on_the_list(client, app):
    page = client.get("/activities?view=map&q=judo")
    assert page.h1 == "Nothing matches all of that yet"
    assert 'svg class="map"' not in page.html


def test_young_people_have_a_map_too(client, app):
    put(card("Youth club", ages=(11, 17)), card("Toddlers", ages=(1, 3)))
    page = client.get("/young-people?view=map")
    assert "Youth club" in page.links
    assert "Toddlers" not in page.links
    assert page.links["List"].startswith("/young-people")


def test_five_hundred_are_drawn_at_most_and_the_page_says_that_there_are_more(
    client, app, monkeypatch
):
    assert map_view.MOST == 500
    monkeypatch.setattr(map_view, "MOST", 3)
    put(*(card(f"Club {n}", organisation=1) for n in range(4)))
    page = client.get("/activities?view=map")
    assert page.h1 == "4 activities"
    assert "The map and its list show the first 3." in page.main
    assert page.html.count("data-at=") == 3


def test_pictures_of_a_map_are_asked_for_only_where_they_are_set(client, make_app, clubs):
    assert "data-tiles" not in client.get("/activities?view=map").html
    address = "https://tiles.example.gov.uk/{z}/{x}/{y}.png"
    app = make_app(map_tiles_url=address, map_tiles_attribution="© Tiles & Sons")
    answer = app.test_client().get("/activities?view=map")
    assert f'data-tiles="{address}"' in answer.text
    assert "© Tiles &amp; Sons" in answer.text
    assert (
        "img-src 'self' data: https://tiles.example.gov.uk;"
        in answer.headers["Content-Security-Policy"]
    )


# On paper.


@pytest.mark.parametrize("view", ["", "&view=map"], ids=["list", "map"])
def test_paper_has_the_address_the_number_the_day_and_where_to_look_again(client, clubs, view):
    page = client.get(f"/activities?q=street{view}")
    assert "Foundry Lane, WV10 0BD. Phone 01902 555010" in page.main
    assert "Printed on " in page.main
    assert "Check it is true today: http://localhost" in page.main
    assert f"/activities?q=street{view.replace('&', '&amp;')}" in page.html


def test_paper_says_which_page_of_how_many_it_is(client, app):
    put(*(card(f"Club {n}", organisation=1) for n in range(25)))
    assert ", page 2 of 2. Things change." in client.get("/activities?page=2").main
