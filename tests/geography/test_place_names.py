"""Names of places: the ones we bring along, what people type for them, and where they are."""

import pytest

from registry.geography.drawing import ground
from registry.geography.outlines import outline_at, ward_outlines
from registry.geography.place_names import PlaceName, likely_places, place_named, place_names
from registry.geography.places import Point, distance_miles, normalise_postcode
from registry.geography.postcode_file import read_postcodes
from registry.geography.queries import place_point, points_of_places
from registry.geography.services import OUR_POSTCODES

# A place is known to lie in this ward as it was drawn in 2013, whatever postcode we gave it.
IN_WARD = {
    "Heath Town": "Heath Town",
    "Whitmore Reans": "St Peter's",
    "Low Hill": "Bushbury South and Low Hill",
    "Pendeford": "Oxley",
    "Ashmore Park": "Wednesfield North",
    "Wightwick": "Tettenhall Wightwick",
    "City centre": "St Peter's",
    "Perton": "",
    "Willenhall": "",
}


@pytest.fixture(scope="module")
def points():
    """Where every name of ours is, by its postcode in our own table."""
    wanted = {normalise_postcode(place.postcode) for place in place_names()}
    known = {
        row.postcode: Point(row.latitude, row.longitude)
        for row in read_postcodes(OUR_POSTCODES)
        if row.postcode in wanted and row.latitude is not None and row.longitude is not None
    }
    keys = {place.name: normalise_postcode(place.postcode) for place in place_names()}
    return {name: known[key] for name, key in keys.items() if key in known}


def test_there_are_many_and_each_has_a_postcode_that_we_know(points):
    names = [place.name for place in place_names()]
    assert len(names) >= 90
    assert sorted(points) == sorted(names)


def test_each_lies_in_the_area_or_a_little_over_its_border(points):
    outlines = ward_outlines()
    here = ground(outlines, list(points.values()))
    assert [name for name, point in points.items() if not here.holds(point)] == []
    inside = [name for name, point in points.items() if outline_at(point, outlines)]
    assert len(inside) >= 80


@pytest.mark.parametrize(("name", "ward"), IN_WARD.items())
def test_a_place_lies_in_the_ward_that_people_know_it_in(points, name, ward):
    found = outline_at(points[name], ward_outlines())
    assert (found.name if found else "") == ward


def test_no_two_suburbs_share_a_point(points):
    """But for the whole city, which is where its middle is."""
    told = {name: point for name, point in points.items() if name != "Wolverhampton"}
    assert len(set(told.values())) == len(told)


@pytest.mark.parametrize(
    "typed",
    ["Whitmore Reans", "whitmore reans", "WHITMOREREANS", " Whitmore  Reans, Wolverhampton "],
)
def test_a_name_is_known_whatever_its_capitals_and_spaces(typed):
    assert place_named(typed).name == "Whitmore Reans"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("whitmor reens", "Whitmore Reans"),
        ("whitmore", "Whitmore Reans"),
        ("heth town", "Heath Town"),
        ("tetenhall", "Tettenhall"),
        ("bushberry", "Bushbury"),
        ("molinuex", "Molineux"),
        ("wensfield", "Wednesfield"),
        ("new cross", "New Cross Hospital"),
        ("the city centre", "City centre"),
        ("station", "Wolverhampton railway station"),
    ],
)
def test_a_spelling_that_is_near_is_asked_about(typed, meant):
    assert place_named(typed) is None
    likely = likely_places(typed)
    assert likely[0].name == meant
    assert len(likely) <= 3


@pytest.mark.parametrize(
    "typed", ["", "a", "nowhere", "football", "London", "SW1A 0AA", "%", "'; --", "x" * 9_000]
)
def test_what_is_like_no_name_is_not_guessed(typed):
    assert likely_places(typed) == ()


def test_a_search_starts_at_the_place_and_says_its_name(app):
    found = place_point("heath town")
    assert (found.label, found.exact, found.is_place) == ("Heath Town", False, True)
    assert distance_miles(found.point, Point(52.5936, -2.1065)) < 0.5
    assert place_point("nowhere") is None


def test_places_whose_postcode_nobody_knows_have_no_point(app, monkeypatch):
    every = points_of_places()
    assert len(every) >= 85
    monkeypatch.setattr(
        "registry.geography.queries.place_names",
        lambda: (*place_names()[:1], PlaceName("Nowhere", "WV99 9ZZ")),
    )
    assert len(points_of_places()) == 1
