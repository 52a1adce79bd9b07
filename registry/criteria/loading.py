"""Reading an edition of the criteria from its file, and finding what is wrong with it.

`load_edition` is strict about shape: an unknown or missing name in the file raises BadEdition.
`problems` reads the content itself, as a council that changes it needs to: what is not typed,
not explained, not based on anything, or too hard to read.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from importlib import resources
from typing import Any

from registry.criteria.conditions import Check, Condition, read_condition
from registry.criteria.content import (
    COLUMN_TYPES,
    PART_TYPES,
    Choice,
    Column,
    Criterion,
    Declaration,
    Edition,
    Level,
    LevelWhen,
    Part,
    ProfileQuestion,
    Question,
    Rule,
    WhatYouWillNeed,
    Wording,
)
from registry.criteria.profile import FLAGS
from registry.criteria.reading import reading_grade
from registry.criteria.rules import RULES

__all__ = [
    "PLACEHOLDERS",
    "BadEdition",
    "KnownEdition",
    "also_read",
    "current_edition",
    "edition_from",
    "edition_on",
    "editions",
    "in_force_on",
    "known_editions",
    "load_edition",
    "problems",
    "shipped_text",
]

# Numbers live in the contacts table, never in content: a page fills these in.
PLACEHOLDERS = ("mash", "mash_night", "lado", "nspcc")
HARDEST_GRADE = 7.0
_FILE_NAME = re.compile(r"edition-(\d+(?:\.\d+)*)\.toml")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_SAID_CHOICES = {
    "ynp": (("yes", "Yes"), ("partly", "Partly"), ("no", "No, not yet")),
    "yn": (("yes", "Yes"), ("no", "No")),
}


class BadEdition(ValueError):
    """An edition's file cannot be read as one. The message says where and why."""


@dataclass(frozen=True)
class KnownEdition:
    """An edition that was adopted: from which day it counts, and how to read it."""

    number: str
    in_force_on: date
    read: Callable[[], Edition] = field(compare=False)


Adopted = Callable[[], Sequence[KnownEdition]]
_nobody: Adopted = tuple
_others: dict[str, Any] = {"adopted": _nobody, "today": lambda: date.max}


def also_read(adopted: Adopted, today: Callable[[], date]) -> None:
    """Say who knows the editions that a council wrote itself, and what day it is.

    Where nobody is asked, our own editions are all there is, and the newest counts.
    """
    _others.update(adopted=adopted, today=today)


def known_editions() -> tuple[KnownEdition, ...]:
    """Every adopted edition, ours and the council's, in the order in which they come to count."""
    known = [*_shipped(), *_others["adopted"]()]
    return tuple(sorted(known, key=lambda one: (one.in_force_on, _in_order(one.number))))


def editions() -> tuple[str, ...]:
    """The numbers of every edition that is here, oldest first."""
    return tuple(one.number for one in known_editions())


def current_edition() -> Edition:
    """The edition in force today: the one that a new assessment is begun with."""
    return edition_on(_others["today"]())


def edition_on(day: date) -> Edition:
    """The edition in force on a day; the first there ever was on a day before that."""
    return in_force_on(day).read()


def in_force_on(day: date) -> KnownEdition:
    """The same, without reading it."""
    first, *later = known_editions()
    return [first, *(one for one in later if one.in_force_on <= day)][-1]


def load_edition(number: str) -> Edition:
    """The edition of that number. Raises BadEdition where there is none or it cannot be read."""
    for one in known_editions():
        if one.number == number:
            return one.read()
    raise BadEdition(f"there is no edition {number!r}")


@cache
def _shipped() -> tuple[KnownEdition, ...]:
    """The editions that the registry brought along."""
    names = (entry.name for entry in _folder().iterdir())
    numbers = [match[1] for name in names if (match := _FILE_NAME.fullmatch(name))]
    read = [_of_file(number) for number in numbers]
    return tuple(KnownEdition(one.number, one.adopted_on, partial(_same, one)) for one in read)


def _same(edition: Edition) -> Edition:
    return edition


