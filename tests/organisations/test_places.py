"""What the public may know of a place."""

from dataclasses import asdict, dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.geography.places import Point, distance_miles
from registry.organisations.places import narrowed, public_place

CENTRE = Point(52.5901, -2.1042)
CENTRES = {"E1": CENTRE}


@dataclass(frozen=True)
class APlace:
    """A venue as the function sees it."""

    name: str = "Foundry Lane Hall"
    address: str = "1 Foundry Lane\n\nHeath Town "
    postcode: str = "WV10 0BD"
    privacy: str = "open"
    latitude: float | None = 52.5935
    longitude: float | None = -2.1101
    ward_code: str = "E1"
    ward_name: str = "Heath Town"
    authority_code: str = "E08000031"
    authority_name: str = "Wolverhampton"


NOTHING = {
    "name": "",
    "address_lines": [],
    "postcode": "",
    "ward": "",
    "area_label": "",
    "latitude": None,
    "longitude": None,
    "hidden": False,
    "online": False,
    "various": False,
    "outside_area": False,
}
UNKNOWN = {
    "postcode": "WV99 9ZZ",
    "latitude": None,
    "longitude": None,
    "ward_code": "",
    "ward_name": "",
    "authority_code": "",
    "authority_name": "",
}
DUDLEY = {"authority_code": "E08000027", "authority_name": "Dudley", "ward_name": "Sedgley"}


def shown(**changes: Any) -> dict[str, Any]:
    return public_place(replace(APlace(), **changes), CENTRES.get, "Wolverhampton", "E08000031")


@pytest.mark.parametrize(
    ("changes", "public"),
    [
        (
            {},
            {
                "name": "Foundry Lane Hall",
                "address_lines": ["1 Foundry Lane", "Heath Town"],
                "postcode": "WV10 0BD",
                "ward": "Heath Town",
                "area_label": "Heath Town, Wolverhampton",
                "latitude": 52.5935,
                "longitude": -2.1101,
            },
        ),
        (
            UNKNOWN,
            {
                "name": "Foundry Lane Hall",
                "address_lines": ["1 Foundry Lane", "Heath Town"],
                "postcode": "WV99 9ZZ",
                "area_label": "Wolverhampton",
            },
        ),
        (
            DUDLEY,
            {
                "name": "Foundry Lane Hall",
                "address_lines": ["1 Foundry Lane", "Heath Town"],
                "postcode": "WV10 0BD",
                "ward": "Sedgley",
                "area_label": "Sedgley, Dudley",
                "latitude": 52.5935,
                "longitude": -2.1101,
                "outside_area": True,
            },
        ),
        (
            {"privacy": "hidden"},
            {
                "ward": "Heath Town",
                "area_label": "Heath Town, Wolverhampton",
                "latitude": CENTRE.latitude,
                "longitude": CENTRE.longitude,
                "hidden": True,
            },
        ),
        ({"privacy": "hidden", **UNKNOWN}, {"area_label": "Wolverhampton", "hidden": True}),
        (
            {"privacy": "hidden", "ward_code": "E2"},
            {"ward": "Heath Town", "area_label": "Heath Town, Wolverhampton", "hidden": True},
        ),
        ({"privacy": "hidden_area"}, {"area_label": "Wolverhampton", "hidden": True}),
        (
            {"privacy": "hidden_area", **DUDLEY},
            {"area_label": "Dudley", "hidden": True, "outside_area": True},
        ),
        ({"privacy": "online"}, {"area_label": "Online", "online": True}),
    ],
)
def test_each_kind_of_privacy(changes, public):
    assert shown(**changes) == NOTHING | public


def test_no_place_says_nothing():
    assert public_place(None, CENTRES.get, "Wolverhampton", "E08000031") == NOTHING


# How fast a busy machine makes examples says nothing about places.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
secrets = st.fixed_dictionaries(
    {
        "name": st.text(min_size=1, max_size=12),
        "address": st.text(min_size=1, max_size=12),
        "postcode": st.sampled_from(["WV1 1AA", "WV10 0BD", "WV6 8QT"]),
        "latitude": st.floats(52.4, 52.7),
        "longitude": st.floats(-2.3, -1.9),
    }
)


@patient
@given(secrets, secrets, st.sampled_from(["hidden", "hidden_area"]))
def test_nothing_of_a_hidden_place_comes_out_but_its_ward(one, other, privacy):
    """Two hidden places of one ward look the same, whatever their names, addresses and points."""
    assert shown(privacy=privacy, **one) == shown(privacy=privacy, **other)


@patient
@given(secrets)
def test_every_distance_to_a_hidden_place_is_to_the_middle_of_its_ward(one):
    public = shown(privacy="hidden", **one)
    searched = Point(52.58, -2.13)
    point = Point(public["latitude"], public["longitude"])
    assert distance_miles(searched, point) == distance_miles(searched, CENTRE)


@given(st.fixed_dictionaries({name: st.sampled_from(["", "x"]) for name in asdict(APlace())}))
def test_every_place_has_the_shape_of_a_card(fields):
    fields |= {"privacy": "open", "latitude": None, "longitude": None}
    assert set(shown(**fields)) == set(NOTHING)


OPEN = shown()
HIDDEN = shown(privacy="hidden")
HIDDEN_AREA = shown(privacy="hidden_area")
ONLINE = shown(privacy="online")


@pytest.mark.parametrize(
    ("read", "now", "public"),
    [
        (OPEN, ["open"], OPEN),
        (OPEN, [], OPEN),
        (OPEN, ["hidden"], HIDDEN | {"latitude": None, "longitude": None}),
        (OPEN, ["open", "hidden"], HIDDEN | {"latitude": None, "longitude": None}),
        (OPEN, ["hidden_area"], HIDDEN_AREA),
        (OPEN, ["online"], HIDDEN_AREA),
        (HIDDEN, ["open"], HIDDEN),
        (HIDDEN, ["hidden"], HIDDEN),
        (HIDDEN, ["hidden_area"], HIDDEN_AREA),
        (HIDDEN_AREA, ["open"], HIDDEN_AREA),
        (HIDDEN_AREA, ["hidden"], HIDDEN_AREA),
        (ONLINE, ["hidden"], ONLINE),
    ],
)
def test_what_is_hidden_since_is_taken_out_and_nothing_is_put_in(read, now, public):
    assert narrowed(read, now, "Wolverhampton") == public


def test_outside_the_city_the_citys_name_is_not_put_in():
    assert narrowed(shown(**DUDLEY), ["hidden_area"], "Wolverhampton") == NOTHING | {
        "hidden": True,
        "outside_area": True,
    }
