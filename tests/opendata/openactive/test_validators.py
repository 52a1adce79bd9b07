"""OpenActive's own validators find no failure in anything that we give, and would find one.

What they warn of cannot be had (what clubs are not asked) or cannot be helped (a small register
has no page of 500). A failure breaks the standard.
"""

import json
import re
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from registry.cards.record import CardRecord
from registry.cards.services import replace_cards
from registry.database import db
from registry.demonstration import cards_file
from tests.cards.cards import card, document, put, session
from tests.opendata.openactive.harvesting import SERIES, SESSIONS, harvester
from tests.opendata.openactive.offline import (
    failures,
    wrong_with_each,
    wrong_with_the_examples,
    wrong_with_the_feed,
)
from tests.page import Visitor
from tests.rigs.processes import free_port
from tests.rigs.travelling import Clock

CARDS = Path(__file__).parents[2] / "cards" / "relevance" / "cards.jsonl"
VENUE = document()["venue"]
NOWHERE = {"name": "", "address_lines": [], "postcode": ""}
CITY = {"ward": "", "area_label": "Wolverhampton", "latitude": None, "longitude": None}
PLACES: tuple[dict[str, Any], ...] = (
    {},
    {**NOWHERE, "hidden": True},
    {**NOWHERE, **CITY, "hidden": True},
    {**NOWHERE, "online": True, "area_label": "Online", "latitude": None, "longitude": None},
    {**NOWHERE, "various": True, "area_label": "Parks", "latitude": None, "longitude": None},
    {"postcode": "", "outside_area": True},
)
MORNING = {"start": "10:00", "end": "12:00"}
WEEKS: tuple[dict[str, Any], ...] = (
    {},
    {"pattern": "fortnightly", "anchor": "2026-11-24", "season": "all_year"},
    {"pattern": "monthly", "nth": 2, "season": "all_year"},
    {"pattern": "monthly", "nth": -1, "season": "all_year"},
    {"pattern": "dates", "days": [], "dates": ["2026-12-05", "2026-12-12"]},
    {"pattern": "course", "runs": [["2026-11-24", "2027-01-26"]], "season": "all_year"},
    {"pattern": "all_day", "days": [0, 1, 2, 3, 4], "season": "christmas", "start": "09:00"},
    {"off": [{"on": "2026-12-08"}], "extra": [{"on": "2026-12-10", **MORNING}]},
)
COSTS: tuple[dict[str, Any], ...] = (
    {"kind": "session", "pence": 350, "unit_label": "a session", "trial": "free"},
    {"kind": "free", "pence": 0},
    {"kind": "donation", "pence": 0},
    {"kind": "haf", "pence": 0},
    {"kind": "term", "pence": 4999, "unit_label": "a term"},
    {"kind": "membership", "pence": 2000, "unit_label": "a month"},
)
KINDS = (
    "sport.football",
    "sport.martial_arts",
    "dance_arts.dance",
    "holiday.club",
    "early.toddler",
)
PICTURE = {"large": "a" * 64, "small": "b" * 64, "width": 800, "height": 600, "alt": "Dance"}


def of_every_kind() -> Iterator[CardRecord]:
    """Cards that differ in all that a feed says of them."""
    plain = [({}, {}, COSTS[0])]
    each = [*product(PLACES, WEEKS[:1], COSTS[:1]), *product(PLACES[:1], WEEKS, COSTS[:1])]
    each += [*product(PLACES[:1], WEEKS[:1], COSTS), *plain]
    for number, (place, week, cost) in enumerate(each, 1):
        yield card(
            f"<Karate> & “{number}”",
            activity_id=number,
            organisation=number,
            slug=f"karate-{number}",
            categories=(KINDS[number % len(KINDS)], "stem_games.chess"),
            venue=place,
            sessions=[session(**week)],
            cost=cost,
            until=date(2026, 12, 9),
            hide_times=number % 7 == 0,
            picture=PICTURE if number % 3 == 0 else None,
            support=[{"code": "girls_only", "label": "For girls only", "answer": "yes"}],
        )


def pages_of(client: Visitor, feed: str) -> list[dict[str, Any]]:
    """Every page of a feed, from the first to the one at the end, which has no items."""
    found = [json.loads(client.get(feed).body)]
    while found[-1]["items"]:
        found.append(json.loads(client.get(re.sub("^https?://[^/]*", "", found[-1]["next"])).body))
    return found


@pytest.fixture
def register(app: Flask, clock: Clock) -> None:
    """A few dozen cards of every kind, one of which has left."""
    clock.travel_to("2026-11-23 09:00")
    put(*of_every_kind())
    replace_cards(5, [])
    db.session.commit()


def test_no_item_and_no_page_breaks_the_standard(
    register: None, client: Visitor, app: Flask
) -> None:
    pages = [page for feed in (SERIES, SESSIONS) for page in pages_of(client, feed)[:-1]]
    assert sum(len(page["items"]) for page in pages) > 60
    assert {item["state"] for page in pages for item in page["items"]} == {"updated", "deleted"}
    found = wrong_with_each(pages)
    assert [failures(one) for one in found] == [[] for _ in pages]
    assert any(found), "the validator says something of every real feed: did it look?"