def _of_file(number: str) -> Edition:
    edition = edition_from(tomllib.loads(shipped_text(number)))
    if edition.number != number:
        raise BadEdition(f"the file of edition {number} says that it is {edition.number}")
    return edition


def shipped_text(number: str) -> str:
    """The file of an edition that the registry brought along."""
    written: str = (_folder() / f"edition-{number}.toml").read_text(encoding="utf-8")
    return written


def _in_order(number: str) -> list[int]:
    return [int(one) for one in number.split(".")]


def _folder() -> Any:
    return resources.files("registry.criteria") / "content"


def edition_from(written: Mapping[str, Any]) -> Edition:
    """The edition that a file's tables stand for. Raises BadEdition."""
    top = _Table("the edition", written)
    shared = [_shared_part(one) for one in top.take("shared_part", [])]
    edition = Edition(
        number=top.take("edition"),
        adopted_on=top.take("adopted_on"),
        criteria=tuple(_record(Criterion, "criterion", one) for one in top.take("criterion")),
        questions=tuple(_question(one, shared) for one in top.take("question")),
        profile_questions=tuple(_profile_question(one) for one in top.take("profile_question")),
        declaration=_record(Declaration, "the declaration", top.take("declaration")),
        you_will_need=_record(WhatYouWillNeed, "you_will_need", top.take("you_will_need")),
    )
    top.finish()
    if not isinstance(edition.adopted_on, date):
        raise BadEdition("adopted_on must be a date")
    return edition


class _Table:
    """A table of the file, from which every name is taken exactly once."""

    def __init__(self, where: str, written: Any) -> None:
        if not isinstance(written, Mapping):
            raise BadEdition(f"{where} must be a table")
        self.where = where
        self.left = dict(written)

    def take(self, name: str, otherwise: Any = ...) -> Any:
        """What stands under a name. Raises BadEdition where it is missing and must not be."""
        if name in self.left:
            return self.left.pop(name)
        if otherwise is ...:
            raise BadEdition(f"{self.where}: {name} is missing")
        return otherwise

    def condition(self, name: str) -> Condition:
        """The condition under a name; where there is none it always holds."""
        try:
            return read_condition(self.take(name, None))
        except ValueError as problem:
            raise BadEdition(f"{self.where}: {name}: {problem}") from problem

    def finish(self) -> None:
        """Raises BadEdition where a name is left that nothing asked for."""
        if self.left:
            raise BadEdition(f"{self.where}: unknown {', '.join(sorted(self.left))}")


def _record(kind: Any, where: str, written: Any) -> Any:
    """A record whose fields are all plain: words, numbers and lists of words."""
    table = _Table(where, written)
    fields = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in ((name, table.take(name)) for name in kind.__dataclass_fields__)
    }
    table.finish()
    return kind(**fields)


def _question(written: Any, shared: list[tuple[Part, bool]]) -> Question:
    table = _Table(f"question {_name(written)}", written)
    parts = tuple(_part(one, table.where) for one in table.take("part"))
    has_file = any(part.type == "file" for part in parts)
    rule = _Table(f"{table.where}: rule", table.take("rule"))
    question = Question(
        key=table.take("key"),
        criterion=table.take("criterion"),
        level=_level(table.take("level"), table.where),
        task=table.take("task"),
        short=table.take("short"),
        text=table.take("text"),
        help=table.take("help"),
        why=table.take("why"),
        good=tuple(table.take("good")),
        evidence=table.take("evidence"),
        met=table.take("met"),
        partly=table.take("partly", ""),
        not_met=table.take("not_met"),
        reviewer=tuple(table.take("reviewer")),
        basis=table.take("basis", ""),
        minutes=table.take("minutes"),
        parts=parts + tuple(part for part, with_file in shared if has_file or not with_file),
        rule=Rule(rule.take("name"), rule.left),
        logic=table.condition("asked_when"),
        level_when=tuple(_level_when(one, table.where) for one in table.take("level_when", [])),
        wording_when=tuple(_wording(one, table.where) for one in table.take("wording_when", [])),
        flag_words=table.take("flag_words", {}),
    )
    table.finish()
    return question


