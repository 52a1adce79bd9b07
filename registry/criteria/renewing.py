"""What of an answer is carried over into the next self-check, and what has to be given anew. Pure.

Nobody is asked twice for what stays as it is. What is true of one day only (a date, a count of
checks, the paper of an insurance that has ended) is never carried over: last year's would be
sent again unread.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from registry.criteria.answers import ROW_KEYS
from registry.criteria.content import Part, ProfileQuestion, Question
from registry.criteria.dates import written_date

PAGE = "page"  # where in a paper to look, which goes with the paper

__all__ = ["carried_over", "given_anew", "since_last_time"]


def carried_over(
    question: Question | ProfileQuestion, parts: Mapping[str, Any], today: date
) -> dict[str, Any]:
    """The parts of an answer that may stand in the next self-check until they are looked at."""
    kept: dict[str, Any] = {}
    for part in question.parts:
        value = _carried(part, parts, today)
        if value not in (None, "", [], {}):
            kept[part.name] = value
    if any(part.good_until and part.name not in kept for part in question.parts):
        kept.pop(PAGE, None)
    return kept


def given_anew(question: Question | ProfileQuestion) -> frozenset[str]:
    """The names of the parts that are never carried over as they are."""
    return frozenset(
        part.name
        for part in question.parts
        if part.anew or any(column.anew for column in part.columns)
    )


def since_last_time(
    question: Question | ProfileQuestion, before: Mapping[str, Any], now: Mapping[str, Any]
) -> str:
    """How an answer differs from last time's: `new`, `same`, `dated` (only in what is given
    anew), or `changed`."""
    if not before:
        return "new"
    differing = {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
    if not differing:
        return "same"
    return "dated" if differing <= given_anew(question) else "changed"


def _carried(part: Part, parts: Mapping[str, Any], today: date) -> Any:
    value = parts.get(part.name)
    if part.anew:
        return None
    if part.good_until:
        until = written_date(parts.get(part.good_until))
        return value if until is not None and until >= today else None
    if part.type == "table" and isinstance(value, list):
        return _rows(part, value)
    return value


def _rows(part: Part, rows: list[Any]) -> list[Any]:
    """The rows of a table without their columns that are given anew; an empty row is none."""
    anew = {column.name for column in part.columns if column.anew}
    key = ROW_KEYS.get(part.rows_from, "")
    kept = [
        {name: cell for name, cell in row.items() if name not in anew}
        for row in rows
        if isinstance(row, Mapping)
    ]
    return [row for row in kept if row.keys() - {key}]
