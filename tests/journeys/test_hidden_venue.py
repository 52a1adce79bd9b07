"""A place that may not be found is not found: not by its page, and not by measuring towards it."""

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from statistics import mean
from urllib.parse import quote_plus

import pytest
from flask import Flask

from registry.database import db
from registry.demonstration.walking import VenuePlan
from tests.factories import COACH, an_approved, hidden
from tests.journeys.story import great_circle_miles, postcodes
from tests.page import Page, Visitor

NAME, STREET, POSTCODE = "Hollybush Cottage", "88 Quarrington Row", "WV6 8QF"
PLAN = replace(COACH, venues=(VenuePlan(NAME, POSTCODE, STREET),))
LISTING = "/activities/saturday-football"
ORGANISATION = "/organisations/marcus-bell-football-coaching"

Point = tuple[float, float]


@pytest.fixture(scope="module")
def every_postcode() -> dict[str, dict[str, str]]:
    """The WV postcodes that have a point: what the tests load."""
    return {
        row["postcode"]: row
        for row in postcodes()
        if row["postcode"].startswith("WV") and row["latitude"]
    }


def point(row: dict[str, str]) -> Point:
    return float(row["latitude"]), float(row["longitude"])


def centre_of_its_ward(home: dict[str, str], every: dict[str, dict[str, str]]) -> Point:
    """The mean of the points of the ward's postcodes."""
    ward = [point(row) for row in every.values() if row["ward_code"] == home["ward_code"]]
    return mean(north for north, _ in ward), mean(east for _, east in ward)


def around(centre: Point, every: dict[str, dict[str, str]]) -> Iterator[str]:
    """36 postcodes: in twelve directions, at about a third of a mile, one mile and three."""
    points = {code: point(row) for code, row in every.items()}
    for miles in (0.35, 1.0, 3.0):
        for hour in range(12):
            north = miles / 69.0 * math.cos(hour * math.pi / 6)
            east = miles / 42.0 * math.sin(hour * math.pi / 6)
            aim = (centre[0] + north, centre[1] + east)
            yield min(points, key=lambda code: math.dist(points[code], aim))


def search_from(parent: Visitor, postcode: str) -> Page:
    """Through the form of the search page, as a parent does."""
    page = parent.get("/activities")
    return page.form("postcode").fill(postcode=postcode).submit("Search")


def shown_miles(page: Page) -> list[float]:
    return [float(found) for found in re.findall(r"([\d.]+) miles? from", page.main)]


def says_nothing_of_the_place(page: Page, at: Point) -> None:
    """Neither its words nor its numbers are anywhere in what was sent, headers included."""
    sent = page.html + str(page.headers)
    for secret in (NAME, "Hollybush", STREET, "Quarrington", POSTCODE, POSTCODE.replace(" ", "")):
        assert secret.lower() not in sent.lower(), (page.path, secret)
    for degrees in at:
        assert f"{degrees:.4f}" not in sent, (page.path, degrees)


def test_36_postcodes_around_a_hidden_place_all_measure_to_the_centre_of_its_ward(
    app: Flask, client: Visitor, every_postcode: dict[str, dict[str, str]]
) -> None:
    home = every_postcode[POSTCODE]
    real = point(home)
    centre = centre_of_its_ward(home, every_postcode)
    assert great_circle_miles(real, centre) > 0.3, "too near the centre to tell them apart"
    an_approved(plan=hidden(PLAN))
    db.session.commit()

    searched = list(dict.fromkeys(around(real, every_postcode)))
    assert len(searched) == 36
    told_apart = 0
    for postcode in searched:
        start = point(every_postcode[postcode])
        page = search_from(client, postcode)
        shown = shown_miles(page)
        assert len(shown) == 1, (postcode, page.main)
        to_centre = great_circle_miles(start, centre)
        assert abs(shown[0] - to_centre) < 0.06, (postcode, shown, to_centre)
        told_apart += abs(shown[0] - great_circle_miles(start, real)) > 0.1
        if postcode != POSTCODE:
            says_nothing_of_the_place(page, real)
    assert told_apart > 18, "the real place would have given other distances"


def test_a_ring_around_a_hidden_place_is_a_ring_around_its_ward(
    app: Flask, client: Visitor, every_postcode: dict[str, dict[str, str]]
) -> None:
    """Asking “within a mile” from both sides must not fence the real place in."""
    home = every_postcode[POSTCODE]
    real = point(home)
    centre = centre_of_its_ward(home, every_postcode)
    an_approved(plan=hidden(PLAN))
    db.session.commit()
    for postcode in around(real, every_postcode):
        far = great_circle_miles(point(every_postcode[postcode]), centre)
        if abs(far - 1) < 0.02:
            continue
        page = client.get(f"/activities?postcode={quote_plus(postcode)}&distance=1")
        assert ("Saturday football" in page.main) == (far < 1), (postcode, far)


@pytest.mark.parametrize("privacy", ["hidden", "hidden_area"])
def test_nothing_of_a_hidden_place_is_in_any_public_page(
    app: Flask, client: Visitor, every_postcode: dict[str, dict[str, str]], privacy: str
) -> None:
    real = point(every_postcode[POSTCODE])
    an_approved(plan=hidden(PLAN, privacy))
    db.session.commit()
    public = ["/", "/activities", LISTING, ORGANISATION, "/about", "/criteria", "/help"]
    for address in public:
        page = client.get(address)
        assert page.status == 200, address
        says_nothing_of_the_place(page, real)
    for words in (NAME, STREET, "Quarrington"):
        found = client.get(f"/activities?q={quote_plus(words)}")
        assert "Saturday football" not in found.main, f"found by its secret {words}"


def test_a_place_whose_ward_is_secret_too_has_no_distance_from_anywhere(
    app: Flask, client: Visitor, every_postcode: dict[str, dict[str, str]]
) -> None:
    real = point(every_postcode[POSTCODE])
    ward = every_postcode[POSTCODE]["ward_name"]
    an_approved(plan=hidden(PLAN, "hidden_area"))
    db.session.commit()
    for postcode in around(real, every_postcode):
        page = search_from(client, postcode)
        assert "Saturday football" in page.main
        assert shown_miles(page) == []
        if postcode != POSTCODE:
            says_nothing_of_the_place(page, real)
    assert ward not in client.get(LISTING).main
