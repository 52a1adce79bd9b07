"""A card as OpenActive has it, and what it never says."""

import json
from datetime import date
from typing import Any

import pytest

from registry.opendata.openactive.series import as_text, series_of, session_text
from registry.timetable.terms import SchoolCalendar, shipped_years
from tests.cards.cards import document

UNTIL, URL = date(2027, 2, 12), "https://register.example"
TERMS = SchoolCalendar(tuple(block for year in shipped_years() for block in year.blocks))
VENUE = document()["venue"]
NOWHERE = {**VENUE, "name": "", "address_lines": [], "postcode": ""}


def series(**changes: Any) -> dict[str, Any] | None:
    return series_of(document(**changes), UNTIL, "11111111", TERMS, URL)


def told(**changes: Any) -> dict[str, Any]:
    found = series(**changes)
    assert found is not None
    return found


def test_it_says_who_what_where_when_for_whom_and_how_much() -> None:
    found = told()
    assert found["@id"] == f"{URL}/activities/street-dance#11111111"
    assert found["url"] == f"{URL}/activities/street-dance"
    assert found["activity"][0]["prefLabel"] == "Street Dance"
    assert found["ageRange"] == {"@type": "QuantitativeValue", "minValue": 7, "maxValue": 11}
    assert found["location"]["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Foundry Lane",
        "addressLocality": "Heath Town",
        "addressRegion": "Wolverhampton",
        "postalCode": "WV10 0BD",
        "addressCountry": "GB",
    }
    (offer,) = found["offers"]
    assert (offer["price"], offer["priceCurrency"]) == (3.5, "GBP")
    assert found["isAccessibleForFree"] is False
    assert found["eventSchedule"]


def test_what_the_council_read_is_an_address_and_no_stronger_word() -> None:
    found = told()
    assert found["organizer"]["beta:formalCriteriaMet"] == [f"{URL}/criteria"]
    assert "https://openactive.io/ns-beta" in found["@context"]
    said = json.dumps(found).casefold()
    for word in ("approved", "certif", "accredit", "vetted", "trusted", "sas-7k4m"):
        assert word not in said


@pytest.mark.parametrize(
    "changes",
    [
        {"categories": [{"code": "stem_games.chess", "label": "Chess"}]},
        {"sessions": []},
        {"cost": {"kind": None}},
        {"cost": {}},
    ],
)
def test_without_an_activity_of_the_list_or_days_or_a_price_it_is_not_there(
    changes: dict[str, Any],
) -> None:
    assert series(**changes) is None


@pytest.mark.parametrize(
    ("cost", "price", "is_free"),
    [
        ({"kind": "free"}, 0, True),
        ({"kind": "donation", "pence": 200}, 0, True),
        ({"kind": "haf"}, 0, False),
        ({"kind": "session", "pence": 0}, 0, True),
        ({"kind": "term", "pence": 4999, "unit_label": "a term"}, 49.99, False),
        ({"kind": "membership", "pence": 2000, "unit_label": "a month"}, 20, False),
    ],
)
def test_prices(cost: dict[str, Any], price: float, is_free: bool) -> None:
    found = told(cost=cost)
    (offer,) = found["offers"]
    assert offer["price"] == price
    assert ("priceCurrency" in offer) == bool(price)
    assert found["isAccessibleForFree"] is is_free


def test_a_free_first_time_is_said() -> None:
    paid = {"kind": "session", "pence": 350}
    assert told(cost={**paid, "trial": "free"})["beta:isFirstSessionAccessibleForFree"] is True
    for trial in ("paid", "no", None):
        assert "beta:isFirstSessionAccessibleForFree" not in told(cost={**paid, "trial": trial})


def test_a_hidden_place_is_its_part_of_the_city() -> None:
    place = told(venue={**NOWHERE, "hidden": True})["location"]
    assert place["name"] == place["address"] == "Heath Town, Wolverhampton"
    assert place["geo"]["latitude"] == VENUE["latitude"]


def test_a_place_whose_area_is_hidden_too_is_the_city_without_a_point() -> None:
    nowhere = {"ward": "", "area_label": "Wolverhampton", "latitude": None, "longitude": None}
    place = told(venue={**NOWHERE, "hidden": True, **nowhere})["location"]
    assert place == {"@type": "Place", "name": "Wolverhampton", "address": "Wolverhampton"}


def test_one_at_various_places_has_no_point_and_one_online_no_place() -> None:
    various = told(venue={**NOWHERE, "various": True, "area_label": "Parks"})
    assert "geo" not in various["location"]
    online = told(venue={**NOWHERE, "online": True, "area_label": "Online"})
    assert "location" not in online
    assert online["eventAttendanceMode"].endswith("OnlineEventAttendanceMode")
    both = told(also_at=[{**NOWHERE, "online": True}])
    assert both["eventAttendanceMode"].endswith("MixedEventAttendanceMode")
    assert both["location"]["name"] == "Foundry Lane Hall"


@pytest.mark.parametrize(
    ("code", "answer", "said"),
    [
        ("girls_only", "yes", "https://openactive.io/FemaleOnly"),
        ("boys_only", "yes", "https://openactive.io/MaleOnly"),
        ("girls_only", "ask", None),
        ("quiet_room", "yes", None),
    ],
)
def test_who_it_is_only_for(code: str, answer: str, said: str | None) -> None:
    mark = {"code": code, "label": "A mark", "answer": answer}
    assert told(support=[mark]).get("genderRestriction") == said


def test_what_is_there_is_the_clubs_own_word() -> None:
    said = told()["accessibilityInformation"]
    assert said == "The club says: A way in without steps (Side door); Staff know about autism."
    assert "accessibilityInformation" not in told(access=[], support=[])


def test_nothing_is_empty_and_no_markup_gets_out() -> None:
    found = told(name="<b>Dance</b>", description="", summary="", contact={})
    assert found["name"] == "‹b›Dance‹/b›"
    assert "description" not in found and "telephone" not in found["organizer"]
    assert '""' not in as_text(found) and "null" not in as_text(found) and "<" not in as_text(found)


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("kingfisher.example", "https://kingfisher.example"),
        ("http://kingfisher.example/dance", "http://kingfisher.example/dance"),
        ("javascript:alert(1)", None),
        ("https://[bad", None),
        ("no address at all", None),
    ],
)
def test_a_club_without_a_usable_address_has_its_page_here(given: str, url: str | None) -> None:
    by = {**document()["organisation"], "website": given}
    assert told(organisation=by)["organizer"]["url"] == (url or f"{URL}/organisations/kingfisher")


def test_a_date_is_told_by_the_clock_on_the_wall() -> None:
    def date_of(day: date) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(
            session_text("dance", "s", "d", day, "16:30", "18:00", URL)
        )
        return told

    winter, summer = date_of(date(2026, 11, 24)), date_of(date(2027, 6, 1))
    assert winter["startDate"] == "2026-11-24T16:30:00+00:00"
    assert summer["startDate"] == "2027-06-01T16:30:00+01:00"
    assert winter["duration"] == "PT1H30M"
    assert winter["superEvent"] == f"{URL}/activities/dance#s"


def test_a_picture_comes_with_its_small_one() -> None:
    picture = {"large": "a" * 64, "small": "b" * 64, "width": 800, "height": 600, "alt": "Dance"}
    (image,) = told(picture=picture)["image"]
    assert image["url"] == f"{URL}/pictures/{'a' * 64}.jpg"
    assert image["thumbnail"][0]["url"] == f"{URL}/pictures/{'b' * 64}.jpg"
