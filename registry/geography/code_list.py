"""Reads the names of wards and authorities that come with Code-Point Open: Doc/Codelist.xlsx.

The rows of postcodes say only codes. Each sheet of the list has a name and a code on each row. A
zip without the list, or with one that cannot be read, has no names, and that is no mistake.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_LIST = re.compile(r"(?:[^/]+/)?Doc/Codelist\.xlsx", re.IGNORECASE)
_CODE = re.compile(r"[ESW]\d{8}")
# What stands behind the name itself, as in “Heath Town Ward” or “Wolverhampton District (B)”.
_BEHIND = re.compile(r"( (Ward|District|Boro|Borough|London Boro|County|ED))?( \([A-Z]+\))*$")
_LARGEST, _LARGEST_UNPACKED = 5_000_000, 60_000_000
_LONGEST_NAME = 100
_MOST_ROWS = 100_000


def read_names(path: Path) -> dict[str, str]:
    """The names by their codes; none where there is no list to read."""
    try:
        with zipfile.ZipFile(path) as archive:
            given = next((f for f in archive.infolist() if _LIST.fullmatch(f.filename)), None)
            if given is None or given.file_size > _LARGEST:
                return {}
            return dict(_pairs(archive.read(given)))
    # The list is one of many things in the zip. Whatever is wrong with it, postcodes need it not;
    # what is wrong with the zip itself is told by whoever reads the postcodes.
    except Exception:
        return {}


def _pairs(workbook: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        if sum(part.file_size for part in parts.infolist()) > _LARGEST_UNPACKED:
            return
    # Here and not above: only this one command needs it.
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            for row in sheet.iter_rows(max_row=_MOST_ROWS, max_col=4, values_only=True):
                yield from _pair(row)
    finally:
        book.close()


def _pair(row: tuple[Any, ...]) -> Iterator[tuple[str, str]]:
    """The code of a row and the name beside it, in whichever order they stand."""
    cells = [" ".join(str(cell).split()) for cell in row if cell is not None]
    codes = [cell for cell in cells if _CODE.fullmatch(cell)]
    others = [cell for cell in cells if not _CODE.fullmatch(cell)]
    if len(codes) == 1 and others and (name := _BEHIND.sub("", others[0])[:_LONGEST_NAME]):
        yield codes[0], name
