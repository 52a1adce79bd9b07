"""The real server and the real worker, started and stopped as an installation does it."""

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rigs.processes import answers, free_port, stop, wait_until

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "flask", "--app", "wsgi", "registry"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An installation of its own: no demonstration, its own folder and port."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "DATA_DIR": str(tmp_path), "PORT": str(free_port()), "DEMO": "0"}


@pytest.fixture
def running(environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """`registry serve` on a migrated database, once it answers."""
    subprocess.run([*COMMAND, "migrate"], cwd=ROOT, env=environment, check=True)
    process = subprocess.Popen([*COMMAND, "serve"], cwd=ROOT, env=environment)
    try:
        wait_until(lambda: answers(int(environment["PORT"])), 60, "the server's start")
        yield process
    finally:
        stop(process)


def get(port: str, path: str) -> http.client.HTTPResponse:
    """Ask the running server."""
    connection = http.client.HTTPConnection("localhost", int(port), timeout=20)
    connection.request("GET", path, headers={"Connection": "close"})
    return connection.getresponse()


def test_the_server_answers_and_ends_when_it_is_told(
    running: "subprocess.Popen[bytes]", environment: dict[str, str]
):
    port = environment["PORT"]
    assert get(port, "/health/ready").status == 200
    assert get(port, "/").status == 200
    assert "gunicorn/" not in (get(port, "/").headers["Server"] or "")
    running.send_signal(signal.SIGTERM)
    assert running.wait(30) == 0
    assert not answers(int(port))


def test_a_database_that_was_never_migrated_is_not_ready(environment: dict[str, str]):
    """The server starts all the same: it says what is wrong to the machine that watches it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "wsgi:app"], cwd=ROOT, env=environment
    )
    port = environment["PORT"]
    try:
        wait_until(lambda: answers(int(port)), 60, "the server's start")
        assert get(port, "/health").status == 200
        assert get(port, "/health/ready").status == 503
    finally:
        stop(process)
