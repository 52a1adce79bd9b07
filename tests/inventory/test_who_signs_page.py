"""docs/for-seniors.md shows the table of who signs, row by row."""

from pathlib import Path

from registry.assessments.who_signs import WHO_SIGNS, Signing

PAGE = Path(__file__).resolve().parents[2] / "docs" / "for-seniors.md"
HEADER = "| what | first | second | when |"


def _row(one: Signing) -> str:
    cells = (one.what, one.first, one.second or "–", one.when or "–")
    return f"| {' | '.join(cells)} |"


def test_the_page_has_exactly_the_rows_of_the_code_in_their_order() -> None:
    lines = PAGE.read_text().splitlines()
    begins = lines.index(HEADER) + 2
    assert lines[begins : begins + len(WHO_SIGNS)] == [_row(one) for one in WHO_SIGNS]
    assert not lines[begins + len(WHO_SIGNS)].startswith("|")
