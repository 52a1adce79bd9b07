"""Reads a file of postcodes (CSV, plain or gzipped) row by row, and says what is wrong with it.

Pure reading: nothing is stored here. The columns are those of `data/README.md`; others are left.
"""

import csv
import gzip
import io
import math
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO

from registry.geography.places import normalise_postcode

ROWS_AT_ONCE = 10_000
COLUMNS = (
    "postcode",
    "latitude",
    "longitude",
    "lad_code",
    "lad_name",
    "ward_code",
    "ward_name",
)

# Great Britain with a little sea around it. A point outside is a mixed-up column or a wrong datum.
_SOUTHERNMOST, _NORTHERNMOST = 49.8, 61.0
_WESTERNMOST, _EASTERNMOST = -8.8, 1.9
_GZIP_SIGNATURE = b"\x1f\x8b"
_LONGEST_LINE = 10_000
_LONGEST_NAME = 100
_CODE_LENGTH = 9


class PostcodeRow(NamedTuple):
    """One postcode of the file, in the order of the table. One of quality 90 has no point."""

    postcode: str
    latitude: float | None
    longitude: float | None
    ward_code: str
    ward_name: str
    authority_code: str
    authority_name: str


class Batch(NamedTuple):
    """Some thousand rows of a file. `left_out` were passed over for having no point; `share` is
    how much of the file has been read, from 0 to 1."""

    rows: list[PostcodeRow]
    left_out: int
    share: float


class BadPostcodeFile(ValueError):
    """The file cannot be used. The text says where and why."""


def read_postcodes(path: Path) -> Iterator[PostcodeRow]:
    """Every row of the file, in its order.

    Raises BadPostcodeFile at the first thing that is wrong; a caller that must not stop half-way
    reads to the end once before it begins.
    """
    try:
        with path.open("rb") as raw:
            yield from _told(path, raw, each_once=True)
    except OSError as error:
        raise BadPostcodeFile(f"{path} cannot be read: {error.strerror}.") from error


def read_batches(path: Path) -> Iterator[Batch]:
    """The same, some thousand rows at a time. Whether one is there twice is for the caller to see,
    so that no file fills the memory."""
    size = max(1, path.stat().st_size)
    with path.open("rb") as raw:
        rows = _told(path, raw, each_once=False)
        while some := list(islice(rows, ROWS_AT_ONCE)):
            yield Batch(some, 0, 1.0 if raw.closed else raw.tell() / size)


def _told(path: Path, raw: BinaryIO, *, each_once: bool) -> Iterator[PostcodeRow]:
    """The rows, and what is wrong in words."""
    try:
        yield from _rows(path, raw, each_once=each_once)
    except BadPostcodeFile:
        raise
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BadPostcodeFile(f"{path.name} is cut short or damaged: {error}.") from error
    except UnicodeDecodeError as error:
        raise BadPostcodeFile(f"{path.name} is not a text file in UTF-8.") from error
    except csv.Error as error:
        raise BadPostcodeFile(f"{path.name} is not a CSV file: {error}.") from error


def _rows(path: Path, raw: BinaryIO, *, each_once: bool) -> Iterator[PostcodeRow]:
    gzipped = raw.read(2) == _GZIP_SIGNATURE
    raw.seek(0)
    plain = gzip.GzipFile(fileobj=raw) if gzipped else raw
    with io.TextIOWrapper(plain, encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(lines_of(text, path.name))
        header = [name.strip().lower() for name in next(reader, [])]
        if missing := [name for name in COLUMNS if name not in header]:
            raise BadPostcodeFile(f"{path.name} has no column called {missing[0]}.")
        places = [header.index(name) for name in COLUMNS]
        seen: set[str] = set()
        for cells in reader:
            if len(cells) != len(header):
                raise BadPostcodeFile(
                    f"Line {reader.line_num} of {path.name} has {len(cells)} columns, "
                    f"not {len(header)}."
                )
            try:
                row = _row([cells[place].strip() for place in places])
            except ValueError as error:
                raise BadPostcodeFile(f"Line {reader.line_num} of {path.name}: {error}.") from error
            if row.postcode in seen:
                raise BadPostcodeFile(
                    f"Line {reader.line_num} of {path.name}: {cells[places[0]]} is there twice."
                )
            if each_once or not seen:
                seen.add(row.postcode)
            yield row
        if not seen:
            raise BadPostcodeFile(f"{path.name} has no postcodes in it.")


def lines_of(text: TextIO, name: str) -> Iterator[str]:
    """The lines of a file as they are, but none so long that it would fill the memory."""
    while line := text.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise BadPostcodeFile(f"{name} has a line that is far too long.")
        yield line


def _row(cells: list[str]) -> PostcodeRow:
    written, latitude, longitude, authority_code, authority_name, ward_code, ward_name = cells
    postcode = normalise_postcode(written)
    if postcode is None:
        raise ValueError(f"“{written[:20]}” is not a postcode")
    if bool(latitude) != bool(longitude):
        raise ValueError(f"{written} has only one of latitude and longitude")
    for code in (authority_code, ward_code):
        if len(code) not in (0, _CODE_LENGTH):
            raise ValueError(f"“{code[:20]}” is not the code of an area")
    for name in (authority_name, ward_name):
        if len(name) > _LONGEST_NAME:
            raise ValueError(f"“{name[:20]}…” is too long for a name")
    north, east = (_degrees(latitude), _degrees(longitude)) if latitude else (None, None)
    if north is not None and east is not None and not _in_britain(north, east):
        raise ValueError(f"{written} is at {latitude}, {longitude}, which is not in Great Britain")
    return PostcodeRow(postcode, north, east, ward_code, ward_name, authority_code, authority_name)


def _degrees(text: str) -> float:
    degrees = float(text) if text.isascii() else math.nan
    if not math.isfinite(degrees):
        raise ValueError(f"“{text[:20]}” is not a number of degrees")
    return degrees


def _in_britain(latitude: float, longitude: float) -> bool:
    return _SOUTHERNMOST <= latitude <= _NORTHERNMOST and _WESTERNMOST <= longitude <= _EASTERNMOST
