"""What cannot be had is said as problem details, to any site, and says nothing of why."""

import pytest

from registry.cards.identifiers import identifier
from registry.opendata.oruk import routes
from tests.cards.cards import card, put
from tests.opendata.oruk.standard import BASE

UNUSABLE = [
    ("page", "0"), ("page", "-1"), ("page", "one"), ("page", "1.5"), ("page", "9" * 400),
    ("page", "²"), ("per_page", "0"), ("per_page", "1001"), ("taxonomy_term_id", "football"),
    ("taxonomy_id", "1"), ("organization_id", "x"), ("minimum_age", "five"),
    ("minimum_age", "-1"), ("maximum_age", "1e3"), ("maximum_age", "999"), ("start_time", "4pm"),
    ("start_time", "24:00"), ("end_time", "16.30"), ("day", "Someday"), ("postcode", "nowhere"),
    ("postcode", "ZZ1 1ZZ"), ("postcode", "\0"), ("proximity", "near"),
    ("modified_after", "yesterday"), ("modified_after", "9999-99-99"), ("full", "maybe"),
    ("minimal", "2"), ("format", "xml"), ("search", "a" * 201), ("search", "\0"),
]  # fmt: skip


def fetch(client, path, method="GET", **options):
    """An answer as it is, whatever it is."""
    return client.raw.open(path, method=method, base_url=client.base_url, **options)


def looked_at(answer, status):
    """What the problem says, with what every problem has looked at."""
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    told = answer.json
    assert told["status"] == status
    assert told["detail"] and told["title"] and told["type"]
    return told


@pytest.mark.parametrize(("name", "value"), UNUSABLE)
def test_what_cannot_be_used_is_named_with_what_to_write(client, app, name, value):
    told = looked_at(fetch(client, f"{BASE}/services", query_string={name: value}), 400)
    assert told["parameter"] == name
    assert told["errors"][0]["parameter"] == name
    assert told["errors"][0]["detail"].startswith(("Give ", "Search ", "We do not know"))
    assert value not in str(told) or len(value) < 4, "what was typed is not said again"


def test_everything_that_is_wrong_is_told_at_once(client, app):
    query = "page=0&day=x&proximity=100"
    told = looked_at(fetch(client, f"{BASE}/service_at_locations?{query}"), 400)
    assert [one["parameter"] for one in told["errors"]] == ["day", "postcode", "page"]


def test_what_is_not_here_is_said_with_the_same_bytes_whatever_the_reason(client, app, clock):
    clock.freeze("2026-11-20 12:00")
    put(card("Gone tomorrow", activity_id=1))
    number = identifier("service", 1)
    there = fetch(client, f"{BASE}/services/{number}")
    assert there.status_code == 200
    clock.freeze("2028-11-20 12:00")
    answers = [
        fetch(client, path)
        for path in (
            f"{BASE}/services/{number}",
            f"{BASE}/services/{identifier('service', 999)}",
            f"{BASE}/services/not-an-id",
            f"{BASE}/services/{'%00'}",
            f"{BASE}/service_at_locations/{identifier('service_at_location', 1, 0)}",
            f"{BASE}/organizations/{identifier('organization', 1)}",
            f"{BASE}/taxonomies/x",
            f"{BASE}/taxonomy_terms/x",
            f"{BASE}/nothing",
            "/oruk/v9",
        )
    ]
    for answer in answers:
        looked_at(answer, 404)
    kept = {
        (answer.data, str(sorted((k, v) for k, v in answer.headers if k not in ("Date",))))
        for answer in answers
    }
    assert len(kept) == 1
    held = {"If-None-Match": there.headers["ETag"]}
    assert fetch(client, f"{BASE}/services/{number}", headers=held).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_it_can_only_be_read(client, app, method):
    answer = fetch(client, f"{BASE}/services", method)
    looked_at(answer, 405)
    assert "GET" in answer.headers["Allow"]


def test_a_browser_of_another_site_may_ask_first(client, app):
    answer = fetch(client, f"{BASE}/services", "OPTIONS", headers={"Origin": "https://x.example"})
    assert answer.status_code == 200
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]


def test_a_fault_of_ours_is_told_the_same_way(client, app, monkeypatch):
    def broken(*_):
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr(routes.finding, "found", broken)
    client.loud = False
    app.config["PROPAGATE_EXCEPTIONS"], before = False, app.config.get("PROPAGATE_EXCEPTIONS")
    try:
        answer = fetch(client, f"{BASE}/services")
    finally:
        app.config["PROPAGATE_EXCEPTIONS"] = before
    looked_at(answer, 500)
    assert "secret" not in answer.text


def test_with_and_without_a_slash(client, app):
    for path in (BASE, f"{BASE}/"):
        about = fetch(client, path)
        assert about.status_code == 200
        assert about.json["version"] == "HSDS-UK-3.0"
    assert fetch(client, f"{BASE}/services/").json == fetch(client, f"{BASE}/services").json


def test_who_has_the_newest_already_is_told_so(client, app, clock):
    clock.freeze("2026-11-20 12:00:30")
    put(card("Judo", activity_id=1))
    for path in ("/services", f"/services/{identifier('service', 1)}", "/taxonomies", "/"):
        first = fetch(client, f"{BASE}{path}")
        assert first.headers["Last-Modified"] == "Fri, 20 Nov 2026 12:00:30 GMT"
        assert first.headers["Cache-Control"] == "public, no-cache"
        again = fetch(client, f"{BASE}{path}", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["Access-Control-Allow-Origin"] == "*"
        head = fetch(client, f"{BASE}{path}", "HEAD")
        assert (head.status_code, head.data) == (200, b"")
        assert head.headers["ETag"] == first.headers["ETag"]
    held = {"If-None-Match": fetch(client, f"{BASE}/services").headers["ETag"]}
    put(card("Karate", activity_id=2))
    assert fetch(client, f"{BASE}/services", headers=held).status_code == 200
