"""Reads a file of postcodes (CSV, plain or gzipped) row by row, and says what is wrong with it.

Pure reading: nothing is stored here. The columns are those of `data/README.md`; others are left.
"""

import csv
import gzip
import math
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from registry.geography.places import normalise_postcode

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
_LONGEST_NAME = 100
_CODE_LENGTH = 9


class PostcodeRow(NamedTuple):
    """One postcode of the file. No point where Ordnance Survey gives none (quality 90)."""

    postcode: str
    latitude: float | None
    longitude: float | None
    authority_code: str
    authority_name: str
    ward_code: str
    ward_name: str


class BadPostcodeFile(ValueError):
    """The file cannot be used. The text says where and why."""


def read_postcodes(path: Path) -> Iterator[PostcodeRow]:
    """Every row of the file, in its order.

    Raises BadPostcodeFile at the first thing that is wrong; a caller that must not stop half-way
    reads to the end once before it begins.
    """
    try:
        yield from _rows(path)
    except BadPostcodeFile:
        raise
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BadPostcodeFile(f"{path.name} is cut short or damaged: {error}.") from error
    except UnicodeDecodeError as error:
        raise BadPostcodeFile(f"{path.name} is not a text file in UTF-8.") from error
    except csv.Error as error:
        raise BadPostcodeFile(f"{path.name} is not a CSV file: {error}.") from error
    except OSError as error:
        raise BadPostcodeFile(f"{path} cannot be read: {error.strerror}.") from error


def _rows(path: Path) -> Iterator[PostcodeRow]:
    with path.open("rb") as raw:
        gzipped = raw.read(2) == _GZIP_SIGNATURE
    opener = gzip.open if gzipped else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text)
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
            seen.add(row.postcode)
            yield row
        if not seen:
            raise BadPostcodeFile(f"{path.name} has no postcodes in it.")


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
    return PostcodeRow(postcode, north, east, authority_code, authority_name, ward_code, ward_name)


def _degrees(text: str) -> float:
    degrees = float(text) if text.isascii() else math.nan
    if not math.isfinite(degrees):
        raise ValueError(f"“{text[:20]}” is not a number of degrees")
    return degrees


def _in_britain(latitude: float, longitude: float) -> bool:
    return _SOUTHERNMOST <= latitude <= _NORTHERNMOST and _WESTERNMOST <= longitude <= _EASTERNMOST
