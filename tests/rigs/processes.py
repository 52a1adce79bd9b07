"""Programs started for the tests, on ports of this machine that nobody else has."""

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def answers(port: int) -> bool:
    """Whether something listens on a port of this machine."""
    with socket.socket() as calling:
        calling.settimeout(1)
        return calling.connect_ex(("127.0.0.1", port)) == 0


def wait_until(ready: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait for something to come true, and say what did not when it takes too long."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not happen in {seconds:.0f} seconds")
        time.sleep(0.05)


def start(*command: str, user: str | None = None) -> "subprocess.Popen[bytes]":
    """Start a program that ends with this process, however this process ends, as another user."""
    before: list[str] = []
    if shutil.which("setpriv"):
        before = ["setpriv", "--pdeathsig", "KILL"]
        if user:
            before += [f"--reuid={user}", f"--regid={user}", "--init-groups"]
        before.append("--")
    elif user:
        before = ["runuser", "-u", user, "--"]
    return subprocess.Popen(
        [*before, *command],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def stop(process: "subprocess.Popen[bytes]", kindly: signal.Signals = signal.SIGTERM) -> None:
    """End a program kindly, then firmly."""
    process.send_signal(kindly)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
