"""What is different between two editions, question by question, in words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from registry.criteria.content import ProfileQuestion, Question
from registry.criteria.moving_on import Difference

KINDS = {"added": "New", "removed": "Gone", "level": "Another level", "changed": "Changed"}
_CALLED = {
    "text": "The question",
    "short": "Short name",
    "help": "Help",
    "level": "Level",
    "basis": "What it rests on",
    "why": "Why we ask",
    "good": "What good looks like",
    "evidence": "What the club shows",
    "met": "Met when",
    "partly": "Partly met when",
    "not_met": "Not met when",
    "reviewer": "What the reviewer looks for",
    "criterion": "Criterion",
    "task": "Line of the task list",
    "minutes": "Minutes",
}
_STRUCTURE = "Parts, rule or condition"


@dataclass(frozen=True)
class Line:
    """One thing that is not what it was: paragraphs before, and now."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """One question that is not the same in both editions."""

    key: str
    short: str
    words: str
    kind: str
    lines: tuple[Line, ...]


def compared(difference: Difference) -> Compared:
    """A difference in words; a question that is new or gone is shown by its text and level."""
    return Compared(
        difference.key,
        difference.question.short,
        KINDS[difference.kind],
        difference.kind,
        tuple(_lines(difference)),
    )


def _lines(difference: Difference) -> Iterator[Line]:
    before, after = difference.before, difference.after
    names = [one.name for one in fields(difference.question)]
    structure = False
    for name in names:
        was, now = _of(before, name), _of(after, name)
        if was == now:
            continue
        if name in _CALLED:
            yield Line(_CALLED[name], _said(was), _said(now))
        elif before and after:
            structure = True
    if structure:
        yield Line(_STRUCTURE, ("As before",), ("Not as before: compare the two files",))


def _of(question: Question | ProfileQuestion | None, name: str) -> Any:
    return getattr(question, name, None)


def _said(value: Any) -> tuple[str, ...]:
    if value in (None, "", ()):
        return ("Nothing",)
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)
