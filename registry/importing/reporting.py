"""What an import found and did, in plain words: for its page, its file of mistakes, its command."""

import csv
import io
from collections.abc import Iterable, Iterator

from registry.importing.models import ImportRow, ImportRun
from registry.web.formats import plural

# A cell that a spreadsheet would work out is made words again (OWASP: CSV injection).
_RUN = ("=", "+", "-", "@", "\t", "\r")


def summary(run: ImportRun) -> list[str]:
    """The report in a few lines: before it is carried out, or after."""
    if run.state in ("done", "undone"):
        return _done(run)
    lines = [f"{plural(run.done, 'row was', 'rows were')} read."]
    for verdict, one, many in (
        ("new", "is new", "are new"),
        ("changed", "has changed at the source", "have changed at the source"),
        ("same", "is as it was", "are as they were"),
        ("kept", "was changed here, and stays as it is", "were changed here, and stay as they are"),
        ("mistake", "has a mistake", "have a mistake"),
    ):
        if count := run.count(verdict):
            lines.append(f"{count:,} {one if count == 1 else many}.")
    if likely := run.count("likely"):
        lines.append(f"{plural(likely, 'club', 'clubs')} may be here already.")
    if left_out := run.count("left_out"):
        lines.append(f"{plural(left_out, 'row', 'rows')} will be left out.")
    return lines


def _done(run: ImportRun) -> list[str]:
    lines = [
        f"{plural(run.count('clubs'), 'club', 'clubs')} and "
        f"{plural(run.count('activities'), 'activity', 'activities')} came in as drafts."
    ]
    changed = run.count("changed_clubs") + run.count("changed_activities")
    if changed:
        lines.append(f"{plural(changed, 'record was', 'records were')} brought up to date.")
    if alone := run.count("left_alone"):
        lines.append(
            f"{plural(alone, 'record was', 'records were')} left alone: somebody works on "
            f"{'it' if alone == 1 else 'them'}."
        )
    if run.without_mistakes and (mistakes := run.count("mistake")):
        lines.append(f"{plural(mistakes, 'row', 'rows')} with a mistake did not come in.")
    return lines


def row_in_words(row: ImportRow) -> list[str]:
    """Every mistake and note of a row, each in a sentence with its number."""
    return [f"Row {row.number}: {one}" for one in sentences(row)]


def sentences(row: ImportRow) -> Iterator[str]:
    """“Column C (Post code) is no postcode”: the mistakes first, then the notes."""
    for column, said in (*row.problems, *row.notes):
        yield f"{column} {said}.".strip() if column else f"{said}."


def mistakes_as_csv(rows: Iterable[ImportRow]) -> Iterator[str]:
    """A file to mend by: the row, the column, what is wrong, and the name that stands there."""
    yield "\ufeff" + _line(["row", "mistake or note", "column", "what", "name"])
    for row in rows:
        for kind, said in (("mistake", row.problems), ("note", row.notes)):
            for column, sentence in said:
                yield _line([str(row.number), kind, column, sentence, row.name])


def as_csv(header: list[str], example: list[str]) -> str:
    """A file of a heading and one row."""
    return "\ufeff" + _line(header) + _line(example)


def _line(cells: list[str]) -> str:
    said = io.StringIO()
    csv.writer(said).writerow([f"'{cell}" if cell.startswith(_RUN) else cell for cell in cells])
    return said.getvalue()
