"""The numbers of reports as a file for a spreadsheet. Pure.

A cell that a spreadsheet would take for a formula is written so that it stays text: a name that
begins with =, +, -, @ or a control character gets an apostrophe before it.
"""

import csv
import io
from collections.abc import Iterable

from registry.csv_files import plain
from registry.insights.tables import Cell, Share, Table

__all__ = ["every_table", "one_table", "plain"]

BYTE_ORDER_MARK = "\ufeff"  # without it, a spreadsheet reads £ and ’ wrongly


def one_table(of_what: str, table: Table) -> str:
    """One report: its rows under its columns."""
    rows = [[row.label, *map(_said, row.cells)] for row in table.every_row]
    return _written([[of_what, *table.columns], *rows])


def every_table(told: Iterable[tuple[str, str, Table]]) -> str:
    """All reports in one file, a line for each number: report, row, column, number."""
    lines: list[list[str | int]] = [
        [name, row.label, column, _said(cell)]
        for name, _, table in told
        for row in table.every_row
        for column, cell in zip(table.columns, row.cells, strict=True)
    ]
    return _written([["Report", "Row", "Column", "Number"], *lines])


def _said(cell: Cell) -> str | int:
    return str(cell) if isinstance(cell, Share | str) else cell


def _written(rows: Iterable[Iterable[str | int]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell if isinstance(cell, int) else plain(cell) for cell in row])
    return BYTE_ORDER_MARK + file.getvalue()
