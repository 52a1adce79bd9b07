"""A fresh database for every test, on either engine.

Each test process migrates one template, the slow way, once. Every test then starts from a copy on
SQLite, and on PostgreSQL from the same database with its rows put back as the template has them.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg

from tests.rigs.left_out import leave_out
from tests.rigs.postgresql import TEMPLATE, PostgresqlDatabases
from tests.rigs.processes import start, stop, wait_until


class Databases(Protocol):
    """One engine, with one database whose content starts anew for every test."""

    url: str
    # Whether the database stays and its content changes: then whoever is connected may stay too.
    stays: bool

    def keep_as_template(self) -> None:
        """Take what is in the database now as what every test starts from."""

    def keep(self, name: str) -> None:
        """Keep what is in the database now under a name. Nothing may be under way in it."""

    def start_anew(self, name: str = TEMPLATE) -> bool:
        """Put the content back that was kept. Says whether connections were ended for it."""


class SqliteDatabases:
    """A file, copied from another file while nothing is connected."""

    stays = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "registry.db"
        self.url = f"sqlite:///{self.path}"

    def keep_as_template(self) -> None:
        """With the last connection closed, the whole content is in the one file."""
        self.path.rename(self._kept(TEMPLATE))

    def keep(self, name: str) -> None:
        """With the last connection closed, the whole content is in the one file."""
        shutil.copyfile(self.path, self._kept(name))

    def start_anew(self, name: str = TEMPLATE) -> bool:
        """The write-ahead log goes with the old file."""
        for ending in ("-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        shutil.copyfile(self._kept(name), self.path)
        return False

    def _kept(self, name: str) -> Path:
        return self.folder / f"{name}.db"


def postgresql_programs() -> Path | None:
    """Where this machine keeps PostgreSQL's server programs; Debian keeps them off the path."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    return max(
        (found.parent for found in Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        key=lambda folder: int(folder.parent.name.split(".")[0]),
        default=None,
    )


@contextmanager
def postgresql_server() -> Iterator[PostgresqlDatabases]:
    """Start a server, and end it with everything in it. It refuses to run as root."""
    programs = postgresql_programs()
    if programs is None:
        leave_out("PostgreSQL's server", "On Debian or Ubuntu: sudo apt-get install postgresql")
    # A socket's path may have only about a hundred characters, so not in pytest's own folder.
    folder = Path(tempfile.mkdtemp(prefix="registry-pg-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user, user)
    data = str(folder / "data")
    try:
        _quietly(
            *(["runuser", "-u", user, "--"] if user else []),
            str(programs / "initdb"), "--no-sync", "--username=postgres", "--auth=trust",
            "--encoding=UTF8", "--locale=C.UTF-8", "--pgdata", data,
        )  # fmt: skip
        options = [part for option in _QUICK for part in ("-c", option)]
        server = start(
            str(programs / "postgres"), "-D", data, *options,
            "-c", f"unix_socket_directories={folder}", user=user,
        )  # fmt: skip
        try:
            wait_until(lambda: _accepts(folder), 240, "PostgreSQL's start")
            yield PostgresqlDatabases(folder)
        finally:
            stop(server, signal.SIGQUIT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# Nothing here has to outlive a power cut.
_QUICK = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_connections=60",
    "listen_addresses=",
)


def _accepts(socket_folder: Path) -> bool:
    """Whether the server lets somebody in."""
    try:
        psycopg.connect(f"host={socket_folder} user=postgres dbname=postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _quietly(*command: str) -> None:
    """Run a program; what it says is shown only if it fails."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, check=False, cwd="/",
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}")
