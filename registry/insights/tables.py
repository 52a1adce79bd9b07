"""The numbers of a report, and the same numbers for publishing. Pure.

A count under 5 is not published: it may say something about one club. Nor is a number from which
such a count can be worked out: the rest of a total, the share of a few, the middle of a few.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

__all__ = ["FEWEST", "HIDDEN", "Row", "Share", "Table", "hide_few", "publishable"]

FEWEST = 5
HIDDEN = "hidden"  # said the same of a count under 5 and of one that would give it away


@dataclass(frozen=True)
class Share:
    """So many of so many, as whole hundredths; nothing where there were none."""

    part: int
    of: int

    @property
    def hundredths(self) -> int | None:
        """The share in per cent, rounded half up."""
        return (200 * self.part + self.of) // (2 * self.of) if self.of else None

    def __str__(self) -> str:
        return "–" if self.hundredths is None else f"{self.hundredths}%"


Cell = int | Share | str


@dataclass(frozen=True)
class Row:
    """One line: what it counts, and its numbers in the order of the table's columns."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A report's numbers. `adds_up` names the columns that sum to the last row, `total`.

    `derived` are the columns that are no counts: shares, and days in the middle or at the most.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    adds_up: tuple[int, ...] = ()
    derived: tuple[int, ...] = field(default=())

    @property
    def every_row(self) -> tuple[Row, ...]:
        """The rows, and the total where there is one."""
        return (*self.rows, self.total) if self.total else self.rows


def hide_few(counts: Sequence[int], adds_up: bool) -> frozenset[int]:
    """Which of these counts are not published, by their places.

    Every count under 5. Where they add up to a total that others may know, also the smallest of
    the rest, with all that are as small: a few that are hidden alone would be what is left of the
    total. The rule asks for values and never for places, so whoever knows it cannot tell which of
    the hidden ones is which. A total under 5 is hidden by whoever shows it.
    """
    few = {place for place, count in enumerate(counts) if count < FEWEST}
    rest = [count for count in counts if count >= FEWEST]
    if not adds_up or not few or not rest:
        return frozenset(few)
    return frozenset(few | {place for place, count in enumerate(counts) if count == min(rest)})


def publishable(table: Table) -> Table:
    """The table as it may be published."""
    hidden = {
        column: hide_few([_count(row.cells[column]) for row in table.rows], column in table.adds_up)
        for column in range(len(table.columns))
        if column not in table.derived
    }
    rows = tuple(
        _published(row, table, {column for column, places in hidden.items() if place in places})
        for place, row in enumerate(table.rows)
    )
    return replace(table, rows=rows, total=_published_total(table, rows, set(hidden)))


def _published_total(table: Table, rows: Sequence[Row], counts: set[int]) -> Row | None:
    """The last row. Where a share above it is hidden or rough, its own is said in tens: taken
    exactly, it would give away what is left for the one above."""
    if table.total is None:
        return None
    few = {column for column in counts if _count(table.total.cells[column]) < FEWEST}
    total = _published(table.total, table, few)
    rough = {
        column
        for column in table.derived
        if any(not isinstance(row.cells[column], Share) for row in rows)
    }
    return replace(
        total,
        cells=tuple(
            f"about {10 * round((cell.hundredths or 0) / 10)}%"
            if column in rough and isinstance(cell, Share)
            else cell
            for column, cell in enumerate(total.cells)
        ),
    )


def _published(row: Row, table: Table, hidden: set[int]) -> Row:
    return replace(
        row,
        cells=tuple(
            _derived(cell, bool(hidden))
            if column in table.derived
            else (HIDDEN if column in hidden else cell)
            for column, cell in enumerate(row.cells)
        ),
    )


def _derived(cell: Cell, gone: bool) -> Cell:
    """A share or a middle: gone with what it was worked out from. A share of which few are left
    over is said roughly, because the few could be worked out from it."""
    if gone:
        return HIDDEN
    if isinstance(cell, Share) and cell.of:
        if cell.of < 2 * FEWEST:
            return HIDDEN
        edge = Share(FEWEST, cell.of).hundredths or 0
        if cell.part < FEWEST:
            return f"under {edge}%"
        if cell.of - cell.part < FEWEST:
            return f"over {100 - edge}%"
    return cell


def _count(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0
