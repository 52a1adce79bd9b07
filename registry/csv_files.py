"""Tables as files that a spreadsheet opens without harm, with what each column means. Pure.

CSV as RFC 4180 has it, in UTF-8, and its description as CSV on the Web (W3C). A text that a
spreadsheet would take for a formula gets an apostrophe before it, and every text is in quotes, so
that none of it can begin another cell.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

__all__ = [
    "CONTEXT",
    "MANY",
    "METADATA_MIME",
    "MIME",
    "Cell",
    "Column",
    "header_of",
    "line_of",
    "plain",
    "table_of",
]

MIME = "text/csv; charset=utf-8; header=present"
METADATA_MIME = "application/csvm+json"
CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
# What stands between the values of a cell that has several.
MANY = ";"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_TEXTS = ("string", "anyURI")

Cell = str | int | float | Decimal | bool | date | datetime | Sequence[str] | None


class Column(NamedTuple):
    """One column: its name in the file, what it holds, and its datatype of CSV on the Web."""

    name: str
    holds: str
    datatype: str = "string"
    required: bool = False
    many: bool = False


def plain(words: str) -> str:
    """Words that no spreadsheet works out."""
    return f"'{words}" if words.startswith(_FORMULAS) else words


def header_of(columns: Iterable[Column]) -> str:
    """The first line of a file."""
    return ",".join(column.name for column in columns) + "\r\n"


def line_of(columns: Sequence[Column], cells: Iterable[Cell]) -> str:
    """One line: a cell for each column."""
    said = (_written(column, cell) for column, cell in zip(columns, cells, strict=True))
    return ",".join(said) + "\r\n"


def table_of(
    url: str,
    columns: Iterable[Column],
    primary_key: str,
    told: Mapping[str, Any],
    foreign_keys: Iterable[tuple[str, str, str]] = (),
) -> dict[str, Any]:
    """What CSV on the Web says of one file. `told` is its title, licence and the like.

    A foreign key is a column, the file that it leads to, and the column there.
    """
    schema: dict[str, Any] = {
        "columns": [_described(column) for column in columns],
        "primaryKey": primary_key,
    }
    keys = [
        {"columnReference": column, "reference": {"resource": there, "columnReference": other}}
        for column, there, other in foreign_keys
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {"url": url, **told, "tableSchema": schema}


def _described(column: Column) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.holds,
        "datatype": column.datatype,
    }
    if column.required:
        said["required"] = True
    if column.many:
        said["separator"] = MANY
    return said


def _written(column: Column, cell: Cell) -> str:
    if cell is None or cell == "":
        return ""
    if column.datatype in _TEXTS:
        return _quoted(plain(_joined(cell) if column.many else str(cell)))
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return f"{cell.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _joined(cell: Any) -> str:
    """Several values in one cell. None of them may have in it what stands between them."""
    return MANY.join(str(one).replace(MANY, ",") for one in cell)


def _quoted(words: str) -> str:
    return f'"{words.replace(chr(34), chr(34) * 2)}"' if words else ""
