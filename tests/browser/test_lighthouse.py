"""A first visit on a slow phone, measured as Lighthouse does: throttled, on the real server."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from registry.config import Settings
from registry.database import db
from tests.cards.cards import card, put
from tests.rigs.left_out import leave_out
from tests.rigs.processes import answers, free_port, stop, wait_until

ROOT = Path(__file__).resolve().parents[2]
LIGHTHOUSE = (
    Path(__file__).parent / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
)
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --disable-quic --disable-dev-shm-usage"

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture
def address(app, settings: Settings):
    """The real server over a register with a page of results."""
    put(*(card(f"Dance {number}", slug=f"dance-{number}") for number in range(20)))
    db.session.remove()
    db.engine.dispose()
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(settings.data_dir),
        "SECRET_KEY": "measured and thrown away, over and over",
        "DEMO": "0",
        "PORT": str(port),
        "WEB_WORKERS": "1",
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "wsgi:app"], cwd=ROOT, env=environment
    )
    try:
        wait_until(lambda: answers(port), 60, "the server's start")
        yield f"http://localhost:{port}"
    finally:
        stop(server)


@pytest.mark.parametrize("path", ["/", "/activities?q=dance", "/activities/dance-3"])
def test_a_first_visit_on_a_slow_phone_is_quick(address, path, tmp_path) -> None:
    if not LIGHTHOUSE.exists():
        leave_out("Lighthouse", "scripts/prepare-tests all")
    # The quickest of three: what else the machine was doing only ever makes it slower.
    tries: list[dict[str, float]] = []
    while len(tries) < 3 and not (tries and _is_quick(tries[-1])):
        tries.append(_measured(f"{address}{path}", tmp_path / "seen.json"))
    assert _is_quick(tries[-1]), tries


def _measured(address: str, seen: Path) -> dict[str, float]:
    """The score out of 100, and what it is made of."""
    subprocess.run(
        ["node", str(LIGHTHOUSE), address, "--quiet", "--output=json", f"--output-path={seen}",
         "--only-categories=performance", "--form-factor=mobile", f"--chrome-flags={CHROMIUM}"],
        check=True, timeout=170,
        env={**os.environ, "CHROME_PATH": shutil.which("chromium") or ""},
    )  # fmt: skip
    told = json.loads(seen.read_text())
    figures = {name: float(told["audits"][name]["numericValue"]) for name in _MOST}
    return {"score": told["categories"]["performance"]["score"] * 100, **figures}


def _is_quick(figures: dict[str, float]) -> bool:
    return figures["score"] >= 95 and all(figures[name] <= most for name, most in _MOST.items())


_MOST = {
    "largest-contentful-paint": 1_500,
    "cumulative-layout-shift": 0.02,
    "total-blocking-time": 50,
    "total-byte-weight": 60_000,
}
