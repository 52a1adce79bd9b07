"""docs/lifecycle.md shows the table of the code, row by row."""

from pathlib import Path

from registry.assessments.lifecycle import TABLE, Status, Step

PAGE = Path(__file__).resolve().parents[2] / "docs" / "lifecycle.md"


def _states(states: frozenset[Status]) -> str:
    ordered = [status for status in Status if status in states]
    return ", ".join("–" if s is Status.NONE else s.replace("_", " ") for s in ordered)


def _row(step: Step) -> str:
    cells = (
        step.action.replace("_", " "),
        _states(step.starts),
        _states(step.ends),
        step.who,
        step.holds or "–",
        ", ".join(step.tells) or "–",
    )
    return f"| {' | '.join(cells)} |"


def test_the_page_has_exactly_the_rows_of_the_code_in_their_order() -> None:
    shown = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    header, rule, *rows = shown
    assert header == "| action | from | to | who | what must hold | tells |"
    assert set(rule) <= set("|- ")
    assert rows == [_row(step) for step in TABLE]
