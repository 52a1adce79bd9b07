"""What a table says in a sentence.

A title is made of what its table shows and of nothing else, so it gives nothing away that the
table hides.
"""

from collections.abc import Callable
from typing import TypeGuard

from registry.geography.outlines import ward_outlines
from registry.insights.tables import HIDDEN, Cell, Row, Share, Table
from registry.web.formats import in_words, plural

GOAL = 95  # per cent in time (domain B.9)
Headline = Callable[[Table], str]


def time(table: Table) -> str:
    """How long the middle case took."""
    total = table.total
    if total is None or not is_number(total.cells[1]):
        return "How long a decision takes"
    return f"Half of the cases took {plural_days(total.cells[1])} or fewer to decide"


def plural_days(said: Cell) -> str:
    """1 working day, 11 working days."""
    return f"{said} working day" if said == "1" else f"{said} working days"


def promise(table: Table) -> str:
    """How many promises were kept."""
    shares = [row.cells[3] for row in table.rows]
    if not all(isinstance(share, Share) and share.of for share in shares):
        return "How we keep our promises"
    kept = sum((share.hundredths or 0) >= GOAL for share in shares if isinstance(share, Share))
    return f"We reached our goal in {kept} of {len(shares)} promises"


def first_time(table: Table) -> str:
    share = table.total.cells[1] if table.total else ""
    if not isinstance(share, Share) or not share.of:
        return "Approved at the first try"
    return f"{share} of cases were approved at the first try"


def missed(table: Table) -> str:
    """What is sent back most."""
    if not table.rows:
        return "No question was sent back"
    share = table.rows[0].cells[0]
    if not isinstance(share, Share):
        return "What is sent back most"
    return f"“{table.rows[0].label}” is sent back most: {share} of first tries"


def lapse(table: Table) -> str:
    """How many lapsed."""
    count = table.total.cells[0] if table.total else HIDDEN
    return (
        f"{plural(count, 'listing', 'listings')} lapsed" if is_count(count) else "Listings lapsed"
    )


def ending(table: Table) -> str:
    """How many end soon."""
    count = table.rows[0].cells[0]
    if not is_count(count):
        return "Listings that end soon"
    return f"{plural(count, 'listing ends', 'listings end')} in the next 30 days"


def ward(table: Table) -> str:
    """Where there is least."""
    names = {one.name for one in ward_outlines()}
    drawn = [row for row in table.rows if row.label in names]
    if not drawn or any(not is_count(row.cells[2]) for row in drawn):
        return "Clubs, places and activities by ward"
    fewest = min(number_in(row, 2) for row in drawn)
    found = [row.label for row in drawn if row.cells[2] == fewest]
    named = in_words(found) if len(found) < 4 else plural(len(found), "ward", "wards")
    if fewest == 0:
        return f"No activity meets in {named}"
    return f"Fewest activities: {named}, with {fewest}{'' if len(found) == 1 else ' each'}"


def fewest_of(one: str, many: str) -> Headline:
    """Of which kind there is least: the gap. Told as “no activity for 3 ages”."""

    def headline(table: Table) -> str:
        if not table.rows or any(not is_count(row.cells[0]) for row in table.rows):
            return f"Activities by {one}"
        least = min(number_in(row) for row in table.rows)
        found = [row.label for row in table.rows if number_in(row) == least]
        count = plural(least, "activity", "activities") if least else "no activity"
        if len(found) > 3:
            return f"The gap: {len(found)} {many} have {count}{' each' if least else ''}"
        named = in_words(f"“{label}”" for label in found)
        return f"The gap: {named}, with {count}{' each' if least and len(found) > 1 else ''}"

    return headline


def free(table: Table) -> str:
    """How many are free."""
    free, total = table.rows[0].cells[0], table.total.cells[0] if table.total else HIDDEN
    if not is_count(free) or not is_count(total):
        return "What activities cost"
    return f"{free} of {plural(total, 'activity is', 'activities are')} free"


def number_in(row: Row, column: int = 0) -> int:
    """The count in a column; 0 where it is hidden."""
    cell = row.cells[column]
    return cell if isinstance(cell, int) else 0


def is_count(cell: Cell) -> TypeGuard[int]:
    """Whether a count is shown."""
    return isinstance(cell, int)


def is_number(cell: Cell) -> TypeGuard[str]:
    """Whether a number that is no count is shown, such as days in the middle."""
    return isinstance(cell, str) and cell.replace(".", "", 1).isdigit()
