"""Feeds over HTTP, from a real server of our own: polite, resumable, and never from within."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.database import db
from registry.errors import BadInput
from registry.importing import services
from registry.importing.feeds import BrokenFeed, FeedRests
from registry.importing.feeds.fetching import Fetcher
from registry.importing.models import ImportRow, ImportRun
from registry.importing.working import work_on
from registry.organisations.models import Activity
from tests.importing.hostile import SERVICE
from tests.importing.runs import CHOIR, JUDO, SAMPLES, a_file

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Server:
    """A publisher: `answers` says what comes for a path; every request is remembered."""

    address: str = ""
    answer: Callable[[str, dict[str, str]], Answer] = lambda path, query: (404, {}, b"")
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            found.asked.append(self.path)
            found.agents.add(self.headers["User-Agent"])
            query = {name: said[0] for name, said in parse_qs(parts.query).items()}
            status, headers, content = found.answer(parts.path, query)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    found.address = f"http://127.0.0.1:{http.server_port}"
    yield found
    http.shutdown()
    http.server_close()
    thread.join()


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher("SafeandSound/1 (+tests)", allow_private=True, pause=0, sleep=lambda _: None)


def said(document: Any, status: int = 200, **headers: str) -> Answer:
    """A JSON answer."""
    return status, {"Content-Type": "application/json", **headers}, json.dumps(document).encode()


def number(count: int) -> str:
    """The id of a service."""
    return f"00000000-0000-4000-8000-{count:012d}"


def a_service(count: int) -> dict[str, Any]:
    """One of many."""
    return {**SERVICE, "id": number(count), "name": f"Judo {count}"}


def a_publisher(total: int, per_page: int = 50) -> Callable[[str, dict[str, str]], Answer]:
    """A feed as the standard has it: a root, pages, and each service by its id."""

    def answer(path: str, query: dict[str, str]) -> Answer:
        if path.rstrip("/") == "/oruk/v3":
            return said({"version": "HSDS-UK-3.0", "profile": "x", "openapi_url": "y"})
        if path == "/oruk/v3/services":
            page = int(query["page"])
            first = (page - 1) * per_page
            items = [
                {"id": number(n), "name": f"Judo {n}", "status": "active"}
                for n in range(first, min(first + per_page, total))
            ]
            pages = -(-total // per_page)
            return said(
                {
                    "total_items": total,
                    "total_pages": pages,
                    "page_number": page,
                    "size": len(items),
                    "first_page": page == 1,
                    "last_page": page >= pages,
                    "empty": not items,
                    "contents": items,
                }
            )
        if path.startswith("/oruk/v3/services/"):
            return said(a_service(int(path[-12:])))
        return 404, {}, b""

    return answer


def fetch(address: str, fetcher: Fetcher) -> ImportRun:
    """An import of a feed, read."""
    run = services.begin_with_address(address, None, source="A feed")
    db.session.commit()
    work_on(run.id, fetcher=fetcher)
    return db.session.get_one(ImportRun, run.id)


def test_a_feed_is_read_to_its_end_one_service_at_a_time(
    app: Flask, server: Server, fetcher: Fetcher
) -> None:
    server.answer = a_publisher(7, per_page=3)
    run = fetch(f"{server.address}/oruk/v3", fetcher)
    assert (run.state, run.shape, run.done, run.counts["new"]) == ("ready", "oruk", 7, 7)
    assert server.asked[0] == "/oruk/v3"
    assert [one for one in server.asked if "page=" in one] == [
        f"/oruk/v3/services?page={page}&per_page=50" for page in (1, 2, 3)
    ]
    assert server.agents == {"SafeandSound/1 (+tests)"}
    services.ask_to_carry_out(run, None)
    db.session.commit()
    work_on(run.id, fetcher=fetcher)
    assert db.session.scalar(select(func.count()).select_from(Activity)) == 7
    again = fetch(f"{server.address}/oruk/v3/", fetcher)
    assert again.counts["same"] == 7


def test_pages_of_outpost_are_read_too(app: Flask, server: Server, fetcher: Fetcher) -> None:
    items = json.loads((SAMPLES / "buckinghamshire-services.json").read_text())["content"]

    def answer(path: str, query: dict[str, str]) -> Answer:
        page = int(query.get("page", 1))
        found = items[(page - 1) * 8 : page * 8]
        return said(
            {"number": page, "totalPages": 3, "totalElements": 20, "last": page == 3,
             "content": found}
        )  # fmt: skip

    server.answer = answer
    run = fetch(f"{server.address}/api/v1/services?target=children", fetcher)
    assert (run.state, run.shape, run.done) == ("ready", "outpost", 20)
    assert all("target=children" in one for one in server.asked)


def test_a_feed_that_breaks_off_is_gone_on_with_from_the_page_it_reached(
    app: Flask, server: Server, fetcher: Fetcher
) -> None:
    whole = a_publisher(9, per_page=3)
    server.answer = lambda path, query: (
        (503, {}, b"") if query.get("page") == "3" else whole(path, query)
    )
    run = fetch(f"{server.address}/oruk/v3", fetcher)
    assert (run.state, run.page, run.done) == ("failed", 2, 6)
    assert "503" in run.sentence
    assert not db.session.scalar(select(func.count()).select_from(Activity))
    server.answer, server.asked = whole, []
    services.go_on(run, None)
    db.session.commit()
    work_on(run.id, fetcher=fetcher)
    run = db.session.get_one(ImportRun, run.id)
    assert (run.state, run.done, run.counts["new"]) == ("ready", 9, 9)
    assert not [one for one in server.asked if "page=1" in one or "page=2" in one]
    assert db.session.scalar(select(func.count()).select_from(ImportRow)) == 9


def test_a_feed_that_ends_before_its_own_number_is_not_taken_in(
    app: Flask, server: Server, fetcher: Fetcher
) -> None:
    page = {"total_items": 300, "total_pages": 6, "page_number": 1, "last_page": True}
    server.answer = lambda path, query: said({**page, "contents": [a_service(1)]})
    run = fetch(f"{server.address}/services", fetcher)
    assert run.state == "failed"
    assert "300 services, and ended after 1" in run.sentence


def test_a_feed_that_goes_round_is_found_out(app: Flask, server: Server, fetcher: Fetcher) -> None:
    server.answer = lambda path, query: said(
        {"page_number": int(query.get("page", 1)), "last_page": False, "contents": [a_service(1)]}
    )
    assert "once more" in fetch(f"{server.address}/services", fetcher).sentence
    server.answer = lambda path, query: said(
        {"page_number": 1, "last_page": False, "contents": [a_service(1)]}
    )
    assert "page 2 was asked for" in fetch(f"{server.address}/services", fetcher).sentence


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((404, {}, b""), "answers 404"),
        ((200, {}, b""), "The file is empty"),
        ((200, {}, b"<html>Sign in"), "a web page"),
        (said({"version": "HSDS-UK-1.0"}), "version 3 is read"),
        (said({"contents": []}), "is empty"),
        (said({"contents": [{"colour": "red"}]}), "not one of services"),
        ((200, {"Content-Encoding": "gzip"}, b"x"), "answers packed"),
        ((200, {}, b'{"contents": [' + b"[" * 5000), "more than 40 deep"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "must begin with http"),
        ((302, {"Location": "ftp://example.org/x"}, b""), "must begin with http"),
        ((302, {"Location": "/again"}, b""), "again and again"),
        ((500, {}, b""), "answers 500"),
    ],
)
def test_a_feed_that_is_none_gets_a_plain_answer(
    app: Flask, server: Server, fetcher: Fetcher, answer: Answer, says: str
) -> None:
    server.answer = lambda path, query: answer
    run = fetch(f"{server.address}/services", fetcher)
    assert run.state == "failed"
    assert says in run.sentence, run.sentence
    assert "Traceback" not in run.sentence
    assert not db.session.scalar(select(func.count()).select_from(ImportRow))


def test_a_file_on_the_web_is_a_file(app: Flask, server: Server, fetcher: Fetcher) -> None:
    server.answer = lambda path, query: (200, {"Content-Type": "text/csv"}, a_file(JUDO, CHOIR))
    run = fetch(f"{server.address}/clubs.csv", fetcher)
    assert (run.state, run.kind, len(run.columns)) == ("matching", "csv", 16)
    services.choose_columns(run, run.columns, None)
    db.session.commit()
    work_on(run.id)
    assert db.session.get_one(ImportRun, run.id).counts["new"] == 2


def test_who_asks_to_be_left_alone_is_left_alone(server: Server) -> None:
    waited: list[float] = []
    polite = Fetcher("x", allow_private=True, pause=0.01, sleep=waited.append)
    answers = [said({}, 429, **{"Retry-After": "7"}), said({"ok": 1})]
    server.answer = lambda path, query: answers.pop(0)
    assert polite.json(server.address) == {"ok": 1}
    assert 7 in waited
    server.answer = lambda path, query: said({}, 503, **{"Retry-After": "3600"})
    with pytest.raises(FeedRests, match="60 minutes"):
        polite.json(server.address)


def test_between_two_requests_there_is_a_pause(server: Server) -> None:
    waited: list[float] = []
    polite = Fetcher("x", allow_private=True, pause=5, sleep=waited.append)
    server.answer = lambda path, query: said({})
    polite.json(server.address)
    polite.json(server.address)
    assert len(waited) == 1
    assert 4 < waited[0] <= 5


def test_an_answer_that_never_ends_is_given_up(
    server: Server, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.importing.feeds.fetching.LARGEST_ANSWER", 1000)
    server.answer = lambda path, query: (200, {}, b"x" * 5000)
    with pytest.raises(BrokenFeed, match="more than"):
        fetcher.content(server.address)


def test_an_answer_that_breaks_off_is_tried_again(server: Server, fetcher: Fetcher) -> None:
    answers = [(200, {"Content-Length": "500"}, b"{}"), said({"ok": 1})]
    server.answer = lambda path, query: answers.pop(0)
    assert fetcher.json(server.address) == {"ok": 1}


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/x", "http://localhost/x", "http://[::1]/x", "http://10.1.2.3/x",
        "http://192.168.0.1/x", "http://169.254.169.254/latest/meta-data", "http://0.0.0.0/x",
        "http://[::ffff:10.0.0.1]/x", "http://[fd00::1]/x", "http://100.64.0.1/x",
        "http://224.0.0.1/x", "http://2130706433/x", "http://[2002:a00:1::]/x",
    ],
)  # fmt: skip
def test_nothing_inside_our_own_network_is_fetched(address: str) -> None:
    careful = Fetcher("x", pause=0, sleep=lambda _: None, tries=1)
    with pytest.raises(BrokenFeed, match=r"private network|no server called"):
        careful.content(address)


def test_a_redirect_does_not_lead_inside_either(server: Server) -> None:
    """The address that is public is only thought to be: what it sends us to is looked at again."""
    careful = Fetcher("x", pause=0, sleep=lambda _: None, tries=1)
    with pytest.raises(BrokenFeed, match="private network"):
        careful.content(server.address)
    assert server.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "ftp://example.org", "example.org", "http://", "javascript:alert(1)",
        "http://a:b@example.org/", "http://example.org:99999/", "gopher://example.org", "",
        "http://exa mple.org/", "http://example.org/\r\nX: y",
    ],
)  # fmt: skip
def test_no_other_scheme_is_begun_with(app: Flask, address: str) -> None:
    with pytest.raises(BadInput):
        services.begin_with_address(address, None)


@pytest.mark.changed(import_from_private=True)
def test_a_setting_lets_an_installation_fetch_from_its_own_network(
    app: Flask, server: Server
) -> None:
    server.answer = a_publisher(1)
    run = services.begin_with_address(f"{server.address}/oruk/v3", None)
    db.session.commit()
    work_on(run.id)
    assert db.session.get_one(ImportRun, run.id).state == "ready"


def test_by_default_it_does_not(app: Flask, server: Server) -> None:
    run = services.begin_with_address(f"{server.address}/oruk/v3", None)
    db.session.commit()
    work_on(run.id)
    run = db.session.get_one(ImportRun, run.id)
    assert (run.state, server.asked) == ("failed", [])
    assert "private network" in run.sentence
