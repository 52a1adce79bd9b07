"""Reads OS Code-Point Open as it is downloaded: a zip with a CSV for each postcode area.

Pure reading, some thousand rows at a time, and nothing is unpacked onto the disk. The files have no
headings; their columns are those of Ordnance Survey's guide. Postcodes without a point (quality
90) are left out, and counted.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, NamedTuple

from registry.geography.grid import EASTERNMOST, NORTHERNMOST, to_degrees
from registry.geography.places import normalise_postcode
from registry.geography.postcode_file import (
    ROWS_AT_ONCE,
    BadPostcodeFile,
    Batch,
    PostcodeRow,
    lines_of,
)

ENGLAND, SCOTLAND, WALES = "E92000001", "S92000003", "W92000004"
COUNTRIES = {"england": ENGLAND, "scotland": SCOTLAND, "wales": WALES}
NO_POINT = "90"

_AREA_FILE = re.compile(r"(?:[^/]+/)?Data/CSV/([a-z]{1,2})\.csv", re.IGNORECASE)
_COLUMNS = 10
_QUALITIES = frozenset({"10", "20", "30", "40", "50", "60", NO_POINT})
_AREA_CODE = re.compile(r"[A-Z]\d{8}")
# As nearly every one is written; the others are looked at more closely.
_PLAIN = re.compile("[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-Z]?[0-9][ABD-HJLNP-UW-Z]{2}")
_METRES = re.compile(r"\d{1,7}")
# Great Britain has 124 postcode areas and 1.75 million postcodes: 160 MB unpacked.
_MOST_FILES = 300
_MOST_BYTES = 600_000_000


class Line(NamedTuple):
    """What is used of one line of a file."""

    postcode: str
    easting: int
    northing: int
    authority: str
    ward: str


@dataclass
class _Waiting:
    """Lines that wait to be turned into rows together."""

    names: Mapping[str, str]
    lines: list[Line]
    left_out: int = 0

    def batch(self, share: float) -> Batch:
        """They, as rows with degrees; then none wait."""
        points = to_degrees(
            [line.easting for line in self.lines], [line.northing for line in self.lines]
        )
        name = self.names.get
        rows = [
            PostcodeRow(
                line.postcode, *point, line.ward, name(line.ward, ""),
                line.authority, name(line.authority, ""),
            )
            for line, point in zip(self.lines, points, strict=True)
        ]  # fmt: skip
        done = Batch(rows, self.left_out, share)
        self.lines, self.left_out = [], 0
        return done


def is_code_point(path: Path) -> bool:
    """Whether a file is a zip, whatever it is called."""
    with path.open("rb") as raw:
        return raw.read(2) == b"PK"


def read_code_point(
    path: Path, names: Mapping[str, str], countries: Collection[str] = ()
) -> Iterator[Batch]:
    """Every postcode of the zip with a point, of these countries; all of them, if none is given.

    `names` are those of wards and authorities by their codes, which Code-Point Open does not say.
    Raises BadPostcodeFile at the first thing that is wrong.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _batches(archive, path.name, names, countries)
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError) as error:
        raise BadPostcodeFile(f"{path.name} is cut short or damaged: {error}.") from error
    except UnicodeDecodeError as error:
        raise BadPostcodeFile(f"A file in {path.name} is not text.") from error
    except csv.Error as error:
        raise BadPostcodeFile(f"A file in {path.name} is not a CSV file: {error}.") from error
    except OSError as error:
        raise BadPostcodeFile(f"{path} cannot be read: {error.strerror}.") from error


def _batches(
    archive: zipfile.ZipFile, name: str, names: Mapping[str, str], countries: Collection[str]
) -> Iterator[Batch]:
    files = _area_files(archive, name)
    total = max(1, sum(file.file_size for file in files.values()))
    waiting, before, some = _Waiting(names, []), 0, False
    for area, file in files.items():
        with archive.open(file) as raw:
            for number, cells in _cells(raw, file.filename):
                try:
                    line = _line(cells, area, countries)
                except ValueError as error:
                    raise BadPostcodeFile(f"Line {number} of {file.filename}: {error}.") from error
                if line is None:
                    waiting.left_out += int(cells[1] == NO_POINT)
                    continue
                waiting.lines.append(line)
                if len(waiting.lines) == ROWS_AT_ONCE:
                    some = True
                    yield waiting.batch((before + raw.tell()) / total)
        before += file.file_size
    if not some and not waiting.lines:
        raise BadPostcodeFile(f"{name} has no postcodes in it.")
    yield waiting.batch(1.0)


def _area_files(archive: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    """The file of each postcode area. Nothing else in the zip is looked at."""
    found: dict[str, zipfile.ZipInfo] = {}
    for file in archive.infolist():
        if not (shaped := _AREA_FILE.fullmatch(file.filename)):
            continue
        area = shaped[1].upper()
        if ".." in file.filename or area in found:
            raise BadPostcodeFile(f"{name} has two files for {area}, or one that leads elsewhere.")
        if file.flag_bits & 1:
            raise BadPostcodeFile(f"{name} is locked with a password.")
        found[area] = file
    if not found:
        raise BadPostcodeFile(f"{name} is not Code-Point Open: it has no files in Data/CSV.")
    if len(found) > _MOST_FILES or sum(one.file_size for one in found.values()) > _MOST_BYTES:
        raise BadPostcodeFile(f"{name} holds far more than all of Great Britain.")
    return dict(sorted(found.items()))


def _cells(raw: IO[bytes], name: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of one file, each with its number."""
    text = io.TextIOWrapper(raw, encoding="utf-8", newline="")
    reader = csv.reader(lines_of(text, name), strict=True)
    for cells in reader:
        yield reader.line_num, cells


def _line(cells: list[str], area: str, countries: Collection[str]) -> Line | None:
    """What is used of a line; None for what has no point, or is in another country."""
    if len(cells) != _COLUMNS:
        raise ValueError(f"it has {len(cells)} columns, not {_COLUMNS}")
    written, quality, east, north, country, _, _, _, authority, ward = cells
    bare = written.replace(" ", "")
    postcode = bare if _PLAIN.fullmatch(bare) else normalise_postcode(written)
    if postcode is None:
        raise ValueError(f"“{written[:20]}” is not a postcode")
    if not postcode.startswith(area) or not postcode[len(area)].isdigit():
        raise ValueError(f"{written} is not in the area {area}")
    if quality not in _QUALITIES:
        raise ValueError(f"“{quality[:20]}” is not a quality of a position")
    for code in (country, authority, ward):
        _check_code(code)
    easting, northing = _metres(east, EASTERNMOST), _metres(north, NORTHERNMOST)
    if quality == NO_POINT or (countries and country not in countries):
        return None
    if not (easting and northing):
        raise ValueError(f"{written} has no easting or northing")
    return Line(postcode, easting, northing, authority, ward)


@lru_cache(maxsize=20_000)
def _check_code(code: str) -> None:
    """Most lines have the codes of the line before."""
    if code and not _AREA_CODE.fullmatch(code):
        raise ValueError(f"“{code[:20]}” is not the code of an area")


def _metres(written: str, most: int) -> int:
    if not written:
        return 0
    if not _METRES.fullmatch(written) or int(written) > most:
        raise ValueError(f"“{written[:20]}” is not on the grid of Great Britain")
    return int(written)
