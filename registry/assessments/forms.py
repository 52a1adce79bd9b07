"""Forms built from the criteria: a page asks what the edition says, in its words.

A part of a question becomes one field, or several (a contact, the rows of a table, the papers).
What a form gives back is the plain JSON that the criteria read; what it says is wrong is said by
the criteria too. No database.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wtforms import Field

from registry.criteria.answers import CONTACT_FIELDS, choices_for
from registry.criteria.conditions import All, AtLeastOne, Check, Condition, Facts, Not
from registry.criteria.content import Choice, Column, Part, ProfileQuestion, Question
from registry.criteria.dates import written_date
from registry.criteria.profile import Profile
from registry.web.fields import (
    CheckboxesField,
    ConfirmField,
    DateField,
    EmailField,
    FileField,
    FilesField,
    IntegerField,
    RadiosField,
    SelectField,
    StringField,
    TextAreaField,
)
from registry.web.forms import Form, Needed, NotInFuture

__all__ = ["AnswerForm", "Block", "CloseForm", "DeclarationForm", "Paper", "Setting"]

SPARE_ROWS = 2
FEWEST_ROWS = 3
FILE_HINT = (
    "PDF, Word, ODT or a clear photo. Up to 10 MB. Blank forms only: please do not send names "
    "of children, or DBS certificates."
)
CONTACT_LABELS = {
    "name": "Their full name",
    "role": "Their job in the club",
    "email": "Email address",
    "phone": "Phone number",
}

Asked = Question | ProfileQuestion


@dataclass(frozen=True)
class Paper:
    """A paper that one question shows already."""

    evidence_id: int
    file_id: int
    name: str
    facts: str


@dataclass(frozen=True)
class Setting:
    """What stands round a question: who the club is, and the papers it has sent.

    `files` are all files of the attempt (file id → name), `papers` those of each question,
    `risk_files` the risk checks in use (evidence id → name). `private` names (question, part)
    that this person may not see.
    """

    profile: Profile
    answers: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[int, str] = field(default_factory=dict)
    papers: Mapping[str, Sequence[Paper]] = field(default_factory=dict)
    risk_files: Mapping[int, str] = field(default_factory=dict)
    private: frozenset[tuple[str, str]] = frozenset()

    def file_behind(self, evidence_id: Any) -> int | None:
        """The file that a piece of evidence shows."""
        for papers in self.papers.values():
            for paper in papers:
                if paper.evidence_id == evidence_id:
                    return paper.file_id
        return None


@dataclass(frozen=True)
class Row:
    """One row of a table: what it is about, and the names of its fields."""

    about: int
    title: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """What a page draws for one part.

    kind: `field`, `contact`, `table`, `file` or `private`. `stem` begins the names of its fields.
    `heading` is true where the question
    itself is the label. `reveals` holds the blocks that follow from one of its choices.
    """

    part: Part
    kind: str
    names: tuple[str, ...]
    stem: str = ""
    heading: bool = False
    rows: tuple[Row, ...] = ()
    papers: tuple[Paper, ...] = ()
    reveals: Mapping[str, tuple["Block", ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The first of its fields."""
        return self.names[0] if self.names else ""


class AnswerForm(Form):
    """A page of questions. Made by `answer_form`, which gives it `sheets`."""

    sheets: dict[str, "Sheet"]

    def parts_of(self, key: str) -> dict[str, Any]:
        """What was said to one question, as the criteria read it. Papers are not in it."""
        sheet = self.sheets[key]
        found = {part.name: sheet.value(self, part) for part in sheet.written}
        return {name: value for name, value in found.items() if value not in (None, "", [], {})}

    def blame(self, key: str, part_name: str, sentence: str) -> None:
        """Say what is wrong with a part at the first of its fields."""
        name = self.sheets[key].field_for(part_name)
        if name is None:
            self.add_error(None, sentence)
        elif not self[name].errors:
            self.add_error(name, sentence)

    def forgive(self, key: str, asked: frozenset[str]) -> None:
        """Forget what is wrong with parts that are not asked after all."""
        for block in self.sheets[key].shown:
            if block.part.name not in asked:
                for name in block.names:
                    self[name].errors = []


