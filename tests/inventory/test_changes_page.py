"""docs/changes.md shows the rules of the code, row by row."""

from pathlib import Path

from registry.assessments.promises import CHANGE_WITHIN
from registry.changes.rules import DUE_WITHIN, TABLE, Effect, Row

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "changes.md").read_text()
EFFECTS = {
    Effect.LIVE: "at once",
    Effect.READ: "at once, unless its words wait",
    Effect.NARROWS: "at once where it shows less, else waits",
    Effect.WAITS: "waits",
}


def _row(row: Row) -> str:
    within = "–" if row.within is None else f"{row.within} working days"
    cells = (
        row.about,
        row.kind.replace("_", " "),
        row.words,
        ", ".join(f"`{field}`" for field in row.fields if field) or "every other",
        EFFECTS[row.effect],
        "the same day" if row.within == 0 else within,
    )
    return f"| {' | '.join(cells)} |"


def test_the_page_has_exactly_the_rules_of_the_code_in_their_order() -> None:
    tables = [table for table in PAGE.split("\n\n") if table.startswith("| about |")]
    header, rule, *rows = tables[0].splitlines()
    assert header.startswith("| about | kind | what |")
    assert set(rule) <= set("|-")
    assert rows == [_row(row) for row in TABLE]


def test_the_page_says_the_days_of_the_code() -> None:
    assert f"{DUE_WITHIN} working days to send it" in PAGE
    assert f"settle a change in {CHANGE_WITHIN} working days" in PAGE
