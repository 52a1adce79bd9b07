"""What people look for stands in no log, whatever goes wrong."""

import logging
from pathlib import Path
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from sqlalchemy.exc import OperationalError

from registry.web.logs import ServerLog, WithoutWhatWasTyped
from tests.page import Visitor

QUERY = "/activities?q=secretword&postcode=WV10%200BD"


@pytest.fixture
def said(caplog):
    """Every word of every log of this process, as it would be written."""
    caplog.set_level(logging.DEBUG)
    how = logging.Formatter("%(name)s %(message)s")
    return lambda: "\n".join(how.format(record) for record in caplog.records).lower()


def _fails(monkeypatch, error: Exception) -> None:
    def found(*_):
        raise error

    monkeypatch.setattr("registry.directory.routes.results.found", found)


def _assert_silent(words: str) -> None:
    assert "secretword" not in words
    assert "wv10" not in words
    assert "0bd" not in words


def test_a_search_that_is_found_is_in_no_log(client: Visitor, said) -> None:
    assert client.get(QUERY, headers={"Referer": f"http://localhost{QUERY}"}).status == 200
    _assert_silent(said())


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ValueError("no such word: secretword"), 500),
        (OperationalError("SELECT 'secretword'", {"q": "secretword"}, Exception("WV10 0BD")), 503),
    ],
)
def test_an_error_is_told_by_its_kind_and_place_alone(
    client: Visitor, said, monkeypatch, error, status
) -> None:
    _fails(monkeypatch, error)
    client.loud = False
    headers = {"Referer": f"http://localhost{QUERY}"}
    assert client.get(QUERY, headers=headers).status == status
    words = said()
    assert type(error).__name__.lower() in words
    assert "test_logs.py" in words
    _assert_silent(words)


def test_the_server_names_no_address_that_it_cannot_read(said) -> None:
    server = ServerLog(Config())
    server.error_log.propagate = True
    try:
        raise ValueError(f"GET {QUERY} HTTP/1.1")
    except ValueError as error:
        server.warning("Invalid request from ip=%s: %s", "10.0.0.1", error)
        server.exception("Error handling request %s", QUERY)
    words = said()
    assert "/activities?…" in words
    assert "valueerror" in words
    _assert_silent(words)


def test_outside_a_request_an_error_says_what_it_is_about() -> None:
    record = logging.makeLogRecord({"msg": "case %s", "args": ("17?",)})
    assert WithoutWhatWasTyped(in_requests_only=True).filter(record)
    assert record.getMessage() == "case 17?"


def test_the_real_server_is_told_to_keep_quiet() -> None:
    told: dict[str, object] = {}
    exec(compile(Path("gunicorn.conf.py").read_text(), "gunicorn.conf.py", "exec"), told)  # noqa: S102
    server = SimpleNamespace(**told)
    assert server.accesslog is None
    assert server.logger_class is ServerLog
