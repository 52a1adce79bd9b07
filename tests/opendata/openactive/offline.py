"""OpenActive's own validators, without a network: what they would fetch lies beside this file."""

import hashlib
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.rigs.left_out import leave_out

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
# Without this one the validator falls over; nobody publishes anything there.
NOTHING = {"https://openactive.io/ns-extension": {"@context": {}}}
LISTS = {
    "https://openactive.io/activity-list": "activity-list.jsonld",
    "https://openactive.io/accessibility-support": "accessibility-support.jsonld",
    "https://openactive.io/ns-beta": "ns-beta.jsonld",
}
Finding = dict[str, Any]


def wrong_with_each(things: Iterable[Any], mode: str = "") -> list[list[Finding]]:
    """What the data model validator finds in each of these; a page of a feed is one of them."""
    given = json.dumps([{"data": thing, "mode": mode} for thing in things])
    with _fetched_already() as lists:
        found: list[list[Finding]] = _node("models", lists, given)
    return found


def wrong_with_the_examples() -> dict[str, list[Finding]]:
    """What it finds in the official examples, by their names."""
    with _fetched_already() as lists:
        found: dict[str, list[Finding]] = _node("examples", lists)
    return found


def wrong_with_the_feed(address: str) -> list[Finding]:
    """What the feed validator finds on its way from the first page to the last."""
    found: list[Finding] = _node("walk", address)
    return found


def failures(found: Iterable[Finding]) -> list[Finding]:
    """Those that break the standard. Warnings are about what it would like besides."""
    return [one for one in found if one["severity"] == "failure"]


@contextmanager
def _fetched_already() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        for address, name in LISTS.items():
            _keep(folder, address, json.loads((HERE / "lists" / name).read_text("utf-8")))
        for address, data in NOTHING.items():
            _keep(folder, address, data)
        yield folder


def _keep(folder: str, address: str, data: Any) -> None:
    name = hashlib.sha256(address.encode()).hexdigest()
    kept = {
        "errorCode": "error_none",
        "data": data,
        "statusCode": 200,
        "url": address,
        "exception": None,
        "contentType": "application/ld+json",
        "fetchTime": int(time.time() * 1000),
    }
    (Path(folder) / f"{name}.json").write_text(json.dumps(kept), "utf-8")


def _node(what: str, where: str, given: str = "") -> Any:
    node = shutil.which("node") or str(ROOT / ".venv" / "bin" / "node")
    if not (ROOT / "node_modules" / "@openactive").exists():
        leave_out("OpenActive’s validators", "Run scripts/setup: they come with the packages.")
    done = subprocess.run(
        [node, str(HERE / "validating.mjs"), what, where],
        input=given,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)