def test_the_walker_finds_nothing_on_its_way(register: None, app: Flask, live_server: str) -> None:
    for feed in (SERIES, SESSIONS):
        assert failures(wrong_with_the_feed(f"{live_server}{feed}")) == []
        assert failures(wrong_with_the_feed(f"{live_server}{feed}?limit=7")) == []


def test_the_dataset_and_the_catalogue_break_nothing(register: None, client: Visitor) -> None:
    site = client.get("/openactive")
    (dataset,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', site.html, re.DOTALL
    )
    answer = client.get("/openactive/catalogue")
    assert answer.headers["Content-Type"] == "application/ld+json"
    thing, catalogue = json.loads(dataset), json.loads(answer.body)
    assert failures(wrong_with_each([thing], "DatasetSite")[0]) == []
    assert failures(wrong_with_each([catalogue], "DataCatalog")[0]) == []
    assert catalogue["dataset"] == [thing["@id"]] == [thing["url"]]
    for download in thing["distribution"]:
        path = re.sub("^https?://[^/]*", "", download["contentUrl"])
        page = client.get(path)
        assert page.headers["Content-Type"] == download["encodingFormat"]
        assert json.loads(page.body)["items"][0]["kind"] == download["name"]
        assert download["contentUrl"] in site.html


def test_the_official_examples_break_nothing_either() -> None:
    """What the validator would fetch lies beside it, or these would fail."""
    found = wrong_with_the_examples()
    assert len(found) == 15
    assert {name: failures(one) for name, one in found.items() if failures(one)} == {}


def test_the_validator_finds_what_is_wrong(register: None, client: Visitor) -> None:
    page = json.loads(client.get(SERIES).body)

    def broken(**changes: Any) -> dict[str, Any]:
        (item,) = page["items"][:1]
        data = {**item["data"], **changes}
        data = {name: value for name, value in data.items() if value is not None}
        return {**page, "items": [{**item, "data": data}]}

    ours = {"@type": "Concept", "@id": "https://x.example/list#1", "prefLabel": "Chess"}
    things = [
        broken(activity=[{**ours, "inScheme": "https://x.example/list"}]),
        broken(activity=[{**ours, "inScheme": "https://openactive.io/activity-list"}]),
        broken(activity=None),
        broken(eventSchedule=None),
        broken(offers=None),
        broken(startDate="2026-11-24"),
        broken(**{"ext:foo": "bar"}),
    ]
    assert [bool(failures(found)) for found in wrong_with_each(things)] == [True] * len(things)
    assert failures(wrong_with_each([{"@type": "Dataset"}], "DatasetSite")[0])
    assert failures(wrong_with_each([{"@type": "DataCatalog"}], "DataCatalog")[0])


@pytest.mark.parametrize("what", ["nothing", "licence", "content type", "next", "text for numbers"])
def test_the_walker_finds_what_is_wrong(what: str, register: None, client: Visitor) -> None:
    with _served(client, what) as address:
        found = failures(wrong_with_the_feed(address))
    assert bool(found) == (what != "nothing"), found


@pytest.mark.slow
def test_nothing_of_the_whole_demonstration_breaks_the_standard(
    app: Flask, client: Visitor, clock: Clock
) -> None:
    day, cards = cards_file.read(CARDS)
    clock.travel_to(day)
    for organisation in {one.organisation_id for one in cards}:
        replace_cards(organisation, [one for one in cards if one.organisation_id == organisation])
    db.session.commit()
    pages = [page for feed in (SERIES, SESSIONS) for page in pages_of(client, feed)[:-1]]
    assert [failures(one) for one in wrong_with_each(pages)] == [[] for _ in pages]
    assert len(harvester(client).read_on().known) > 30


class _served:  # noqa: N801  reads as what it does
    """The first pages of the feed on a port, with one thing wrong."""

    def __init__(self, client: Visitor, wrong: str) -> None:
        address = f"http://localhost:{(port := free_port())}"
        pages = {}
        feed: str = SERIES
        for page in pages_of(client, feed):
            following = re.sub("^https?://[^/]*", "", page["next"])
            pages[feed] = {**page, "next": address + following}
            feed = following

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                # Past the end it is all the same page, which names itself.
                end = {"items": [], "next": address + self.path, "license": "https://x.example/l"}
                page = dict(pages.get(self.path, end))
                kind = "application/vnd.openactive.rpde+json; version=1"
                if wrong == "licence":
                    page["licence"] = page.pop("license")
                elif wrong == "content type":
                    kind = "text/html"
                elif wrong == "next":
                    page["next"] = address + self.path
                elif wrong == "text for numbers":
                    page["items"] = [{**one, "modified": "soon"} for one in page["items"]]
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Cache-Control", "public, max-age=8")
                self.end_headers()
                self.wfile.write(json.dumps(page).encode())

            def log_message(self, *_: Any) -> None:
                pass

        self.address = address + SERIES
        self.server = ThreadingHTTPServer(("localhost", port), Answer)

    def __enter__(self) -> str:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self.address

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
