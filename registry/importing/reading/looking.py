"""What a file is, before anything of it is taken in: decided by what is in it, not by its name."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from registry.importing import columns
from registry.importing.reading import BrokenFile, csv_rows, json_items, xlsx_rows
from registry.importing.reading.outpost import is_outpost_header, is_outpost_item
from registry.importing.reading.services import is_oruk_item

LARGEST_FILE = 1024 * 1024 * 1024
SAMPLE = 4
LONGEST_SAMPLE = 80
_OTHERS = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file (or one with a password)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a packed file",
    b"Rar!": "a packed file",
    b"<?xml": "an XML file",
    b"<!DOCTYP": "a web page",
    b"<html": "a web page",
}


@dataclass
class Look:
    """What a file is: its kind, whose shape it has, its heading and first rows."""

    kind: str
    shape: str
    encoding: str = ""
    header: list[str] = field(default_factory=list)
    sample: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def look(path: Path, name: str) -> Look:
    """Raises BrokenFile, with what to do, where it is nothing that can be taken in."""
    if path.stat().st_size > LARGEST_FILE:
        raise BrokenFile("The file is bigger than 1,024 MB. Send it in parts.")
    with path.open("rb") as file:
        beginning = file.read(4096)
    if not beginning.strip():
        raise BrokenFile("The file is empty.")
    kind = _kind(beginning)
    _refuse_wrong_name(name, kind)
    if kind == "xlsx":
        return _table(kind, "", xlsx_rows.look(path).notes, xlsx_rows.rows(path))
    if kind == "json":
        return _json(path)
    encoding = csv_rows.encoding_of(path)
    notes = [encoding.note] if encoding.note else []
    return _table(kind, encoding.name, notes, csv_rows.rows(path, encoding.name))


def table_rows(path: Path, kind: str, encoding: str = "") -> Iterator[tuple[int, list[str]]]:
    """The rows of a table, its heading first."""
    if kind == "xlsx":
        return xlsx_rows.rows(path)
    return csv_rows.rows(path, encoding or csv_rows.encoding_of(path).name)


def _kind(beginning: bytes) -> str:
    for mark, what in _OTHERS.items():
        if beginning.lstrip()[: len(mark)].lower() == mark.lower():
            raise BrokenFile(
                f"This is {what}, whatever its name says. Send a CSV, an XLSX or a JSON file."
            )
    if beginning.startswith(b"PK\x03\x04"):
        return "xlsx"
    bare = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "json" if bare[:1] in (b"{", b"[") else "csv"


def _refuse_wrong_name(name: str, kind: str) -> None:
    """Somebody who sends another file than they mean is told so."""
    ending = PurePosixPath(name.lower()).suffix
    wanted = {".csv": "csv", ".json": "json", ".xlsx": "xlsx", ".xlsm": "xlsx"}.get(ending)
    what = {"csv": "text", "json": "JSON", "xlsx": "a workbook"}[kind]
    if wanted and wanted != kind:
        raise BrokenFile(
            f"The name of the file ends in “{ending}”, but it holds {what}. Look whether it is the "
            "right file."
        )


def _table(
    kind: str, encoding: str, notes: list[str], rows: Iterator[tuple[int, list[str]]]
) -> Look:
    found = csv_rows.head(rows, SAMPLE)
    if not found:
        raise BrokenFile("The file has no rows.")
    header = [cell.strip() for cell in found[0]]
    if len(header) < 2:
        raise BrokenFile(
            "The file has one column only. Its first row must be a heading, with commas between "
            "the names of the columns."
        )
    if len(found) == 1:
        raise BrokenFile("The file has a heading and no rows below it.")
    is_outpost = is_outpost_header(header)
    sample = [[cell[:LONGEST_SAMPLE] for cell in row] for row in found[1:]]
    return Look(
        kind,
        "outpost_csv" if is_outpost else "table",
        encoding,
        [heading[:LONGEST_SAMPLE] for heading in header],
        sample,
        [*notes, *columns.twice(header)],
    )


def _json(path: Path) -> Look:
    for item in json_items.items(path):
        if not isinstance(item, dict):
            break
        if is_outpost_item(item):
            return Look("json", "outpost")
        if is_oruk_item(item):
            return Look("json", "oruk")
        names = ", ".join(f"“{str(name)[:40]}”" for name in list(item)[:8]) or "nothing"
        raise BrokenFile(
            f"The items of this JSON file are of a shape that we do not know: they have {names}. "
            "Send services from Outpost or from an Open Referral UK feed, or a CSV file."
        )
    else:
        raise BrokenFile("The list in this JSON file is empty.")
    raise BrokenFile(
        "The items of this JSON file are no services. Send services from Outpost or from an Open "
        "Referral UK feed, or a CSV file."
    )
