"""Running the service: web workers and the worker, side by side, until told to stop."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from registry.config import Settings

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 10.0


def serve(settings: Settings) -> int:
    """Start gunicorn and the worker; when one ends, end the other. Returns the exit code."""
    python = sys.executable
    web = [python, "-m", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py"), "wsgi:app"]
    worker = [python, "-m", "flask", "--app", "wsgi", "registry", "work"]
    running = [subprocess.Popen(command, cwd=ROOT, env=os.environ) for command in (web, worker)]

    def stop(number: int, _: FrameType | None) -> None:
        for process in running:
            process.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    while all(process.poll() is None for process in running):
        time.sleep(0.2)
    return _end(running)


def _end(running: list["subprocess.Popen[bytes]"]) -> int:
    """End what still runs, kindly and then not, and give the first code that is not 0."""
    for process in running:
        if process.poll() is None:
            process.terminate()
    for process in running:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return next((p.returncode for p in running if p.returncode > 0), 0)
