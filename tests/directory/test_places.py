"""A place instead of a postcode: the box, the list behind “near me”, and who may ask a browser."""

import json

import pytest

from registry.geography.place_names import place_names
from tests.cards.cards import HEATH_TOWN, card, put

BILSTON = (52.5659, -2.0736)


@pytest.fixture
def clubs(app):
    """One in Heath Town, one in Bilston."""
    put(card("Street dance", at=HEATH_TOWN), card("Chess", at=BILSTON))


def address_in(page):
    """Where a page finds the points of the places."""
    return page.html.split('data-near-me="')[1].split('"')[0]


@pytest.mark.parametrize("typed", ["Heath Town", "heath town", "HEATHTOWN"])
def test_a_name_in_the_box_is_where_the_search_starts(client, clubs, typed):
    form = client.get("/").form("/activities")
    page = form.fill({"postcode": typed}).submit("Search")
    assert "nearest to Heath Town" in page.main
    assert "about 0.1 miles from Heath Town" in page.main
    assert page.form("/activities").fields["postcode"] == "Heath Town"
    within = client.get("/activities?postcode=heath+town&distance=1")
    assert within.h1 == "1 activity"
    assert "within 1 mile of Heath Town" in within.main


def test_a_chip_takes_the_place_away(client, clubs):
    page = client.get("/activities?place=Heath+Town&distance=1")
    assert page.follow("Remove Within 1 mile of Heath Town").h1 == "2 activities"


def test_a_name_that_we_do_not_know_gets_a_sentence_and_names_that_are_near(client, clubs):
    page = client.get("/activities?postcode=whitmor+reens&age=8")
    assert "We do not know “whitmor reens”. Try a postcode" in page.html
    assert page.links["Whitmore Reans"] == "/activities?place=Whitmore+Reans&age=8"
    assert page.form("/activities").fields["postcode"] == "whitmor reens"
    assert "Did you mean" not in client.get("/activities?postcode=football").html
    assert page.status == 200


def test_young_people_are_asked_what_they_meant_on_their_own_page(client, clubs):
    page = client.get("/young-people?postcode=whitmor")
    assert page.links["Whitmore Reans"].startswith("/young-people?place=Whitmore+Reans")


@pytest.mark.parametrize("address", ["/", "/activities", "/young-people"])
def test_every_search_box_offers_the_names_in_two_kilobytes_at_most(client, app, address):
    page = client.get(address)
    offered = page.html.split('<datalist id="place-names">')[1].split("</datalist>")[0]
    assert offered.startswith("<option>Aldersley<option>")
    assert offered.count("<option>") == len(place_names())
    assert len(offered.encode()) <= 2_000
    assert 'list="place-names"' in page.html


def test_the_list_for_near_me_has_each_name_with_its_point_about(client, app):
    address = address_in(client.get("/"))
    answer = client.raw.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers
    told = {name: point for name, *point in json.loads(answer.data)}
    assert told["Heath Town"] == [52.595, -2.105]
    assert len(answer.data) < 5_000


def test_an_address_of_an_earlier_list_leads_to_the_list_of_today(client, app):
    answer = client.raw.get("/places-of-yesterday.json")
    assert answer.status_code == 302
    assert answer.headers["Location"] == address_in(client.get("/"))


def test_the_address_changes_with_the_list(client, app, monkeypatch):
    before = address_in(client.get("/"))
    monkeypatch.setattr("registry.directory.routes.places.place_names", lambda: place_names()[:5])
    assert address_in(client.get("/")) != before


@pytest.mark.parametrize("address", ["/", "/activities", "/young-people"])
def test_a_browser_may_be_asked_where_it_is_on_pages_with_the_button(client, clubs, address):
    first = client.raw.get(address)
    assert "geolocation=(self)" in first.headers["Permissions-Policy"]
    again = client.raw.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    # A browser keeps what was said with the page, unless it is told otherwise.
    assert "geolocation=()" not in again.headers.get("Permissions-Policy", "")


@pytest.mark.parametrize("address", ["/help", "/sign-in", "/shortlist", "/no-such-page"])
def test_and_on_no_other_page(client, app, address):
    policy = client.raw.get(address).headers["Permissions-Policy"]
    assert "geolocation=()" in policy
    assert "camera=()" in policy
