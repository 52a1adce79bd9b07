"""What an edition of the criteria is made of: criteria, questions, parts, choices.

Plain frozen records, read from `content/edition-N.toml` by `loading`. Nothing here decides
anything; `evaluation` does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from registry.criteria.conditions import ALWAYS, Condition

__all__ = [
    "PART_TYPES",
    "Choice",
    "Column",
    "Criterion",
    "Declaration",
    "Edition",
    "Level",
    "LevelWhen",
    "Part",
    "ProfileQuestion",
    "Question",
    "Rule",
    "WhatYouWillNeed",
    "Wording",
]

PART_TYPES = (
    "ynp",  # yes / partly / no
    "yn",  # yes / no
    "date",  # YYYY-MM-DD
    "number",  # a whole number
    "choice",  # one of the choices
    "multi",  # any of the choices
    "file",  # evidence ids
    "text",  # words; `rows` says how much room
    "link",  # an address on the web
    "contact",  # name, role, email, phone; private
    "table",  # rows of columns
)
COLUMN_TYPES = ("text", "number", "date", "choice", "yn")


class Level(StrEnum):
    """How much a question weighs."""

    CORE = "CORE"  # the criterion's own words, or the least they need in order to mean something
    LAW = "LAW"  # the law asks it of this club
    GOOD = "GOOD"  # good practice: never blocks, becomes an improvement action

    @property
    def blocks(self) -> bool:
        """Whether a question of this level must be met before a club can be listed."""
        return self is not Level.GOOD


@dataclass(frozen=True)
class Choice:
    """One thing that can be ticked.

    `alone` marks “none of these”: it cannot be ticked beside another. `asked_when` hides a
    choice that does not concern this club.
    """

    value: str
    label: str
    hint: str = ""
    alone: bool = False
    asked_when: Condition = ALWAYS


@dataclass(frozen=True)
class Column:
    """One column of a table part.

    `choices_from` names where the choices come from when they are not written here:
    `evidence` (the club's own files; the cell holds an evidence id). `anew` is as in `Part`.
    """

    name: str
    label: str
    type: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    choices_from: str = ""
    required: bool = True
    anew: bool = False


@dataclass(frozen=True)
class Part:
    """One field of a question, in the order in which it is asked.

    `label` is empty only where the question itself is the label. `one_of` joins parts of which
    at least one is needed. `rows_from` says who makes the rows of a table: the club itself
    (empty), its active activities (`activities`, cell `activity_id`), or the risk-check files it
    named (`risk_files`, cell `file`). `future` allows a date that lies ahead.

    `anew` marks what is never carried over into the next self-check: every date, unless the
    content says that it stays, and whatever the content says is counted on a day. `good_until`
    names the date through which a paper may be carried over.
    """

    name: str
    type: str
    label: str = ""
    hint: str = ""
    required: bool = False
    one_of: str = ""
    asked_when: Condition = ALWAYS
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()
    rows_from: str = ""
    rows: int = 1
    least: int = 0
    most: int = 100_000
    future: bool = False
    missing: str = ""
    anew: bool = False
    good_until: str = ""


@dataclass(frozen=True)
class Rule:
    """The name of the rule that suggests a result (see `rules`), and what it is told."""

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LevelWhen:
    """Another level, where a condition holds. The first that holds counts."""

    level: Level
    when: Condition


@dataclass(frozen=True)
class Wording:
    """The words of a question for a club that its usual words do not fit."""

    text: str
    help: str
    when: Condition = ALWAYS


@dataclass(frozen=True)
class Question:
    """One question of the self-assessment, with all that is said about it.

    `criterion` is the number of its criterion, `task` the heading under which it stands in the
    task list. `good` is what good looks like, for clubs; `met`, `partly` and `not_met` are how
    it is judged (an empty `partly` means that partly is not offered); `reviewer` is what the
    reviewer looks for; `basis` is what a CORE or LAW question rests on, and is published.
    """

    key: str
    criterion: int
    level: Level
    task: str
    short: str
    text: str
    help: str
    why: str
    good: tuple[str, ...]
    evidence: str
    met: str
    partly: str
    not_met: str
    reviewer: tuple[str, ...]
    basis: str
    minutes: int
    parts: tuple[Part, ...]
    rule: Rule
    logic: Condition = ALWAYS
    level_when: tuple[LevelWhen, ...] = ()
    wording_when: tuple[Wording, ...] = ()
    flag_words: Mapping[str, str] = field(default_factory=dict)

    def part(self, name: str) -> Part:
        """The part of that name. Raises KeyError."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)


@dataclass(frozen=True)
class ProfileQuestion:
    """A question about the organisation, or about one activity, that sets flags.

    `of` is `organisation` or `activity`; `sets` says which flags, for the reader of the content.
    """

    key: str
    of: str
    short: str
    text: str
    help: str
    parts: tuple[Part, ...]
    sets: str
    asked_when: Condition = ALWAYS

    def part(self, name: str) -> Part:
        """The part of that name. Raises KeyError."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)


@dataclass(frozen=True)
class Criterion:
    """One of the four criteria.

    `text` is its sentence as published, `label` the short name over a list of questions, `point`
    what a parent reads beside a tick.
    """

    number: int
    key: str
    label: str
    point: str
    text: str


@dataclass(frozen=True)
class Declaration:
    """What the owner signs when sending the answers: an opening line and the sentences."""

    opening: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class WhatYouWillNeed:
    """What to have at hand before registering, what never to send, and what will be public."""

    items: tuple[str, ...]
    never: tuple[str, ...]
    public: str
    sole_traders: str


@dataclass(frozen=True)
class Edition:
    """One edition of the criteria. An assessment keeps the edition it was begun with."""

    number: str
    adopted_on: date
    criteria: tuple[Criterion, ...]
    questions: tuple[Question, ...]
    profile_questions: tuple[ProfileQuestion, ...]
    declaration: Declaration
    you_will_need: WhatYouWillNeed

    def question(self, key: str) -> Question:
        """The question of that key. Raises KeyError."""
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)

    def criterion(self, criterion: int | str) -> Criterion:
        """The criterion of that number or key. Raises KeyError."""
        for one in self.criteria:
            if criterion in (one.number, one.key):
                return one
        raise KeyError(criterion)

    def questions_of(self, criterion: int | str) -> tuple[Question, ...]:
        """The questions of one criterion (by number or key), in their order."""
        number = self.criterion(criterion).number
        return tuple(one for one in self.questions if one.criterion == number)

    def profile_question(self, key: str) -> ProfileQuestion:
        """The profile question of that key. Raises KeyError."""
        for question in self.profile_questions:
            if question.key == key:
                return question
        raise KeyError(key)

    def profile_of(self, of: str) -> tuple[ProfileQuestion, ...]:
        """The profile questions of the `organisation`, or of each `activity`."""
        return tuple(one for one in self.profile_questions if one.of == of)

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions)
