"""A PostgreSQL server of our own while it is measured, set as docs/for-operators.md says."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

SETTINGS = {
    "shared_buffers": "2GB",
    "effective_cache_size": "8GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "1GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
}
# What is measured here has not to outlive a power cut.
_QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_wal_size": "8GB",
    "listen_addresses": "",
    "max_connections": "30",
}


def programs() -> Path | None:
    """Where this machine keeps PostgreSQL's server programs; Debian keeps them off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_the_path = shutil.which("initdb")
    return Path(on_the_path).parent if on_the_path else None


@contextmanager
def server(of: Path) -> Iterator[str]:
    """The address of an empty database. The server ends with the block, and all in it."""
    # A socket's path may have only about a hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="registry-pg-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user, user)
    before = ["runuser", "-u", user, "--"] if user else []
    data = folder / "data"
    running: subprocess.Popen[bytes] | None = None
    try:
        subprocess.run(
            [*before, str(of / "initdb"), "--no-sync", "--username=postgres", "--auth=trust",
             "--encoding=UTF8", "--locale=C.UTF-8", "--pgdata", str(data)],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
        )  # fmt: skip
        chosen = [
            part
            for name, value in {
                **SETTINGS,
                **_QUICK,
                "unix_socket_directories": str(folder),
            }.items()
            for part in ("-c", f"{name}={value}")
        ]
        running = subprocess.Popen(
            [*before, str(of / "postgres"), "-D", str(data), *chosen],
            cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _wait(folder)
        with psycopg.connect(_where(folder, "postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE registry TEMPLATE template0 ENCODING 'UTF8'")
        yield f"postgresql+psycopg://postgres@/registry?host={folder}"
    finally:
        if running is not None:
            running.send_signal(signal.SIGINT)
            try:
                running.wait(30)
            except subprocess.TimeoutExpired:
                running.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _where(folder: Path, name: str) -> str:
    return f"host={folder} user=postgres dbname={name}"


def _wait(folder: Path) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(_where(folder, "postgres")).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
