"""The register as plain files: how long a whole one takes, and that its length costs no memory."""

import re
import time
from pathlib import Path

from flask.testing import FlaskClient

from benchmarks.registers import Register
from benchmarks.timing import Finding, Findings

FILES = (
    ("/data/activities.csv", ""),
    ("/data/activities.csv", "gzip"),
    ("/data/activities.geojson", "gzip"),
    ("/sitemap.xml", ""),
    ("/sitemaps/activities-1.xml", ""),
    ("/data/new-activities.atom", ""),
)
_MOST_GROWTH = 30
_OWN = re.compile(r"^RssAnon:\s+(\d+) kB", re.MULTILINE)
# How often the memory is looked at, in pieces of 64 kB.
_LOOK_EVERY = 50


def measure(register: Register, findings: Findings) -> None:
    """Fetch each file once to warm up what every file needs, then once more, looking on."""
    client = register.app.test_client()
    _fetched(client, "/data/new-activities.atom", "")
    for path, packed in FILES:
        before = _megabytes()
        first, whole, size, most = _fetched(client, path, packed)
        grown = max(0, most - before)
        findings.add(
            Finding(
                f"{register.engine}, {register.size:,} activities: {path}"
                f"{', packed' if packed else ''}",
                "memory flat",
                f"first bytes after {first * 1_000:.0f} ms, {size / 1e6:.1f} MB in {whole:.1f} s; "
                f"{grown:.0f} MB more",
                grown <= _MOST_GROWTH,
                whole * 1_000,
            )
        )


def _fetched(client: FlaskClient, path: str, packed: str) -> tuple[float, float, int, float]:
    """When the first bytes came, when the last, how many there were, and the most memory that
    this took; none is kept."""
    began, first, size, most = time.perf_counter(), 0.0, 0, 0.0
    answer = client.get(path, headers={"Accept-Encoding": packed or "identity"}, buffered=False)
    for number, piece in enumerate(answer.iter_encoded()):
        first = first or time.perf_counter() - began
        size += len(piece)
        if number % _LOOK_EVERY == 0:
            most = max(most, _megabytes())
    answer.close()
    return first, time.perf_counter() - began, size, max(most, _megabytes())


def _megabytes() -> float:
    """What this process has of its own: not the pages of the database that lie in memory."""
    found = _OWN.search(Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0
