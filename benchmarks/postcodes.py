"""Loading a Code-Point Open zip as large as the whole of Great Britain's, while people search.

The zip is invented, and like the real one in all that matters to a reader: its folders and names,
a file without headings for each of 120 postcode areas, 1.74 million lines, and the list of codes.
"""

import io
import random
import resource
import sys
import time
import zipfile
from collections.abc import Iterator
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade

from benchmarks.timing import Finding, Findings, Spread, timed
from registry.application import create_app
from registry.cards.services import raise_version
from registry.config import Settings
from registry.database import db
from registry.geography.places import Point
from registry.geography.queries import search_point
from registry.geography.replacing import replace_postcodes
from registry.geography.services import load_postcodes

WHOLE = 1_740_000
_AREAS = 120
_MOST_SECONDS = 120.0
# No more than this above what the application holds before it begins.
_MOST_MEGABYTES = 100
_LONGEST_WAIT = 1_000
_PAUSE = 0.05
_LETTERS = "ABCDEFGHKLNPRSTUWY"
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"
_COUNTRIES = ("E92000001", "E92000001", "E92000001", "S92000003", "W92000004")


def write_zip(path: Path, postcodes: int = WHOLE, areas: int = _AREAS) -> Path:
    """Write such a zip, of so many postcodes."""
    drawn = random.Random(path.name)
    each = postcodes // areas
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("Doc/licence.txt", "Invented, for a measurement.")
        for number in range(areas):
            area = _area(number)
            count = each if number else postcodes - each * (areas - 1)
            text = io.StringIO()
            for line in _lines(area, number, count, drawn):
                text.write(line)
            archive.writestr(f"Data/CSV/{area.lower()}.csv", text.getvalue())
    return path


def _area(number: int) -> str:
    return _LETTERS[number // len(_LETTERS)] + _LETTERS[number % len(_LETTERS)]


def _lines(area: str, number: int, count: int, drawn: random.Random) -> Iterator[str]:
    country = _COUNTRIES[number % len(_COUNTRIES)]
    east, north = 100_000 + number % 10 * 50_000, 60_000 + number // 10 * 80_000
    for one in range(count):
        district, rest = divmod(one, 10 * len(_INWARD) ** 2)
        sector, rest = divmod(rest, len(_INWARD) ** 2)
        first, second = divmod(rest, len(_INWARD))
        postcode = f"{area}{district + 1} {sector}{_INWARD[first]}{_INWARD[second]}"
        codes = f"E{number:08}", f"E05{number * 70 + one % 70:06}"
        if one % 400 == 399:
            yield f'"{postcode}",90,0,0,"{country}","","","","{codes[0]}",""\r\n'
            continue
        point = east + drawn.randrange(50_000), north + drawn.randrange(50_000)
        yield (
            f'"{postcode}",10,{point[0]},{point[1]},"{country}","E19000001","E18000002","",'
            f'"{codes[0]}","{codes[1]}"\r\n'
        )


def measure(url: str, folder: Path, findings: Findings, postcodes: int = WHOLE) -> None:
    """Load it in a process of its own, with a searcher beside it; then once more over itself."""
    path = write_zip(folder / "codepo_gb.zip", postcodes)
    engine = url.partition(":")[0].partition("+")[0]
    with _app(url, str(folder)).app_context():
        upgrade()
        load_postcodes()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    context = get_context("spawn")
    for what in ("first", "again"):
        stop, told = context.Event(), context.Queue()
        beside = [
            context.Process(target=act, args=(url, str(folder), stop, told), daemon=True)
            for act in (_search, _save)
        ]
        for one in beside:
            one.start()
        for _ in beside:
            told.get(timeout=60)
        loader = context.Process(target=_load, args=(url, str(folder), str(path), told))
        loader.start()
        loader.join()
        stop.set()
        seen = dict(told.get(timeout=60) for _ in range(3))
        for one in beside:
            one.join(20)
        _tell(f"{engine}, {postcodes:,} postcodes, {what}", seen, postcodes, findings)


def _tell(name: str, seen: dict[str, Any], postcodes: int, findings: Findings) -> None:
    seconds, worked, megabytes = seen["load"]
    most = _MOST_SECONDS * postcodes / WHOLE
    findings.add(
        Finding(
            f"{name}: loading",
            f"≤ {most:g} s",
            f"{seconds:.1f} s, {worked:.1f} s of a core",
            seconds <= most,
            seconds * 1_000,
        )
    )
    findings.add(
        Finding(
            f"{name}: memory above what was held before",
            f"≤ {_MOST_MEGABYTES} MB",
            f"{megabytes:.0f} MB",
            megabytes <= _MOST_MEGABYTES,
        )
    )
    searches = Spread(tuple(seen["searches"]))
    findings.add(
        Finding(
            f"{name}: postcodes asked for beside it ({len(searches.times)} of them)",
            "they go on",
            str(searches),
            bool(searches.times),
            searches.p50,
        )
    )
    saves = Spread(tuple(seen["saves"]))
    findings.add(
        Finding(
            f"{name}: a save beside it ({len(saves.times)} of them)",
            f"none waits > {_LONGEST_WAIT:g} ms",
            str(saves),
            saves.most <= _LONGEST_WAIT,
            saves.p50,
        )
    )


def _load(url: str, folder: str, path: str, told: Any) -> None:
    with _app(url, folder).app_context():
        before, began, worked = _megabytes(), time.perf_counter(), time.process_time()
        replace_postcodes(Path(path))
        took = time.perf_counter() - began, time.process_time() - worked
        told.put(("load", (*took, _megabytes() - before)))


def _app(url: str, folder: str) -> Flask:
    """An application as every installation has it, with no more memory for the database."""
    return create_app(
        Settings(
            secret_key="nobody signs in here, so nobody keeps it secret",
            database_url=url,
            data_dir=Path(folder),
            mail_sender="memory",
        )
    )


def _megabytes() -> float:
    """The most memory that this process has held."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1_048_576 if sys.platform == "darwin" else 1_024)


def _search(url: str, folder: str, stop: Any, told: Any) -> None:
    times: list[float] = []
    with _app(url, folder).app_context():
        told.put("ready")
        while not stop.is_set():
            db.session.connection(execution_options={"reading": True})
            took, found = timed(partial(search_point, "WV1 1AA"))
            assert found is not None
            assert isinstance(found.point, Point)
            times.append(took)
            db.session.rollback()
            time.sleep(_PAUSE)
    told.put(("searches", times))


def _save(url: str, folder: str, stop: Any, told: Any) -> None:
    times: list[float] = []
    with _app(url, folder).app_context():
        told.put("ready")
        while not stop.is_set():
            times.append(timed(_save_something)[0])
            time.sleep(_PAUSE)
    told.put(("saves", times))


def _save_something() -> None:
    raise_version()
    db.session.commit()
