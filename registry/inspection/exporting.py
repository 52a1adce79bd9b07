"""The history as a file: CSV for a spreadsheet, JSON lines with what proves each digest."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from registry.audit.chain import as_lines, facts_of
from registry.audit.models import Entry
from registry.csv_files import plain

COLUMNS = (
    "number", "at", "actor_id", "action", "subject_type", "subject_id", "organisation_id",
    "details", "restricted", "previous_digest", "digest",
)  # fmt: skip
FORMATS = {"csv": "text/csv", "jsonl": "application/x-ndjson"}


def as_file(entries: Iterable[Entry], form: str) -> Iterator[str]:
    """The file, a piece at a time."""
    return as_lines(entries) if form == "jsonl" else _as_csv(entries)


def _as_csv(entries: Iterable[Entry]) -> Iterator[str]:
    yield ",".join(COLUMNS) + "\r\n"
    for entry in entries:
        said = {**facts_of(entry), "digest": entry.digest}
        line = io.StringIO()
        csv.writer(line).writerow([_cell(said[name]) for name in COLUMNS])
        yield line.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    return plain("" if value is None else str(value))
