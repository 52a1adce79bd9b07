"""Running the service: web workers and the worker, side by side, until told to stop."""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

import click

from registry.config import Settings

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 10.0


def serve_all(settings: Settings) -> int:
    """Start gunicorn and the worker; when one ends, end the other. Returns the exit code."""
    python = sys.executable
    web = [python, "-m", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py"), "wsgi:app"]
    worker = [python, "-m", "flask", "--app", "wsgi", "registry", "work"]
    running: list[subprocess.Popen[bytes]] = []
    told_to_stop: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        told_to_stop.append(number)

    # Before anything is started, so that nothing can be left behind.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    # In groups of their own: Ctrl and C reaches this process, and this process ends them.
    for command in (web, worker):
        running.append(subprocess.Popen(command, cwd=ROOT, env=os.environ, start_new_session=True))
    while not told_to_stop and all(process.poll() is None for process in running):
        time.sleep(0.2)
    failed = next((p.returncode for p in running if p.returncode), 0)
    # Somebody who presses Ctrl and C waits for nobody; a machine lets pages be finished.
    if signal.SIGINT in told_to_stop and running[0].poll() is None:
        running[0].send_signal(signal.SIGINT)
    _end(running)
    return 0 if told_to_stop else failed


def check_port(settings: Settings) -> None:
    """Say plainly that somebody else has the port, before anything long is begun."""
    family = socket.AF_INET
    host = "0.0.0.0" if settings.environment == "production" else "127.0.0.1"
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, settings.port))
        except OSError as problem:
            if problem.errno == errno.EACCES:
                raise click.ClickException(
                    f"Port {settings.port} may not be used by this account. "
                    "Choose a number above 1024, such as PORT=8001."
                ) from problem
            raise click.ClickException(
                f"Port {settings.port} is in use by another program. Stop that one, or choose "
                f"another port: PORT={settings.port + 1} make run"
            ) from problem


def _end(running: list["subprocess.Popen[bytes]"]) -> None:
    """End what still runs, kindly and then not."""
    for process in running:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
