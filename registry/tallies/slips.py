"""Slips: what a process of the server has counted, on its way to the worker.

A file each, whole or not there. A word lies in one only when it may be kept; of every other there
is its digest. Where the folder cannot be written, the process keeps on counting in memory.
"""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

__all__ = ["Slip", "put", "waiting"]

_ENDING = ".json"


@dataclass
class Slip:
    """Looks as (week, activity, times), digests of words by day, and the words that may be kept."""

    looks: list[tuple[date, int, int]] = field(default_factory=list)
    traces: list[tuple[date, bytes]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def to_text(self) -> str:
        """As it lies in its file."""
        looks = [[week.isoformat(), number, times] for week, number, times in self.looks]
        traces = [[day.isoformat(), digest.hex()] for day, digest in self.traces]
        return json.dumps({"looks": looks, "traces": traces, "words": self.words})

    @classmethod
    def from_text(cls, text: str) -> "Slip":
        """The slip in a file. Raises ValueError, KeyError or TypeError for anything else."""
        told = json.loads(text)
        return cls(
            [(date.fromisoformat(week), int(n), int(times)) for week, n, times in told["looks"]],
            [(date.fromisoformat(day), bytes.fromhex(digest)) for day, digest in told["traces"]],
            [str(word) for word in told["words"]],
        )


def put(folder: Path, slip: Slip) -> None:
    """Lay a slip down for the worker. Raises OSError where that cannot be."""
    folder.mkdir(parents=True, exist_ok=True)
    name = secrets.token_hex(8)
    unfinished = folder / f"{name}.part"
    unfinished.write_text(slip.to_text())
    unfinished.replace(folder / f"{name}{_ENDING}")


def waiting(folder: Path) -> Iterator[Path]:
    """The slips that the worker has not taken in."""
    yield from sorted(folder.glob(f"*{_ENDING}"))