class Sheet:
    """One question as fields of a form."""

    def __init__(self, question: Asked, setting: Setting, prefix: str, parts: Any) -> None:
        self.question = question
        self.setting = setting
        self.prefix = prefix
        self.kept: Mapping[str, Any] = parts if isinstance(parts, Mapping) else {}
        self.fields: dict[str, Field] = {}
        self.initial: dict[str, Any] = {}
        self.written: list[Part] = []
        self.blocks: tuple[Block, ...] = self._arranged(self._parts_that_may_be_asked())

    @property
    def shown(self) -> Iterator[Block]:
        """Every block, those behind a choice included."""
        return _flat(self.blocks)

    def field_for(self, part_name: str) -> str | None:
        """The first field of a part."""
        return next((b.name for b in self.shown if b.part.name == part_name and b.names), None)

    @property
    def replaces(self) -> frozenset[str]:
        """The parts that this page asks; any other kept part stays as it is."""
        return frozenset(part.name for part in self.written)

    def value(self, form: Form, part: Part) -> Any:
        """What was said to one part."""
        name = self._name(part)
        match part.type:
            case "contact":
                said = {one: form[f"{name}-{one}"].data for one in CONTACT_FIELDS}
                return {one: words for one, words in said.items() if words}
            case "table":
                block = next(b for b in self.shown if b.part.name == part.name)
                return [row for row in (self._row(form, part, r) for r in block.rows) if row]
        data = form[name].data
        if isinstance(data, date):
            return data.isoformat()
        if part.type == "link" and data:
            return _with_scheme(data)
        return data

    def files_chosen(self, form: Form) -> dict[int, int | None]:
        """The file that each row of a table chose: what the row is about → file id."""
        return {
            row.about: form[cell].data
            for block in self.shown
            for row in block.rows
            for cell in row.cells
            if isinstance(form[cell], SelectField) and cell == f"{block.stem}-{row.about}-file"
        }

    def _name(self, part: Part) -> str:
        return f"{self.prefix}{part.name}"

    def _parts_that_may_be_asked(self) -> list[Part]:
        """The parts that this club is asked, or could be by what it says to those before."""
        facts = Facts(flags=self.setting.profile, answers=self.setting.answers)
        found: list[Part] = []
        for part in self.question.parts:
            if _could_hold(part.asked_when, facts, {one.name for one in found}):
                found.append(part)
        return found

    def _arranged(self, parts: list[Part]) -> tuple[Block, ...]:
        """The blocks in order; a part that follows from one choice of a part before lies in it."""
        behind: dict[tuple[str, str], list[Part]] = {}
        outside: list[Part] = []
        choosing = {p.name for p in parts if p.type in ("ynp", "yn", "choice")}
        for part in parts:
            check = part.asked_when
            follows = (
                isinstance(check, Check)
                and not check.question
                and check.part in choosing
                and len(check.among) == 1
                and part.type != "table"
            )
            if follows and isinstance(check, Check):
                behind.setdefault((check.part, check.among[0]), []).append(part)
            else:
                outside.append(part)
        return tuple(
            self._block(part, behind, heading=index == 0) for index, part in enumerate(outside)
        )

    def _block(
        self, part: Part, behind: Mapping[tuple[str, str], list[Part]], heading: bool
    ) -> Block:
        name = self._name(part)
        if (self.question.key, part.name) in self.setting.private:
            return Block(part, "private", ())
        match part.type:
            case "contact":
                return self._contact(part, name)
            case "table":
                return self._table(part, name)
            case "file":
                return self._papers(part, name)
        self.written.append(part)
        self.fields[name] = self._field(part)
        self.initial[name] = self._kept_value(part)
        return Block(
            part,
            "field",
            (name,),
            name,
            heading=heading and not part.label,
            reveals={
                choice: tuple(self._block(p, behind, heading=False) for p in inside)
                for (of, choice), inside in behind.items()
                if of == part.name
            },
        )

    def _field(self, part: Part) -> Field:
        label = part.label or self.question.text
        choices = [_choice(one) for one in choices_for(part, self.setting.profile)]
        match part.type:
            case "ynp" | "choice" | "yn":
                return RadiosField(label, choices=choices, hint=part.hint)
            case "multi":
                alone = [c for c in choices_for(part, self.setting.profile) if c.alone]
                some = [c for c in choices_for(part, self.setting.profile) if not c.alone]
                none = (alone[0].value, alone[0].label) if len(alone) == 1 else None
                offered = some if none else [*some, *alone]
                return CheckboxesField(
                    label, choices=[_choice(one) for one in offered], none=none, hint=part.hint
                )
            case "date":
                rules = [] if part.future else [NotInFuture()]
                return DateField(label, rules, hint=part.hint)
            case "number":
                return IntegerField(label, minimum=part.least, maximum=part.most, hint=part.hint)
            case "link":
                return StringField(
                    label, max_length=500, inputmode="url", spellcheck=False,
                    autocapitalize="none", hint=part.hint,
                )  # fmt: skip
        if part.rows > 1:
            return TextAreaField(label, max_length=4000, rows=part.rows, hint=part.hint)
        if part.name == "page":
            return StringField(label, max_length=20, width="3", hint=part.hint)
        return StringField(label, max_length=300, hint=part.hint)

    def _kept_value(self, part: Part) -> Any:
        value = self.kept.get(part.name)
        return written_date(value) if part.type == "date" else value

    def _contact(self, part: Part, name: str) -> Block:
        self.written.append(part)
        kept = self.kept.get(part.name)
        kept = kept if isinstance(kept, Mapping) else {}
        made = {
            "name": StringField(CONTACT_LABELS["name"], max_length=200),
            "role": StringField(CONTACT_LABELS["role"], max_length=200),
            "email": EmailField(CONTACT_LABELS["email"], autocomplete="off"),
            "phone": StringField(
                CONTACT_LABELS["phone"], max_length=40, width="20", inputmode="tel"
            ),
        }
        for one, made_field in made.items():
            self.fields[f"{name}-{one}"] = made_field
            self.initial[f"{name}-{one}"] = kept.get(one)
        return Block(part, "contact", tuple(f"{name}-{one}" for one in made), name)

    def _papers(self, part: Part, name: str) -> Block:
        papers = tuple(self.setting.papers.get(self.question.key, ()))
        shown = {paper.file_id for paper in papers}
        others = [(str(i), n) for i, n in self.setting.files.items() if i not in shown]
        label = "Add another file" if papers else "Add a file"
        names = [name]
        self.fields[name] = FilesField(label, hint=FILE_HINT)
        if others:
            names.append(f"{name}-reuse")
            self.fields[names[-1]] = CheckboxesField(
                "Or use a file you already sent", choices=others, coerce=int, small=True
            )
        for paper in papers:
            self.fields[f"remove-{paper.evidence_id}"] = ConfirmField(f"Remove {paper.name}")
        return Block(part, "file", tuple(names), name, papers=papers)

    def _table(self, part: Part, name: str) -> Block:
        self.written.append(part)
        kept = self.kept.get(part.name)
        listed = kept if isinstance(kept, list) else []
        written = [row for row in listed if isinstance(row, Mapping)]
        rows = tuple(self._table_rows(part, name, written))
        cells = tuple(cell for row in rows for cell in row.cells)
        return Block(part, "table", cells, name, rows=rows)

    def _table_rows(self, part: Part, name: str, written: list[Mapping[str, Any]]) -> Iterator[Row]:
        if part.rows_from == "activities":
            known = {row.get("activity_id"): row for row in written}
            for activity in self.setting.profile.active:
                yield self._table_row(
                    part, name, activity.id, activity.name, known.get(activity.id, {})
                )
        elif part.rows_from == "risk_files":
            known = {row.get("file"): row for row in written}
            for evidence_id, title in self.setting.risk_files.items():
                yield self._table_row(part, name, evidence_id, title, known.get(evidence_id, {}))
        else:
            count = max(FEWEST_ROWS, len(written) + SPARE_ROWS)
            for number in range(1, count + 1):
                row = written[number - 1] if number <= len(written) else {}
                yield self._table_row(part, name, number, f"{number}", row)

    def _table_row(
        self, part: Part, name: str, about: int, title: str, row: Mapping[str, Any]
    ) -> Row:
        cells = []
        for column in part.columns:
            cell = f"{name}-{about}-{column.name}"
            cells.append(cell)
            value = row.get(column.name)
            if column.choices_from == "evidence":
                self.fields[cell] = SelectField(
                    column.label,
                    choices=[(str(i), n) for i, n in self.setting.files.items()],
                    coerce=int,
                    empty="No file yet",
                    hint=column.hint,
                )
                self.initial[cell] = self.setting.file_behind(value)
                upload = f"{name}-{about}-new"
                cells.append(upload)
                self.fields[upload] = FileField("Or add a file")
            else:
                self.fields[cell] = _cell_field(column)
                self.initial[cell] = written_date(value) if column.type == "date" else value
        return Row(about, title, tuple(cells))

    def _row(self, form: Form, part: Part, row: Row) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for column in part.columns:
            data = form[f"{self._name(part)}-{row.about}-{column.name}"].data
            if column.choices_from == "evidence" or data in (None, "", []):
                continue
            said[column.name] = data.isoformat() if isinstance(data, date) else data
        if part.rows_from == "activities":
            return {"activity_id": row.about, **said} if said else {}
        if part.rows_from == "risk_files":
            return {"file": row.about, **said} if said else {}
        return said


