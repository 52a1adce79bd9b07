"""Postcodes as people type them, and distances as a crow flies."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.geography.places import (
    Point,
    bounding_box,
    distance_miles,
    format_postcode,
    is_half_postcode,
    normalise_half,
    normalise_postcode,
)


@pytest.mark.parametrize(
    ("typed", "keyed"),
    [
        ("WV1 1AA", "WV11AA"),
        ("wv11aa", "WV11AA"),
        ("  wv1   1aa ", "WV11AA"),
        ("WV1\u00a01AA", "WV11AA"),
        ("WV1-1AA.", "WV11AA"),
        ("WV11 1AA", "WV111AA"),
        ("WV1 OAA", "WV10AA"),
        ("WV1 IAA", "WV11AA"),
        ("B1 1AY", "B11AY"),
        ("EC1A 1BB", "EC1A1BB"),
        ("W1A 0AX", "W1A0AX"),
    ],
)
def test_a_postcode_is_read_however_it_is_typed(typed: str, keyed: str) -> None:
    assert normalise_postcode(typed) == keyed


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "WV1",
        "WV1 1A",
        "WV1 1AAA",
        "WV1 1CA",  # C never stands in the second half
        "Wolverhampton",
        "WV¹ 1AA",
        "WV1 ١AA",
        "ＷＶ1 1AA",
        "ß1 1AA",
        "WV1 1AA' OR 1=1",
        "%",
        "9" * 30,
        "WV1 1AA " * 1000,
        "\x00",
    ],
)
def test_what_is_no_postcode_is_none(typed: str) -> None:
    assert normalise_postcode(typed) is None


def test_a_postcode_is_written_with_its_space() -> None:
    assert format_postcode("WV11AA") == "WV1 1AA"
    assert format_postcode("wv111aa") == "WV11 1AA"
    assert format_postcode("WV1") == "WV1"


@pytest.mark.parametrize("typed", ["WV1", "wv10", " b1 ", "EC1A", "WS2", "WV 10"])
def test_half_a_postcode_is_known_for_one(typed: str) -> None:
    assert is_half_postcode(typed)
    assert normalise_half(typed) == typed.replace(" ", "").upper()


@pytest.mark.parametrize("typed", ["", "WV", "1", "WV1 1", "WV1 1AA", "WV123", "²"])
def test_what_is_no_half_is_none(typed: str) -> None:
    assert not is_half_postcode(typed)


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error(typed: str) -> None:
    normalise_postcode(typed)
    is_half_postcode(typed)
    format_postcode(typed)


def great_circle_miles(a: Point, b: Point) -> float:
    """The haversine on a sphere of the same mean degree, as the judge of our flat map."""
    radius_km = 111.195 * 180 / math.pi
    north_a, north_b = math.radians(a.latitude), math.radians(b.latitude)
    half = (
        math.sin((north_b - north_a) / 2) ** 2
        + math.cos(north_a)
        * math.cos(north_b)
        * math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    )
    return 2 * radius_km * math.asin(math.sqrt(half)) / 1.609344


around_wolverhampton = st.builds(Point, st.floats(52.2, 53.0), st.floats(-2.8, -1.6))


@given(around_wolverhampton, st.floats(0.01, 20), st.floats(0, 2 * math.pi))
def test_distance_is_within_a_five_hundredth_of_the_great_circle_up_to_20_miles(
    here: Point, miles: float, bearing: float
) -> None:
    there = Point(
        here.latitude + miles * 1.609344 * math.cos(bearing) / 111.195,
        here.longitude
        + miles * 1.609344 * math.sin(bearing) / (111.195 * math.cos(math.radians(here.latitude))),
    )
    assert distance_miles(here, there) == pytest.approx(
        great_circle_miles(here, there), rel=0.002, abs=1e-6
    )


@given(around_wolverhampton, st.floats(0.01, 20), around_wolverhampton)
def test_the_box_holds_every_place_within_the_distance(
    here: Point, miles: float, there: Point
) -> None:
    box = bounding_box(here, miles)
    inside = box.south <= there.latitude <= box.north and box.west <= there.longitude <= box.east
    assert inside or distance_miles(here, there) > miles * (1 - 1e-9)


def test_a_place_is_no_distance_from_itself() -> None:
    here = Point(52.585, -2.128)
    assert distance_miles(here, here) == 0
