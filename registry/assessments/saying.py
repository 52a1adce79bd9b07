"""Saying an answer in words, for a page that is read and not filled in."""

from collections.abc import Mapping, Sequence
from typing import Any

from registry import clock
from registry.criteria.answers import read
from registry.criteria.content import Choice, Column, Part, ProfileQuestion, Question
from registry.criteria.dates import written_date
from registry.criteria.profile import Profile
from registry.files.models import StoredFile
from registry.web.formats import long_date, plural

__all__ = ["facts_of_file", "in_words", "part_in_words", "size_in_words"]

GIVEN = "Given. Only the owner and the council can see it"


def in_words(
    question: Question | ProfileQuestion,
    parts: Mapping[str, Any],
    profile: Profile,
    names: Mapping[int, str],
) -> list[tuple[str, list[str]]]:
    """Each part that was given, as its label (empty where the question is the label) and lines.

    `names` are those of the papers. A contact is said by name and job alone: the rest of it is
    private.
    """
    asked = read(question, parts, profile, clock.today()).asked
    said = []
    for part in question.parts:
        if part.name not in asked:
            continue
        lines = _lines(part, parts.get(part.name), profile, names)
        if lines:
            said.append((part.label, lines))
    return said


def part_in_words(part: Part, value: Any, profile: Profile, names: Mapping[int, str]) -> list[str]:
    """One part of an answer, line by line, whether or not it is asked now."""
    return _lines(part, value, profile, names)


def facts_of_file(file: StoredFile) -> str:
    """6 pages, 240 kB. Added on 12 November 2026. Checked for viruses."""
    pages = f"{plural(file.pages, 'page', 'pages')}, " if file.pages else ""
    scanned = ". Checked for viruses" if file.scan == "clean" else ""
    return f"{pages}{size_in_words(file.size)}. Added on {long_date(file.uploaded_at)}{scanned}"


def size_in_words(size: int) -> str:
    """240 kB, 1.2 MB."""
    if size >= 1_000_000:
        return f"{size / 1_000_000:.1f} MB"
    return f"{max(1, round(size / 1000))} kB"


def _lines(part: Part, value: Any, profile: Profile, names: Mapping[int, str]) -> list[str]:
    if value in (None, "", [], {}):
        return []
    match part.type:
        case "ynp" | "yn" | "choice":
            return [_label(part.choices, value)]
        case "multi":
            return [_label(part.choices, one) for one in value]
        case "date":
            return [_day(value)]
        case "file":
            return [names[one] for one in value if one in names]
        case "contact":
            return [_contact(value)]
        case "table":
            return _rows(part, value, profile, names)
    return str(value).splitlines()


def _label(choices: Sequence[Choice], value: Any) -> str:
    return next((one.label for one in choices if one.value == value), str(value))


def _day(value: Any) -> str:
    day = written_date(value)
    return long_date(day) if day else str(value)


def _contact(value: Any) -> str:
    if not isinstance(value, Mapping):
        return GIVEN
    who = ", ".join(str(value[one]) for one in ("name", "role") if value.get(one))
    return f"{who}. Email or phone given" if who else GIVEN


def _rows(
    part: Part, rows: Sequence[Mapping[str, Any]], profile: Profile, names: Mapping[int, str]
) -> list[str]:
    activities = {one.id: one.name for one in profile.activities}
    lines = []
    for row in rows:
        about = ""
        if part.rows_from == "activities":
            about = activities.get(row.get("activity_id", 0), "")
        elif part.rows_from == "risk_files":
            about = names.get(row.get("file", 0), "")
        cells = [
            _cell(column, row[column.name], names, many=len(part.columns) > 1)
            for column in part.columns
            if row.get(column.name) not in (None, "")
        ]
        said = "; ".join(cells)
        lines.append(f"{about}: {said}" if about else said)
    return lines


def _cell(column: Column, value: Any, names: Mapping[int, str], *, many: bool) -> str:
    if column.choices_from == "evidence":
        said = names.get(value, "a file")
    elif column.type in ("choice", "yn"):
        said = _label(column.choices, value)
    elif column.type == "date":
        said = _day(value)
    else:
        said = str(value)
    return f"{column.label}: {said}" if many else said
