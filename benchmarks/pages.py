"""The whole page of results: at the server for one reader, and for eight at once over a socket."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from benchmarks.questions import questions
from benchmarks.registers import Register
from benchmarks.timing import Finding, Findings, Spread, timed, within
from registry.database import db

CLIENTS = 8
SECONDS = 8.0
ROOT = Path(__file__).resolve().parents[1]


def measure(register: Register, findings: Findings) -> None:
    """Pages and “not changed” in this process, then from a real server."""
    paths = [one.address() for one in questions(register.country)]
    name = f"{register.engine}, {register.size:,} activities"
    etags = _in_process(register, paths, name, findings)
    db.session.remove()
    db.engine.dispose()
    with _serving(register) as port:
        _under_load(port, paths, name, findings)
        kept = [f"{path}\t{etag}" for path, etag in zip(paths, etags, strict=True)]
        _unchanged_under_load(port, kept, name, findings)


def _in_process(
    register: Register, paths: Sequence[str], name: str, findings: Findings
) -> list[str]:
    """One reader, one page after another. Gives the ETag of each."""
    etags = [_got(register, path)[1] for path in paths]
    pages = Spread(tuple(timed(partial(_got, register, path))[0] for path in paths))
    findings.add(
        Finding(
            f"{name}: whole page, one client, at the server",
            "p50 ≤ 4 ms, p95 ≤ 8 ms",
            str(pages),
            within(pages, 4, 8),
            pages.p50,
        )
    )
    unchanged = Spread(
        tuple(
            timed(partial(_got, register, path, etag))[0]
            for path, etag in zip(paths, etags, strict=True)
        )
    )
    findings.add(
        Finding(
            f"{name}: 304 by ETag, one client, at the server",
            "",
            str(unchanged),
            None,
            unchanged.p50,
        )
    )
    return etags


def _got(register: Register, path: str, etag: str = "") -> tuple[str, str]:
    """Ask the application as a server does; gives the status and the ETag."""
    where, _, query = path.partition("?")
    told: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
        told.update(status=status, etag=dict(headers).get("ETag", ""))

    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": where,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": "br, gzip",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if etag:
        environ["HTTP_IF_NONE_MATCH"] = etag
    answer = register.app.wsgi_app(environ, start_response)
    for _ in answer:
        pass
    if closing := getattr(answer, "close", None):
        closing()
    wanted = "304" if etag else "200"
    if not told["status"].startswith(wanted):
        raise RuntimeError(f"{path} answered {told['status']}, not {wanted}")
    return told["status"], told["etag"]


def _under_load(port: int, paths: Sequence[str], name: str, findings: Findings) -> None:
    _ask(port, paths, 3.0)  # the first ones warm it up
    rate, times = _ask(port, paths, SECONDS)
    findings.add(
        Finding(
            f"{name}: whole page, {CLIENTS} clients, one worker on one core",
            "≥ 330 a second",
            f"{rate:,.0f} a second; {times}",
            rate >= 330,
            1_000 / rate,
        )
    )


def _unchanged_under_load(port: int, kept: Sequence[str], name: str, findings: Findings) -> None:
    rate, times = _ask(port, kept, SECONDS / 2, wanted="304")
    findings.add(
        Finding(
            f"{name}: 304 by ETag, {CLIENTS} clients, one worker on one core",
            "≥ 1,500 a second",
            f"{rate:,.0f} a second; {times}",
            rate >= 1_500,
            1_000 / rate,
        )
    )


def _ask(
    port: int, lines: Sequence[str], seconds: float, wanted: str = "200"
) -> tuple[float, Spread]:
    done = subprocess.run(
        [*_on_core(_last_core()), sys.executable, "-m", "benchmarks.load",
         str(port), str(CLIENTS), str(seconds)],
        input="\n".join(lines), capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    told = json.loads(done.stdout)
    if set(told["statuses"]) != {wanted}:
        raise RuntimeError(f"the server answered {told['statuses']}, not {wanted}")
    return sum(told["statuses"].values()) / seconds, Spread(tuple(told["times"]))


@contextmanager
def _serving(register: Register) -> Iterator[int]:
    """The real server with one worker, on the first core."""
    port = _free_port()
    settings = register.app.extensions["settings"]
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(settings.data_dir),
        "SECRET_KEY": settings.secret_key,
        "ENVIRONMENT": "development",
        "DEMO": "0",
        "PORT": str(port),
        "WEB_WORKERS": "1",
        # So that the worker does not retire in the middle of it.
        "GUNICORN_CMD_ARGS": "--max-requests 0",
    }
    running = subprocess.Popen(
        [*_on_core(0), sys.executable, "-m", "gunicorn", "wsgi:app"],
        env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port)
        yield port
    finally:
        running.terminate()
        with suppress(subprocess.TimeoutExpired):
            running.wait(20)
        running.kill()


def _on_core(number: int) -> list[str]:
    return ["taskset", "-c", str(number)] if shutil.which("taskset") else []


def _last_core() -> int:
    return max(os.sched_getaffinity(0))


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while True:
        with socket.socket() as calling:
            if calling.connect_ex(("127.0.0.1", port)) == 0:
                return
        if time.monotonic() > end:
            raise RuntimeError("the server did not start in a minute")
        time.sleep(0.1)