def _profile_question(written: Any) -> ProfileQuestion:
    table = _Table(f"profile question {_name(written)}", written)
    question = ProfileQuestion(
        key=table.take("key"),
        of=table.take("of"),
        short=table.take("short"),
        text=table.take("text"),
        help=table.take("help", ""),
        parts=tuple(_part(one, table.where) for one in table.take("part")),
        sets=table.take("sets"),
        asked_when=table.condition("asked_when"),
    )
    table.finish()
    return question


def _name(written: Any) -> str:
    return str(written.get("key", "without a key")) if isinstance(written, Mapping) else "?"


def _level(written: Any, where: str) -> Level:
    try:
        return Level(written)
    except ValueError as problem:
        raise BadEdition(f"{where}: {written!r} is not a level") from problem


def _level_when(written: Any, where: str) -> LevelWhen:
    table = _Table(f"{where}: level_when", written)
    other = LevelWhen(_level(table.take("level"), where), table.condition("when"))
    table.finish()
    return other


def _wording(written: Any, where: str) -> Wording:
    table = _Table(f"{where}: wording_when", written)
    other = Wording(table.take("text"), table.take("help"), table.condition("when"))
    table.finish()
    return other


def _shared_part(written: Any) -> tuple[Part, bool]:
    """A part that ends every question, or every question with a file."""
    table = _Table("a shared part", written)
    with_file = table.take("with_file", False)
    return _part(table.left, "a shared part"), with_file


def _part(written: Any, where: str) -> Part:
    table = _Table(f"{where}: a part", written)
    name, kind = table.take("name"), table.take("type")
    table.where = f"{where}: part {name}"
    hints = {value: table.take(f"{value}_hint", "") for value in ("yes", "partly", "no")}
    labels = {value: table.take(f"{value}_label", "") for value in ("yes", "partly", "no")}
    choices = tuple(_choice(one, table.where) for one in table.take("choices", []))
    if kind in _SAID_CHOICES and not choices:
        choices = tuple(
            Choice(value, labels[value] or label, hints[value])
            for value, label in _SAID_CHOICES[kind]
        )
    part = Part(
        name=name,
        type=kind,
        label=table.take("label", ""),
        hint=table.take("hint", ""),
        required=table.take("required", False),
        one_of=table.take("one_of", ""),
        asked_when=table.condition("asked_when"),
        choices=choices,
        columns=tuple(_column(one, table.where) for one in table.take("columns", [])),
        rows_from=table.take("rows_from", ""),
        rows=table.take("rows", 1),
        least=table.take("least", 0),
        most=table.take("most", 100_000),
        future=table.take("future", False),
        missing=table.take("missing", ""),
        anew=table.take("anew", kind == "date"),
        good_until=table.take("good_until", ""),
    )
    table.finish()
    return part


def _choice(written: Any, where: str) -> Choice:
    table = _Table(f"{where}: a choice", written)
    choice = Choice(
        value=table.take("value"),
        label=table.take("label"),
        hint=table.take("hint", ""),
        alone=table.take("alone", False),
        asked_when=table.condition("asked_when"),
    )
    table.finish()
    return choice


def _column(written: Any, where: str) -> Column:
    table = _Table(f"{where}: a column", written)
    kind = table.take("type")
    choices = tuple(_choice(one, table.where) for one in table.take("choices", []))
    if kind == "yn" and not choices:
        choices = tuple(Choice(value, label) for value, label in _SAID_CHOICES["yn"])
    column = Column(
        name=table.take("name"),
        label=table.take("label"),
        type=kind,
        hint=table.take("hint", ""),
        choices=choices,
        choices_from=table.take("choices_from", ""),
        required=table.take("required", True),
        anew=table.take("anew", kind == "date"),
    )
    table.finish()
    return column


def problems(edition: Edition) -> list[str]:
    """Everything that is wrong with an edition, one sentence each. Empty when it may be adopted."""
    return [
        *_key_problems(edition),
        *_criterion_problems(edition),
        *(one for question in edition for one in _question_problems(edition, question)),
        *(one for each in edition.profile_questions for one in _profile_problems(edition, each)),
        *_frame_problems(edition),
    ]