def answer_form(
    questions: Sequence[Asked],
    setting: Setting,
    formdata: Any = None,
) -> AnswerForm:
    """The form of a page with these questions, filled with what was sent, else what is kept."""
    fields: dict[str, Field] = {}
    initial: dict[str, Any] = {}
    sheets: dict[str, Sheet] = {}
    for question in questions:
        prefix = f"{question.key}-" if len(questions) > 1 else ""
        sheet = Sheet(question, setting, prefix, setting.answers.get(question.key))
        sheets[question.key] = sheet
        fields |= sheet.fields
        initial |= sheet.initial
    made = type("AnswerForm", (AnswerForm,), fields)
    form: AnswerForm = made(formdata, data=initial)
    form.sheets = sheets
    return form


def version_name(key: str) -> str:
    """The hidden field that says which version of an answer the page was opened with."""
    return f"version-{key}"


class DeclarationForm(Form):
    """What the owner signs."""

    declared_name = StringField(
        "Your full name",
        [Needed("Type your full name")],
        autocomplete="name",
        max_length=200,
    )
    declared_role = StringField(
        "Your job in the club",
        [Needed("Type your job in the club, such as chair or head coach")],
        autocomplete="organization-title",
        max_length=200,
    )
    agreed = CheckboxesField("Tick each one to say yes")

    def validate_agreed(self, given: CheckboxesField) -> None:
        """Every sentence has to be ticked."""
        if len(given.data) < len(given.choices):
            left = len(given.choices) - len(given.data)
            one = "There is 1 more sentence to tick" if left == 1 else ""
            given.errors = [*given.errors, one or f"There are {left} more sentences to tick"]


