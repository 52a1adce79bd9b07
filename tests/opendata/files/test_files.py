"""The register as plain files: a table, points on a map, what is new, and where every page is."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from registry.cards.services import replace_cards
from registry.database import db
from registry.opendata.files import geojson, sitemap
from registry.opendata.files import routes as files
from registry.opendata.files.finding import robots, search_description
from registry.opendata.files.routes import PAGES
from registry.opendata.files.streaming import streamed
from registry.opendata.files.table import Known
from registry.opendata.identifiers import identifier
from registry.opendata.published import PublishedCard
from tests.cards.cards import card, document, put, session
from tests.opendata import readers
from tests.opendata.csv_on_the_web import problem_with

ADDRESSES = (
    "/data/activities.csv",
    "/data/activities.csv-metadata.json",
    "/data/activities.geojson",
    "/data/new-activities.atom",
    "/sitemap.xml",
    "/sitemaps/pages-1.xml",
    "/sitemaps/activities-1.xml",
    "/sitemaps/organisations-1.xml",
    "/opensearch.xml",
    "/robots.txt",
)
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
PRIVATE = {"hidden": True, "address_lines": [], "postcode": "", "name": ""}


@pytest.fixture
def register(app, clock):
    """Five activities of every kind of place, listed today; one whose day has passed."""
    clock.freeze("2026-11-22 10:00")
    there = document()["venue"]
    put(
        card("Street", slug="street", organisation=3, by="=1+1", contact=HARM,
             description="Two\nlines, “quoted” and \"plain\"; all in one.",
             languages=["English", "Polish; Urdu"]),
        card("Ballet", slug="ballet", organisation=3, by="=1+1",
             sessions=[session(days=[1]), session(days=[5], start="10:00", end="11:00")]),
        card("At two places", slug="two", organisation=4,
             also_at=[{**there, "name": "Park Hall", "latitude": 52.61, "longitude": -2.05}]),
        card("Near home", slug="home", organisation=5, venue=PRIVATE, hide_times=True),
        card("Online", slug="online", organisation=6, at=None,
             venue={"online": True, "name": "", "address_lines": [], "postcode": "", "ward": ""}),
        card("Over", slug="over", organisation=7, until=date(2026, 11, 21)),
    )  # fmt: skip


HARM = {"phone": "+44 1902 555010", "email": "@SUM(A1:A9)", "website": ""}
LISTED = {"street", "ballet", "two", "home", "online"}


def test_every_file_has_the_same_activities(client, register):
    assert readers.activities_in_csv(client) == LISTED
    assert readers.activities_in_geojson(client) == LISTED
    assert readers.activities_in_sitemap(client) == LISTED
    assert set(readers.activities_in_atom(client)) == LISTED
    replace_cards(3, [])
    db.session.commit()
    left = {"two", "home", "online"}
    assert readers.activities_in_csv(client) == readers.activities_in_geojson(client) == left
    assert readers.activities_in_sitemap(client) == set(readers.activities_in_atom(client)) == left
    assert not any("organisation-3" in one for one in readers.addresses_in_sitemap(client))


def test_nothing_is_in_a_file_after_its_last_day(client, register, clock):
    clock.freeze("2030-01-01 00:30")
    assert readers.activities_in_csv(client) == readers.activities_in_geojson(client) == set()
    assert readers.activities_in_sitemap(client) == set()
    assert readers.activities_in_atom(client) == []
    assert readers.collection(client)["features"] == []
    assert "bbox" not in readers.collection(client)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_file_is_asked_about_before_it_is_made_again(client, register, address):
    page = client.get(address)
    assert page.status == 200
    assert page.headers["Access-Control-Allow-Origin"] == "*"
    assert page.headers["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in page.headers
    again = client.get(address, headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    head = client.raw.head(address)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", page.headers["ETag"])
    replace_cards(6, [])
    db.session.commit()
    assert client.get(address, headers={"If-None-Match": page.headers["ETag"]}).status == 200


def test_a_file_comes_packed_to_who_can_open_it(client, register):
    import gzip

    plain = client.get("/data/activities.csv")
    packed = client.get("/data/activities.csv", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_a_file_of_any_length_is_made_a_piece_at_a_time(app):
    """Whoever fetches it has the first bytes while most cards are still unread."""
    read = 0

    def cards():
        nonlocal read
        for number in range(5_000):
            read += 1
            yield card(f"Number {number}", activity_id=number + 1)

    def listed():
        for one in cards():
            yield PublishedCard(
                activity_id=one.activity_id, organisation_id=one.organisation_id, slug=one.slug,
                organisation_slug=one.organisation_slug, name=one.name,
                listed_until=one.listed_until, version=1, first_listed_at=None, changed_at=None,
                document=one.document,
            )  # fmt: skip

    known = Known("https://x.example", lambda *of: "-".join(map(str, of)), "Of somebody.")
    for lines in (
        files._lines(listed(), known),
        geojson.collection(listed(), known, {"title": "x"}),
    ):
        read = 0
        with app.test_request_context("/data/activities.csv"):
            answer = streamed(lines, "text/csv")
            pieces = answer.iter_encoded()
            assert len(next(pieces)) > 60_000
            assert 0 < read < 500
            answer.close()


# The table.


def test_a_line_says_what_the_page_says(client, register):
    by_slug = {row["slug"]: row for row in readers.rows_of_csv(client)}
    ballet, home = by_slug["ballet"], by_slug["home"]
    assert ballet["name"] == "Ballet"
    assert ballet["url"] == f"{client.base_url}/activities/ballet"
    assert (ballet["minimum_age_months"], ballet["maximum_age_months"]) == ("84", "143")
    assert ballet["when"] == (
        "Tuesdays, 4.30pm to 5.30pm, term time;Saturdays, 10am to 11am, term time"
    )
    assert (ballet["latitude"], ballet["longitude"]) == ("52.593600", "-2.106500")
    assert (ballet["cost_kind"], ballet["cost_pounds"]) == ("session", "3.50")
    assert ballet["access"] == "A way in without steps"
    assert ballet["access_to_ask_about"] == "Bus stop close by"
    assert ballet["self_check_read_on"] == "2026-03-14"
    assert ballet["first_listed_on"] == "2026-11-22"
    assert ballet["changed_at"] == "2026-11-22T10:00:00Z"
    assert ballet["place_kind"] == "at"
    assert (home["place_kind"], home["address"], home["postcode"]) == ("area", "", "")
    assert "4.30pm" not in home["when"]
    assert by_slug["online"]["latitude"] == ""
    assert by_slug["two"]["other_places"] == "Park Hall"


def test_no_cell_is_a_formula_and_none_begins_another(client, register):
    street = next(row for row in readers.rows_of_csv(client) if row["slug"] == "street")
    assert street["organisation"] == "'=1+1"
    assert (street["phone"], street["email"]) == ("'+44 1902 555010", "'@SUM(A1:A9)")
    assert street["description"] == 'Two\nlines, “quoted” and "plain"; all in one.'
    assert street["languages"] == "English;Polish, Urdu"
    body = client.get("/data/activities.csv").body.decode()
    for row in csv.reader(io.StringIO(body)):
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "\t", "\r"))
            assert not cell.startswith("-") or float(cell)


def test_the_table_is_told_as_the_web_has_it(client, register):
    page = client.get("/data/activities.csv")
    assert page.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    links = ", ".join(page.headers.getlist("Link"))
    described = 'rel="describedby"; type="application/csvm+json"'
    assert f"</data/activities.csv-metadata.json>; {described}" in links
    assert f'<{OGL}>; rel="license"' in links
    told = client.get("/data/activities.csv-metadata.json")
    assert told.headers["Content-Type"] == "application/csvm+json"
    assert told.json["dc:license"] == {"@id": OGL}
    assert "City of Wolverhampton Council" in told.json["dc:rights"]


def problem(folder: Path, table: bytes, metadata: bytes) -> str:
    (folder / "activities.csv").write_bytes(table)
    described = folder / "activities.csv-metadata.json"
    described.write_bytes(metadata)
    return problem_with(described)


def test_the_table_is_valid_csv_on_the_web(client, register, tmp_path):
    table = client.get("/data/activities.csv").body
    metadata = client.get("/data/activities.csv-metadata.json").body
    assert problem(tmp_path, table, metadata) == ""
    for wrong in (
        table.replace(b"52.593600", b"north"),
        table.replace(b",84,", b",seven,"),
        table.replace(b",false,", b",perhaps,"),
        table.replace(b"2026-11-22T10:00:00Z", b"yesterday"),
        table.replace(b"2026-03-14", b"14/03/2026"),
        table.replace(b"slug,url", b"slug,link"),
    ):
        assert wrong != table
        assert problem(tmp_path, wrong, metadata)


# The map.


def test_points_are_those_of_the_cards_longitude_first(client, register):
    found = readers.collection(client)
    assert found["type"] == "FeatureCollection"
    by_slug = {one["properties"]["slug"]: one for one in found["features"]}
    assert by_slug["street"]["geometry"] == {"type": "Point", "coordinates": [-2.1065, 52.5936]}
    assert by_slug["two"]["geometry"] == {
        "type": "MultiPoint",
        "coordinates": [[-2.1065, 52.5936], [-2.05, 52.61]],
    }
    assert by_slug["online"]["geometry"] is None
    assert by_slug["home"]["properties"]["places"] == [
        {"ward": "Heath Town", "area_label": "Heath Town, Wolverhampton", "about_here": True}
    ]
    assert found["bbox"] == [-2.1065, 52.5936, -2.05, 52.61]
    assert "licensed under the Open Government Licence v3.0" in found["attribution"]
    assert found["license"] == OGL
    assert not wrong_in(found)
    ids = {one["id"] for one in found["features"]}
    assert ids == {row["id"] for row in readers.rows_of_csv(client)}


def wrong_in(found) -> list[str]:
    """What RFC 7946 would not have, as far as these files go."""
    wrong = []
    west, south, east, north = found["bbox"]
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        wrong.append("the box")
    for one in found["features"]:
        if one["type"] != "Feature" or not {"geometry", "properties"} <= set(one):
            wrong.append(f"not a feature: {one['id']}")
        geometry = one["geometry"] or {"type": "MultiPoint", "coordinates": []}
        points = geometry["coordinates"]
        for x, y in [points] if geometry["type"] == "Point" else points:
            # The council's area is west of Greenwich and far north of the equator.
            if not (west <= x <= east and south <= y <= north) or x > 0 or y < 49:
                wrong.append(f"{one['id']}: {x}, {y}")
    if {"crs", "coordinates", "geometries", "properties"} & set(found):
        wrong.append("a member that a collection may not have")
    return wrong


def test_a_point_the_wrong_way_round_is_found(client, register):
    found = readers.collection(client)
    for one in found["features"]:
        if one["geometry"] and one["geometry"]["type"] == "Point":
            one["geometry"]["coordinates"].reverse()
    assert wrong_in(found)


# What is new.


def test_the_feed_has_the_newest_first(client, register, clock):
    clock.freeze("2026-11-24 18:00")
    put(card("Chess", slug="chess", organisation=8))
    clock.freeze("2026-11-25 18:00")
    put(card("Judo & more <3", slug="judo", organisation=9))
    assert readers.activities_in_atom(client)[:2] == ["judo", "chess"]
    page = client.get("/data/new-activities.atom")
    assert page.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert wrong_in_feed(page.body) == []
    root = ElementTree.fromstring(page.body)  # noqa: S314  our own answer
    assert root.findtext(f"{readers.ATOM}updated") == "2026-11-25T18:00:00Z"
    judo = next(root.iter(f"{readers.ATOM}entry"))
    assert judo.findtext(f"{readers.ATOM}title") == "Judo & more <3"
    assert judo.findtext(f"{readers.ATOM}published") == "2026-11-25T18:00:00Z"
    assert "licensed under" in (root.findtext(f"{readers.ATOM}rights") or "")


def test_what_comes_back_is_not_new(client, register, clock):
    chess = card("Chess", slug="chess", organisation=8, until=date(2027, 2, 1))
    clock.freeze("2026-11-23 18:00")
    put(chess)
    clock.freeze("2026-11-24 18:00")
    put(card("Judo", slug="judo", organisation=9))
    replace_cards(8, [])
    db.session.commit()
    clock.freeze("2026-11-28 18:00")
    put(chess)
    assert readers.activities_in_atom(client)[:2] == ["judo", "chess"]


def test_an_empty_feed_is_a_feed(client, app):
    page = client.get("/data/new-activities.atom")
    assert wrong_in_feed(page.body) == []


def wrong_in_feed(body: bytes) -> list[str]:
    """What RFC 4287 would not have."""
    root = ElementTree.fromstring(body)  # noqa: S314  our own answer
    wrong = []
    entries = root.findall(f"{readers.ATOM}entry")
    for where in (root, *entries):
        for name in ("id", "title", "updated"):
            found = where.findall(f"{readers.ATOM}{name}")
            if len(found) != 1 or not (found[0].text or "").strip():
                wrong.append(f"{where.tag}: {name}")
        for at in (
            *where.findall(f"{readers.ATOM}updated"),
            *where.findall(f"{readers.ATOM}published"),
        ):
            if not (at.text or "").endswith("Z"):
                wrong.append(f"no moment: {at.text}")
    if root.tag != f"{readers.ATOM}feed":
        wrong.append(root.tag)
    ids = [one.findtext(f"{readers.ATOM}id") for one in entries]
    if len(set(ids)) != len(ids):
        wrong.append("one entry twice")
    if not root.findall(f"{readers.ATOM}author"):
        wrong.append("nobody's")
    selves = [one for one in root.findall(f"{readers.ATOM}link") if one.get("rel") == "self"]
    if len(selves) != 1:
        wrong.append("no link to itself")
    return wrong


def test_a_feed_that_is_none_is_found():
    assert wrong_in_feed(b'<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>')


# Where every page is.


def test_a_sitemap_of_many_has_many_parts(client, register, monkeypatch):
    monkeypatch.setattr(sitemap.parts, "__defaults__", (2,))
    monkeypatch.setattr(sitemap.rows_of, "__defaults__", (2,))
    index = ElementTree.fromstring(client.get("/sitemap.xml").body)  # noqa: S314
    parts = [urlsplit(one.text).path for one in index.iter(f"{readers.SITEMAP}loc")]
    assert parts == [
        "/sitemaps/pages-1.xml",
        *(f"/sitemaps/activities-{n}.xml" for n in (1, 2, 3)),
        *(f"/sitemaps/organisations-{n}.xml" for n in (1, 2)),
    ]
    assert readers.activities_in_sitemap(client) == LISTED
    for path in parts[1:]:
        part = ElementTree.fromstring(client.get(path).body)  # noqa: S314
        assert 1 <= len(part) <= 2, path
    assert client.get("/sitemaps/activities-4.xml").status == 404


def test_a_sitemap_keeps_to_its_limits(client, register):
    assert sitemap.MOST == 50_000
    for path in ("/sitemap.xml", *ADDRESSES[5:8]):
        page = client.get(path)
        assert page.headers["Content-Type"] == "application/xml; charset=utf-8"
        root = ElementTree.fromstring(page.body)  # noqa: S314
        for one in root:
            names = [child.tag.removeprefix(readers.SITEMAP) for child in one]
            assert names in (["loc"], ["loc", "lastmod"]), path
            assert (one.findtext(f"{readers.SITEMAP}loc") or "").startswith(client.base_url)
            changed = one.findtext(f"{readers.SITEMAP}lastmod")
            assert changed in (None, "2026-11-22T10:00:00Z")


def test_every_page_of_the_sitemap_opens_and_may_be_kept(client, register):
    addresses = readers.addresses_in_sitemap(client)
    assert len(addresses) == len(set(addresses))
    assert {urlsplit(one).path or "/" for one in addresses} >= set(PAGES) - {"/data"}
    assert f"{client.base_url}/organisations/organisation-3" in addresses
    for address in addresses:
        if address.endswith("/data"):
            continue  # another part's
        page = client.get(address)
        assert page.status == 200, address
        assert 'content="noindex"' not in page.html, address


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999999999"])
def test_a_part_that_is_not_there_is_not_found(client, register, number):
    assert client.get(f"/sitemaps/activities-{number}.xml").status == 404
    assert client.get(f"/sitemaps/pages-{number}.xml").status == 404


# For programs.


def test_a_browser_learns_to_search_here(client, app):
    root = ElementTree.fromstring(client.get("/opensearch.xml").body)  # noqa: S314
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.tag == f"{space}OpenSearchDescription"
    assert len(root.findtext(f"{space}ShortName") or "") <= 16
    assert len(root.findtext(f"{space}Description") or "") <= 1024
    assert len(root.findtext(f"{space}Attribution") or "") <= 256
    url = root.findall(f"{space}Url")[0]
    template = (url.get("template") or "").replace("{searchTerms}", "judo")
    assert template.endswith("/activities?q=judo&postcode={geo:name?}")
    assert client.get(template.replace("{geo:name?}", "")).status == 200
    long = search_description("The very long name of a scheme", "X", "https://x.org", "a" * 999, "")
    assert b"The very long na</ShortName>" in long


def test_crawlers_are_told_where_to_go(client, app):
    page = client.get("/robots.txt")
    assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = page.html.splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /council" in lines
    assert f"Sitemap: {client.base_url}/sitemap.xml" in lines
    assert "Disallow: /" in robots("https://x.org", is_demonstration=True).splitlines()


def test_every_public_page_leads_programs_to_the_search_and_the_feed(client, register):
    for address in ("/", "/activities", "/activities/street", "/help"):
        html = client.get(address).html
        assert 'rel="search" type="application/opensearchdescription+xml"' in html
        assert 'href="/data/new-activities.atom"' in html


def test_identifiers_are_those_of_the_other_feeds(client, register):
    with client.app.app_context():
        ids = {identifier("service", one) for one in numbers()}
    assert {row["id"] for row in readers.rows_of_csv(client)} == ids
    assert json.loads(client.get(files.METADATA).body)["tableSchema"]["primaryKey"] == "id"


def numbers() -> list[int]:
    from registry.opendata.published import published_ids

    return published_ids()
