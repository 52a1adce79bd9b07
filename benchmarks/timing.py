"""Times: medians, the slowest of twenty, and a ratio to something that is always the same."""

import hashlib
import json
import os
import platform
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Spread:
    """Many times, in milliseconds."""

    times: tuple[float, ...]

    @property
    def p50(self) -> float:
        """The one in the middle."""
        return median(self.times)

    @property
    def p95(self) -> float:
        """One in twenty takes longer."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]

    @property
    def most(self) -> float:
        """The longest."""
        return max(self.times)

    def __str__(self) -> str:
        return f"p50 {self.p50:.2f} ms, p95 {self.p95:.2f} ms, most {self.most:.1f} ms"


@dataclass(frozen=True)
class Finding:
    """One line of the results: what was measured, what it must reach, what was seen."""

    what: str
    target: str
    seen: str
    met: bool | None
    # The figure that is told again as a multiple of the reference, in milliseconds.
    figure: float | None = None


@dataclass
class Findings:
    """All that a run found, and the query plans that belong to it."""

    reference: float
    lines: list[Finding] = field(default_factory=list)
    plans: list[tuple[str, str]] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        """Keep it, and say it."""
        self.lines.append(finding)
        said = {True: "met", False: "MISSED", None: "for comparison"}[finding.met]
        say(f"  {finding.what}: {finding.seen} (target {finding.target or '–'}: {said})")


def spread_of(acts: Iterable[Callable[[], object]]) -> Spread:
    """How long each took."""
    return Spread(tuple(timed(act)[0] for act in acts))


def timed(act: Callable[[], T]) -> tuple[float, T]:
    """How long it took in milliseconds, and what it gave."""
    start = time.perf_counter()
    gave = act()
    return (time.perf_counter() - start) * 1_000, gave


def reference() -> float:
    """A fixed piece of work of Python's, in milliseconds: what other figures are multiples of.

    So two runs can be compared though one machine was slower, or had something else to do.
    """
    return median(timed(_fixed_work)[0] for _ in range(9))


def _fixed_work() -> None:
    record = {"name": "Football", "days": list(range(40)), "words": "one two three " * 40}
    for number in range(200):
        text = json.dumps({**record, "number": number})
        hashlib.sha256(text.encode()).hexdigest()
        json.loads(text)


@contextmanager
def progress(what: str, of: int) -> Iterator[Callable[[int], None]]:
    """Show how far long work has come: a line that grows on a terminal, else a line at the end."""
    began, shown = time.perf_counter(), -1
    is_terminal = sys.stderr.isatty()

    def to(done: int) -> None:
        nonlocal shown
        part = int(done * 30 / of) if of else 30
        if is_terminal and part != shown:
            shown = part
            bar = "#" * part + "." * (30 - part)
            sys.stderr.write(f"\r  {what} [{bar}] {done:,} of {of:,} ")
            sys.stderr.flush()

    yield to
    if is_terminal:
        sys.stderr.write("\r\033[K")
    say(f"  {what}: {of:,} in {time.perf_counter() - began:.1f} s")


def say(line: str) -> None:
    """Tell whoever watches."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def machine() -> Sequence[tuple[str, str]]:
    """What it was measured on."""
    return (
        ("Processors", f"{os.cpu_count()} ({_processor()})"),
        ("Memory", f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"),
        ("System", platform.platform()),
        ("Python", platform.python_version()),
        ("SQLite", sqlite3.sqlite_version),
    )


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        names = [line.partition(":")[2].strip() for line in told if "model name" in line]
    except OSError:
        names = []
    return names[0] if names else platform.processor() or "unknown"


def milliseconds(value: float) -> str:
    """A time as people read it."""
    return f"{value:.2f} ms" if value < 100 else f"{value:,.0f} ms"


def within(spread: Spread, p50: float | None, p95: float) -> bool:
    """Whether the times are as short as they must be."""
    return (p50 is None or spread.p50 <= p50) and spread.p95 <= p95