def _key_problems(edition: Edition) -> Iterator[str]:
    keys = [one.key for one in edition.questions] + [one.key for one in edition.profile_questions]
    for key, times in Counter(keys).items():
        if times > 1:
            yield f"{key} stands {times} times"
        if not re.fullmatch(r"[a-z][a-z0-9_]*", key):
            yield f"{key!r} is not a key"


def _criterion_problems(edition: Edition) -> Iterator[str]:
    numbers = [one.number for one in edition.criteria]
    if numbers != [1, 2, 3, 4]:
        yield f"the criteria are numbered {numbers}, not 1 to 4"
    for criterion in edition.criteria:
        if not all((criterion.key, criterion.label, criterion.point, criterion.text)):
            yield f"criterion {criterion.number} has no words"
        questions = [one for one in edition.questions if one.criterion == criterion.number]
        if not any(one.level.blocks for one in questions):
            yield f"criterion {criterion.number} has no CORE or LAW question, so nobody can meet it"


def _question_problems(edition: Edition, question: Question) -> Iterator[str]:
    key = question.key
    if question.criterion not in [one.number for one in edition.criteria]:
        yield f"{key}: there is no criterion {question.criterion!r}"
    for name in ("task", "short", "text", "help", "why", "evidence", "met", "not_met"):
        if not getattr(question, name).strip():
            yield f"{key}: {name} is empty"
    if not question.good or not question.reviewer:
        yield f"{key}: say what good looks like, and what the reviewer looks for"
    levels = [question.level, *(other.level for other in question.level_when)]
    if any(one.blocks for one in levels) and not question.basis:
        yield f"{key}: a CORE or LAW question must say what it rests on"
    if question.minutes < 1:
        yield f"{key}: say how many minutes it takes"
    yield from _part_problems(edition, key, question.parts)
    yield from _rule_problems(question)
    yield from _condition_problems(edition, key, question.logic, ())
    for other in question.level_when:
        yield from _condition_problems(edition, key, other.when, ())
    for words in question.wording_when:
        yield from _condition_problems(edition, key, words.when, ())
    for flag in question.flag_words:
        if flag not in FLAGS:
            yield f"{key}: there is no flag {flag!r}"
    for words in (Wording(question.text, question.help), *question.wording_when):
        said = words.help.replace("{flags}", ", ".join(question.flag_words.values()))
        yield from _reading_problems(key, f"{words.text} {said}")
    for text in _texts(question):
        yield from _text_problems(key, text)


def _texts(question: Question) -> Iterator[str]:
    yield from (question.text, question.help.replace("{flags}", ""), question.why)
    yield from (*question.good, *question.reviewer, question.evidence, question.basis)
    yield from (question.met, question.partly, question.not_met)
    for part in question.parts:
        yield from (part.label, part.hint, part.missing)
        yield from (words for choice in part.choices for words in (choice.label, choice.hint))


def _text_problems(key: str, text: str) -> Iterator[str]:
    for name in _PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            yield f"{key}: nothing fills in {{{name}}}"
    if re.search(r"\[(S\d+|GK|P)\b", text):
        yield f"{key}: a mark of the working papers is left in: {text!r}"
    if re.search(r"\d{4,} ?\d{3,}", text):
        yield f"{key}: phone numbers live in the contacts table: {text!r}"
    if "!" in text:
        yield f"{key}: no exclamation marks: {text!r}"


def _reading_problems(key: str, text: str) -> Iterator[str]:
    grade = reading_grade(text)
    if grade > HARDEST_GRADE:
        yield f"{key}: the question and its help read at grade {grade:.1f}, above {HARDEST_GRADE}"


