"""The rows of a CSV file, whatever made it: encodings, line ends, dividers, and what is broken."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from registry.importing.columns import MOST_COLUMNS
from registry.importing.reading import BrokenFile

LONGEST_LINE = 200_000
LONGEST_CELL = 100_000
MOST_ROWS = 250_000
DIVIDERS = ",;\t|"
_PIECE = 1024 * 1024
_NO_UTF8 = (
    "The file is not in UTF-8, so it was read as Windows text. Look whether letters such as é and "
    "£ came out right."
)
_UTF16 = "The file is in UTF-16. It was read all the same."
_HOW_TO_SAVE = "In your spreadsheet choose “Save as”, then “CSV UTF-8”, and send it again."


class Encoding(NamedTuple):
    """How the letters of a file are written, and what to say about it."""

    name: str
    note: str = ""


def encoding_of(path: Path) -> Encoding:
    """By its mark or by its bytes, all of them read once. Raises BrokenFile."""
    with path.open("rb") as file:
        beginning = file.read(4096)
    if beginning.startswith(codecs.BOM_UTF8):
        return _checked(path, Encoding("utf-8-sig"))
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(path, Encoding("utf-16", _UTF16))
    if len(beginning) > 3 and beginning.count(0) * 3 > len(beginning):
        little = beginning[1::2].count(0) > beginning[0::2].count(0)
        return _checked(path, Encoding("utf-16-le" if little else "utf-16-be", _UTF16))
    try:
        return _checked(path, Encoding("utf-8"))
    except BrokenFile:
        if 0 in beginning:
            raise
        return _checked(path, Encoding("cp1252", _NO_UTF8))


def _checked(path: Path, encoding: Encoding) -> Encoding:
    """Every byte of it is a letter of this encoding."""
    decoder = codecs.getincrementaldecoder(encoding.name)("strict")
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                decoder.decode(piece)
            decoder.decode(b"", True)
    except UnicodeDecodeError as wrong:
        raise BrokenFile(f"The letters of this file cannot be read. {_HOW_TO_SAVE}") from wrong
    return encoding


def rows(path: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number, as a spreadsheet counts them: the heading is row 1. A row of
    nothing is passed over. Raises BrokenFile, which names the row."""
    with closing(io.TextIOWrapper(path.open("rb"), encoding=encoding, newline=None)) as file:
        beginning = file.readline(LONGEST_LINE + 1)
        file.seek(0)
        # The module's own limit guards against a quotation mark that is never closed.
        before = csv.field_size_limit(LONGEST_CELL)
        try:
            yield from _rows(file, _divider(beginning))
        finally:
            csv.field_size_limit(before)


def _rows(file: io.TextIOWrapper, divider: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    reader = csv.reader(_lines(file), delimiter=divider, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            raise BrokenFile(_in_words(wrong, number + 1)) from wrong
        except _TooLong as wrong:
            raise BrokenFile(
                f"Row {number + 1} has a line of more than {LONGEST_LINE:,} letters. Is this a "
                "table, with one activity in each row?"
            ) from wrong
        except UnicodeError as wrong:
            raise BrokenFile(f"Row {number + 1} cannot be read. {_HOW_TO_SAVE}") from wrong
        number += 1
        if number > MOST_ROWS + 1:
            raise BrokenFile(f"The file has more than {MOST_ROWS:,} rows. Send it in parts.")
        if len(row) > MOST_COLUMNS:
            raise BrokenFile(
                f"Row {number} has {len(row):,} columns. A file can have {MOST_COLUMNS}. Take out "
                "the columns that you do not need."
            )
        if any("\0" in cell for cell in row):
            raise BrokenFile(f"Row {number} holds a mark that no text has (NUL). {_HOW_TO_SAVE}")
        if any(cell.strip() for cell in row):
            yield number, row


class _TooLong(Exception):
    """A line that nobody wrote."""


def _lines(file: io.TextIOWrapper) -> Iterator[str]:
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise _TooLong
        yield line


def _divider(line: str) -> str:
    """What stands between the headings: whatever is there most."""
    return max(DIVIDERS, key=lambda one: (line.count(one), -DIVIDERS.index(one)))


def _in_words(wrong: csv.Error, number: int) -> str:
    said = str(wrong)
    if "unexpected end of data" in said or "field larger" in said:
        return (
            f'A quotation mark (") is opened in row {number} or just after it, and never closed. '
            "Take it out, or close it, and send the file again."
        )
    return (
        f'Row {number} has a quotation mark (") in the wrong place. Write two of them where one '
        "is meant, and send the file again."
    )


def head(found: Iterable[tuple[int, list[str]]], most: int) -> list[list[str]]:
    """The first rows."""
    taken = []
    for _, row in found:
        taken.append(row)
        if len(taken) == most:
            break
    return taken
