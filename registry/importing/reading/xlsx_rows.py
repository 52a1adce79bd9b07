"""The rows of an Excel workbook: the values of its first sheet, as they were when it was saved.

Formulas and macros are never run, links to other files are never followed, and what would unpack
into far more than it is is not unpacked.
"""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from registry.importing.cells import number_as_text
from registry.importing.columns import MOST_COLUMNS
from registry.importing.reading import BrokenFile
from registry.importing.reading.csv_rows import LONGEST_CELL, MOST_ROWS

MOST_PARTS = 2_000
LARGEST_UNPACKED = 300 * 1024 * 1024
LARGEST_WORDS = 60 * 1024 * 1024
BOMB_RATIO, BOMB_SIZE = 100, 20 * 1024 * 1024
MOST_BLANK_ROWS = 5_000
_WORDS = "xl/sharedStrings.xml"
_SAVE_AGAIN = "Open it in your spreadsheet, save it as a new workbook (XLSX), and send that."


class Workbook(NamedTuple):
    """What is to be said of a workbook before its rows."""

    notes: list[str]


def look(path: Path) -> Workbook:
    """Whether it can be read at all, and what else is in it. Raises BrokenFile."""
    notes = []
    with _opened(path) as package:
        names = set(package.namelist())
        if "xl/workbook.xml" not in names:
            raise BrokenFile(
                "This is not an Excel workbook, whatever its name says. Send a CSV or an XLSX file."
            )
        _refuse_bombs(package)
        _refuse_entities(package)
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            notes.append("The workbook holds macros. They are never run: only values are read.")
        if any(name.startswith("xl/externalLinks/") for name in names):
            notes.append(
                "The workbook has links to other files. They are not followed: the values are "
                "those of the day on which it was saved."
            )
    return Workbook(notes)


def rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row of the first sheet with anything in it, with its number. Raises BrokenFile."""
    # Here and not above: the library takes a moment to load, and few need it.
    import openpyxl

    try:
        # As a stream: what the file is called says nothing of what is in it.
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            with closing(book):
                yield from _rows(_first_sheet(book))
    except BrokenFile:
        raise
    except Exception as broken:
        # The library raises whatever a broken part makes of it.
        raise BrokenFile(f"The workbook is broken. {_SAVE_AGAIN}") from broken


def _first_sheet(book: Any) -> Any:
    sheets = [one for one in book.worksheets if one.sheet_state == "visible"]
    if not sheets:
        raise BrokenFile(f"The workbook has no sheet that can be seen. {_SAVE_AGAIN}")
    sheet = sheets[0]
    # What a file says of its own size need not be true.
    sheet.reset_dimensions()
    return sheet


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    blank = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > MOST_ROWS + 1:
            raise BrokenFile(f"The file has more than {MOST_ROWS:,} rows. Send it in parts.")
        if any(cell is not None for cell in row[MOST_COLUMNS:]):
            raise BrokenFile(
                f"Row {number} has more than {MOST_COLUMNS} columns. Take out the columns that you "
                "do not need."
            )
        cells = [_as_text(value) for value in row[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        blank = 0 if cells else blank + 1
        if cells:
            yield number, cells
        elif blank > MOST_BLANK_ROWS:
            return


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_as_text(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)[:LONGEST_CELL]


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as package:
            yield package
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as broken:
        raise BrokenFile(f"The workbook is broken, or has a password. {_SAVE_AGAIN}") from broken


def _refuse_bombs(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    words = sum(part.file_size for part in parts if part.filename == _WORDS)
    ratio = unpacked / max(packed, 1)
    if (
        len(parts) > MOST_PARTS
        or unpacked > LARGEST_UNPACKED
        or words > LARGEST_WORDS
        or (unpacked > BOMB_SIZE and ratio > BOMB_RATIO)
    ):
        raise BrokenFile(
            f"The workbook would unpack into {unpacked / 1024 / 1024:,.0f} MB, which is too much. "
            "Delete the empty rows below your table, or save it as CSV, and send that."
        )


def _refuse_entities(package: zipfile.ZipFile) -> None:
    """No workbook of a spreadsheet has a document type: only one that is made to do harm."""
    for part in package.infolist():
        if part.filename.endswith((".xml", ".rels")):
            with package.open(part) as file:
                if b"<!DOCTYPE" in file.read(4096).upper():
                    raise BrokenFile(f"The workbook holds what no workbook should. {_SAVE_AGAIN}")
