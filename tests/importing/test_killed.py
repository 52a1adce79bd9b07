"""Real processes, killed in the middle: nothing is half done, and it can be gone on with."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.importing.runs import CHOIR, HEADING, a_file

ROOT = Path(__file__).resolve().parents[2]
MANY = 3_000


@pytest.fixture
def installation(tmp_path: Path) -> dict[str, str]:
    """A database of its own, and what a command needs to find it."""
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/registry.db",
        "SECRET_KEY": "x" * 40,
        "PYTHONUNBUFFERED": "1",
    }
    run(environment, "db", "upgrade")
    return environment


def command(*words: str) -> list[str]:
    """A command of the application."""
    return [sys.executable, "-m", "flask", "--app", "wsgi", *words]


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run one to its end."""
    return subprocess.run(
        command(*words), cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def asked(environment: dict[str, str], question: str) -> list[tuple]:
    """What the database says, from outside."""
    path = Path(environment["DATA_DIR"]) / "registry.db"
    with sqlite3.connect(path, timeout=30) as connection:
        return connection.execute(question).fetchall()


def a_long_file(folder: Path) -> Path:
    """As many clubs as it takes to be killed in the middle of them."""
    rows = [
        dict(zip(HEADING, CHOIR, strict=True))
        | {
            "organisation_id": f"C-{n}",
            "activity_id": f"A-{n}",
            "organisation_name": f"Club {n:05}",
        }
        for n in range(MANY)
    ]
    path = folder / "clubs.csv"
    path.write_bytes(a_file(*[tuple(one.values()) for one in rows]))
    return path


def kill_when(environment: dict[str, str], wanted, *words: str) -> bool:
    """Begin a command and kill it at once when something is so. False: it was over before."""
    process = subprocess.Popen(
        command(*words), cwd=ROOT, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while process.poll() is None:
            if wanted():
                process.send_signal(signal.SIGKILL)
                process.wait()
                return True
            time.sleep(0.002)
        return False
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


@pytest.mark.slow
def test_killed_while_it_is_carried_out_nothing_has_come_in(
    installation: dict[str, str], tmp_path: Path
) -> None:
    path = a_long_file(tmp_path)
    beside = Path(installation["DATA_DIR"]) / "imports" / "1.progress"

    def half_way() -> bool:
        try:
            done, of = beside.read_text().split()
        except (OSError, ValueError):
            return False
        return int(done) >= int(of) // 3

    assert kill_when(installation, half_way, "registry", "import", str(path), "--carry-out")
    assert asked(installation, "SELECT count(*) FROM organisation") == [(0,)]
    assert asked(installation, "SELECT count(*) FROM activity") == [(0,)]
    assert asked(installation, "SELECT count(*) FROM imported_record") == [(0,)]
    assert asked(installation, "SELECT state FROM import_run") == [("carrying_out",)]
    done = run(installation, "registry", "import", "--go-on", "1")
    assert asked(installation, "SELECT state FROM import_run") == [("done",)], done.stderr
    assert asked(installation, "SELECT count(*) FROM organisation") == [(MANY,)]
    assert run(installation, "registry", "history", "verify").returncode == 0


@pytest.mark.slow
def test_killed_while_it_is_read_it_is_read_again_from_its_beginning(
    installation: dict[str, str], tmp_path: Path
) -> None:
    path = a_long_file(tmp_path)

    def some_rows() -> bool:
        return asked(installation, "SELECT count(*) FROM import_row") != [(0,)]

    assert kill_when(installation, some_rows, "registry", "import", str(path))
    assert asked(installation, "SELECT state FROM import_run") == [("reading",)]
    run(installation, "registry", "import", "--go-on", "1")
    assert asked(installation, "SELECT state FROM import_run") == [("ready",)]
    assert asked(installation, "SELECT count(*) FROM import_row") == [(MANY,)]
    assert asked(installation, "SELECT count(*) FROM organisation") == [(0,)]