class ReplyForm(Form):
    """What a club says to its suspension."""

    words = TextAreaField(
        "What do you want to tell us?",
        [Needed("Write what you want to tell us")],
        hint="Do not name a child.",
        max_length=4000,
        rows=8,
    )


class CloseForm(Form):
    """Leaving the register, said twice."""

    sure = ConfirmField("Yes, close it", [Needed("Tick the box if you want to close it")])


def _choice(one: Choice) -> tuple[str, str, str]:
    return one.value, one.label, one.hint


def _cell_field(column: Column) -> Field:
    match column.type:
        case "number":
            return IntegerField(column.label, maximum=100_000, width="4", hint=column.hint)
        case "date":
            return DateField(column.label, [NotInFuture()], hint=column.hint)
        case "choice":
            choices = [_choice(one) for one in column.choices]
            return SelectField(column.label, choices=choices, hint=column.hint)
        case "yn":
            choices = [_choice(one) for one in column.choices]
            return RadiosField(column.label, choices=choices, inline=True, hint=column.hint)
    return StringField(column.label, max_length=300, hint=column.hint)


def _could_hold(condition: Condition, facts: Facts, on_page: set[str]) -> bool:
    """Whether a part might be asked, whatever the person says to the parts before it."""
    match condition:
        case All():
            return all(_could_hold(one, facts, on_page) for one in condition.inside)
        case AtLeastOne():
            return any(_could_hold(one, facts, on_page) for one in condition.inside)
        case Not():
            open_still = any(check.part in on_page for check in condition.checks())
            return open_still or condition.holds(facts)
        case Check():
            return (not condition.question and condition.part in on_page) or condition.holds(facts)
    return True


def _flat(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        for inside in block.reveals.values():
            yield from _flat(inside)


def _with_scheme(typed: str) -> str:
    """A web address as people type it gets what they leave out."""
    has_host = "." in typed.split("/")[0] and " " not in typed and ":" not in typed.split("/")[0]
    return f"https://{typed}" if has_host and "://" not in typed else typed
