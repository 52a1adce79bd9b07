"""Measure everything, and write RESULTS.md: `python -m benchmarks`."""

import argparse
import shutil
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    editing,
    feeds,
    files,
    opendata,
    pages,
    postcodes,
    postgresql,
    rebuilding,
    results,
    searching,
)
from benchmarks.activities import Country
from benchmarks.registers import Register, register
from benchmarks.timing import Finding, Findings, reference, say

Measure = Callable[[Register, Findings], None]

LARGE, OPEN, MIDDLE, SMALL = 1_000_000, 100_000, 50_000, 5_000
ALL = ("pages", "middle", "opendata", "postcodes", "sqlite", "postgresql")


def main() -> int:
    """Run what was asked for; 1 where something is slower than it must be."""
    chosen = _arguments()
    country, findings, began = Country(), Findings(reference()), time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="benchmarks-", dir=_folder(chosen.folder)))
    try:
        for part in chosen.parts:
            say(f"\n{part}")
            try:
                _PARTS[part](folder / part, country, chosen, findings)
            except Exception as problem:  # the other parts are worth having all the same
                traceback.print_exc()
                findings.add(Finding(part, "measured", f"not: {type(problem).__name__}", False))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        sizes = {"large": chosen.activities, "middle": chosen.middle, "page": chosen.page}
        results.write(findings, sizes, time.monotonic() - began, chosen.results)
    say(f"\nWritten to {chosen.results}")
    return 1 if any(line.met is False for line in findings.lines) else 0


def _pages(folder: Path, country: Country, chosen: argparse.Namespace, findings: Findings) -> None:
    _on_sqlite(folder, chosen.page, country, findings, pages.measure)


def _middle(folder: Path, country: Country, chosen: argparse.Namespace, findings: Findings) -> None:
    _on_sqlite(folder, chosen.middle, country, findings, searching.measure_middle)


def _open(folder: Path, country: Country, chosen: argparse.Namespace, findings: Findings) -> None:
    _on_sqlite(
        folder, chosen.opendata, country, findings, files.measure, opendata.measure, feeds.measure
    )


def _large(folder: Path, country: Country, chosen: argparse.Namespace, findings: Findings) -> None:
    size = chosen.activities
    measures = (searching.measure, editing.measure, rebuilding.measure)
    _on_sqlite(folder, size, country, findings, *measures)


def _postgresql(
    folder: Path, country: Country, chosen: argparse.Namespace, findings: Findings
) -> None:
    programs = postgresql.programs()
    if programs is None:
        say("  PostgreSQL's server is not here. On Debian: sudo apt-get install postgresql")
        return
    with (
        postgresql.server(programs) as url,
        register(url, folder, chosen.activities, country) as made,
    ):
        for measure in (searching.measure, editing.measure):
            measure(made, findings)


def _postcodes(
    folder: Path, country: Country, chosen: argparse.Namespace, findings: Findings
) -> None:
    folder.mkdir(parents=True)
    postcodes.measure(f"sqlite:///{folder / 'registry.db'}", folder, findings)
    shutil.rmtree(folder, ignore_errors=True)


def _on_sqlite(
    folder: Path, size: int, country: Country, findings: Findings, *measures: Measure
) -> None:
    url = f"sqlite:///{folder / 'registry.db'}"
    with register(url, folder, size, country) as made:
        for measure in measures:
            measure(made, findings)
    shutil.rmtree(folder, ignore_errors=True)


_PARTS = dict(zip(ALL, (_pages, _middle, _open, _postcodes, _large, _postgresql), strict=True))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", default=ALL, help=f"of {', '.join(ALL)}; all, if none")
    parser.add_argument("--activities", type=int, default=LARGE, help="of a large register")
    parser.add_argument("--middle", type=int, default=MIDDLE, help="of a region's register")
    parser.add_argument("--opendata", type=int, default=OPEN, help="of one that is harvested")
    parser.add_argument("--page", type=int, default=SMALL, help="where pages are measured")
    parser.add_argument("--folder", type=Path, default=Path("var/benchmarks"), help="for databases")
    parser.add_argument("--results", type=Path, default=results.RESULTS, help="where to write")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - set(ALL):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    return chosen


def _folder(wanted: Path) -> Path:
    wanted.mkdir(parents=True, exist_ok=True)
    return wanted.absolute()


if __name__ == "__main__":
    raise SystemExit(main())