def _part_problems(edition: Edition, key: str, parts: tuple[Part, ...]) -> Iterator[str]:
    names: list[str] = []
    for position, part in enumerate(parts):
        where = f"{key}: part {part.name}"
        if part.name in names:
            yield f"{where} stands twice"
        if part.type not in PART_TYPES:
            yield f"{where} has no known type: {part.type!r}"
        if not part.label and position > 0:
            yield f"{where} has no label"
        if part.type in ("choice", "multi") and len(part.choices) < 2:
            yield f"{where} needs choices"
        values = [choice.value for choice in part.choices]
        if len(set(values)) < len(values):
            yield f"{where} has a choice twice"
        if part.type == "table" and not part.columns:
            yield f"{where} needs columns"
        if part.good_until and part.good_until not in [p.name for p in parts if p.type == "date"]:
            yield f"{where}: there is no date {part.good_until!r} until which it could be good"
        if part.rows_from not in ("", "activities", "risk_files"):
            yield f"{where}: no rows come from {part.rows_from!r}"
        for column in part.columns:
            yield from _column_problems(where, column)
        yield from _condition_problems(edition, where, part.asked_when, tuple(names))
        for choice in part.choices:
            yield from _condition_problems(edition, where, choice.asked_when, ())
        names.append(part.name)
    if not any(part.required or part.one_of for part in parts):
        yield f"{key}: no part is required, so it would never count as answered"


def _column_problems(where: str, column: Column) -> Iterator[str]:
    if column.type not in COLUMN_TYPES:
        yield f"{where}: column {column.name} has no known type: {column.type!r}"
    if column.choices_from not in ("", "evidence"):
        yield f"{where}: no choices come from {column.choices_from!r}"
    if column.type == "choice" and not column.choices and not column.choices_from:
        yield f"{where}: column {column.name} needs choices"


def _rule_problems(question: Question) -> Iterator[str]:
    if question.rule.name not in RULES:
        yield f"{question.key}: there is no rule {question.rule.name!r}"
    names = {part.name for part in question.parts}
    for option in ("parts", "needs", "partly_needs", "flag_parts"):
        for name in question.rule.options.get(option, []):
            if name not in names:
                yield f"{question.key}: its rule speaks of a part {name!r} that it has not"
    values = {choice.value for part in question.parts for choice in part.choices}
    spoken = [
        question.rule.options.get(name, []) for name in ("met", "partly", "not_met", "instead")
    ]
    spoken += [*question.rule.options.get("each", []), question.rule.options.get("no_route", [])]
    for value in {value for group in spoken for value in group} - values:
        yield f"{question.key}: its rule speaks of a choice {value!r} that it has not"


def _condition_problems(
    edition: Edition, where: str, condition: Condition, parts_before: tuple[str, ...]
) -> Iterator[str]:
    for check in condition.checks():
        yield from _check_problems(edition, where, check, parts_before)


def _check_problems(
    edition: Edition, where: str, check: Check, parts_before: tuple[str, ...]
) -> Iterator[str]:
    if check.flag:
        if check.flag not in FLAGS:
            yield f"{where}: there is no flag {check.flag!r}"
    elif check.question:
        everything: list[Question | ProfileQuestion] = [*edition.questions]
        everything += edition.profile_questions
        other = next((one for one in everything if one.key == check.question), None)
        if other is None:
            yield f"{where}: there is no question {check.question!r}"
        elif check.part not in [part.name for part in other.parts]:
            yield f"{where}: {check.question} has no part {check.part!r}"
    else:
        for name in filter(None, (check.part, check.below)):
            if name not in parts_before:
                yield f"{where}: no part {name!r} comes before it"


def _profile_problems(edition: Edition, question: ProfileQuestion) -> Iterator[str]:
    key = question.key
    if question.of not in ("organisation", "activity"):
        yield f"{key}: is of {question.of!r}, not of the organisation or an activity"
    if not question.short or not question.text or not question.sets:
        yield f"{key}: has no words"
    yield from _part_problems(edition, key, question.parts)
    yield from _condition_problems(edition, key, question.asked_when, ())
    yield from _reading_problems(key, f"{question.text} {question.help}")


def _frame_problems(edition: Edition) -> Iterator[str]:
    if not edition.declaration.opening or not edition.declaration.sentences:
        yield "the declaration has no words"
    if not any("open data" in sentence for sentence in edition.declaration.sentences):
        yield "the declaration does not say that public details will be open data"
    need = edition.you_will_need
    if not all((need.items, need.never, need.public, need.sole_traders)):
        yield "the list of what you will need is not complete"
