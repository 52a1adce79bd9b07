"""`make run`, the second time as well: a register that is served, signed in to, and let go of."""

import os
import re
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

from tests.rigs.processes import answers, free_port, stop, wait_until

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "flask", "--app", "wsgi", "registry"]


def an_environment(folder: Path) -> dict[str, str]:
    """A machine with nothing set but where to keep things."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "DATA_DIR": str(folder), "PORT": str(free_port())}


def signed_in_at(port: str) -> str:
    """Sign in as the owner of a listed club. Returns the page that follows."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    address = f"http://localhost:{port}/sign-in"
    page = browser.open(address, timeout=20).read().decode()
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    form = {
        "csrf_token": token[1],
        "email": "club@example.org",
        "password": "safe-and-sound-demo",
    }
    return str(browser.open(address, urllib.parse.urlencode(form).encode(), 20).read().decode())


def test_a_demonstration_is_started_again_and_served_as_nothing_else(tmp_path: Path):
    environment = an_environment(tmp_path)
    port = environment["PORT"]
    for command in (["migrate"], ["demonstration", "load", "--organisations", "1"]):
        subprocess.run([*COMMAND, *command], cwd=ROOT, env=environment, check=True)
    process = subprocess.Popen([*COMMAND, "up"], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    try:
        wait_until(lambda: answers(int(port)), 60, "the server's start")
        assert "Kingfisher Dance Project" in signed_in_at(port)
        taken = subprocess.run(
            [*COMMAND, "up"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert taken.returncode == 1
        assert f"Port {port} is in use" in taken.stderr
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert process.stdout
        assert b"safe-and-sound-demo" in process.stdout.read()
    finally:
        stop(process)
        if process.stdout:
            process.stdout.close()
    assert not answers(int(port))
    refused = subprocess.run(
        [*COMMAND, "serve"], cwd=ROOT, env={**environment, "DEMO": "0"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert refused.returncode == 4
    assert "Set DEMO=1" in refused.stderr
    assert "Traceback" not in refused.stderr
