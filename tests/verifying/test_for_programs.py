"""The check as JSON, for a program that asks: the same answer, no more and no longer."""

import json
from datetime import date

import pytest

from registry import clock as time_of_day
from registry.cards.services import replace_cards
from registry.database import db
from tests.cards.cards import card, put
from tests.inventory.promised_words import overpromised

KNOWN = "SAS-7KQ2MX"
JSON = {"Accept": "application/json"}


@pytest.fixture
def kingfisher(app):
    put(
        card("Street Dance Juniors", slug="street", organisation=3, by="Kingfisher",
             reference=KNOWN, earlier_references=["SAS-ALDXYZ"]),
        card("Ballet", slug="ballet", organisation=3, by="Kingfisher",
             reference=KNOWN, earlier_references=["SAS-ALDXYZ"]),
    )  # fmt: skip


def test_a_program_learns_what_the_page_says(client, kingfisher):
    page = client.get(f"/verify/{KNOWN}", headers=JSON)
    assert (page.status, page.headers["Content-Type"]) == (200, "application/json")
    told = page.json
    assert told["on_the_register"] is True
    assert told["reference"] == KNOWN
    assert told["verify_url"] == f"{client.base_url}/verify/{KNOWN}"
    assert told["organisation"] == {
        "name": "Kingfisher",
        "url": f"{client.base_url}/organisations/organisation-3",
    }
    assert told["self_check_read_on"] == "2026-03-14"
    assert told["self_check_next_due_on"]
    assert [one["name"] for one in told["activities"]] == ["Ballet", "Street Dance Juniors"]
    assert told["points"][0] == "A plan to protect children"
    assert "self-check read by the council 14 March 2026. Next due" in told["says"]
    assert told["license"].endswith("/open-government-licence/version/3/")
    assert "licensed under the Open Government Licence v3.0" in told["attribution"]
    assert client.get("/verify/sas-aldxyz", headers=JSON).json == told, "the one before it"


@pytest.mark.parametrize(
    ("accept", "is_json"),
    [
        ("application/json", True),
        ("application/json, text/plain, */*", True),
        ("text/html;q=0.5, application/json", True),
        ("*/*", False),
        ("", False),
        ("text/html,application/xhtml+xml,*/*;q=0.8", False),
        ("application/json;q=0.5, text/html", False),
        ("application/json;q=0", False),
        ("nonsense;;;=", False),
    ],
)
def test_who_asks_for_json_gets_it_and_nobody_else(client, kingfisher, accept, is_json):
    for reference in (KNOWN, "SAS-ZZZZZZ"):
        page = client.get(f"/verify/{reference}", headers={"Accept": accept})
        assert (page.response.mimetype == "application/json") is is_json
        assert "Accept" in [name.strip() for name in page.headers["Vary"].split(",")]


def test_every_no_is_the_same_bytes_and_says_no_reference(client, app):
    put(
        card("Over", organisation=4, reference="SAS-QQQQQQ", until=date(2026, 1, 31)),
        card("Gone", organisation=5, reference="SAS-RRRRRR"),
    )
    replace_cards(5, [])
    db.session.commit()
    unknown = client.get("/verify/SAS-ZZZZZZ", headers=JSON)
    assert unknown.status == 404
    assert unknown.json["on_the_register"] is False
    assert unknown.json["says"] == "Not on the register today"
    assert "SAS-" not in unknown.html
    for asked in ("/verify/SAS-QQQQQQ", "/verify/SAS-RRRRRR", "/verify/%00", "/verify?reference=x"):
        page = client.get(asked, headers=JSON)
        assert (page.status, page.body) == (404, unknown.body), asked
        assert dict(page.headers) == dict(unknown.headers), asked


def test_it_is_kept_for_a_minute_and_never_past_midnight(client, app, clock):
    clock.travel_to("2026-11-22 12:00")
    put(card("Dance", reference=KNOWN, until=time_of_day.today()))
    for moment, seconds in (("2026-11-22 12:00:00", 60), ("2026-11-22 23:59:30", 30)):
        clock.freeze(moment)
        for reference in (KNOWN, "SAS-ZZZZZZ"):
            headers = client.get(f"/verify/{reference}", headers=JSON).headers
            assert headers["Cache-Control"] == f"public, max-age={seconds}"
            assert "ETag" not in headers and "Set-Cookie" not in headers
    clock.freeze("2026-11-23 00:00:00")
    assert client.get(f"/verify/{KNOWN}", headers=JSON).status == 404


def test_scripts_of_every_site_may_ask_and_the_page_stays_ours(client, kingfisher):
    for reference in (KNOWN, "SAS-ZZZZZZ"):
        told = client.get(f"/verify/{reference}", headers=JSON)
        assert told.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Origin" not in client.get(f"/verify/{reference}").headers
    head = client.raw.head(f"/verify/{KNOWN}", headers=JSON)
    assert (head.status_code, head.data) == (200, b"")


def test_no_word_of_assurance_but_the_fixed_sentences(client, kingfisher):
    for reference in (KNOWN, "SAS-ZZZZZZ"):
        told = client.get(f"/verify/{reference}", headers=JSON)
        assert overpromised(" . ".join(map(str, json.loads(told.html).values()))) == []
