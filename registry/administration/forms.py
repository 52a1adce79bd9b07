"""What administrators are asked."""

from datetime import date
from typing import Any

from wtforms.validators import ValidationError

from registry import clock
from registry.administration.edition_text import LISTED_WORDS, PLAIN_WORDS
from registry.administration.kept_lists import ListKind
from registry.administration.notices import KINDS as KINDS_OF_NOTICE
from registry.administration.notices import PLACES
from registry.cards.words.everyday import phrases
from registry.criteria.content import Level, Question
from registry.geography.places import format_postcode
from registry.geography.queries import find_postcode
from registry.information.models import Contact
from registry.lists.items import Item
from registry.organisations.forms.versioned import VersionedForm
from registry.organisations.reach import phone_number
from registry.timetable.council_terms import details_of, year_of
from registry.timetable.terms import BREAKS, SchoolYear, TermBlock
from registry.web.fields import (
    CheckboxesField,
    ConfirmField,
    DateField,
    FileField,
    RadiosField,
    SelectField,
    StringField,
    TextAreaField,
)
from registry.web.forms import Form, Needed, NotInPast

# Numbers that no telephone library takes for one: they work from every telephone in Britain.
SHORT_NUMBERS = ("999", "101", "111", "112", "119", "0800 1111", "116 123")
LONGEST_LINE = 200
BLOCKS = ("one", "two", "three", "four", "five", "six")


class ContactForm(VersionedForm):
    """One number that people may need in a hurry."""

    value = StringField(
        "Telephone number",
        hint="As you would dial it from Wolverhampton. No officer’s own number.",
        subject="The number",
        max_length=40,
        inputmode="tel",
        width="20",
    )
    note = StringField(
        "A few words beside it",
        hint="When it is open, or whom to ask for. No names.",
        subject="This",
        max_length=120,
    )
    source = StringField(
        "Where did you find it?",
        [Needed("Say where you found it")],
        hint="A page or a person’s job. Only the council reads this.",
        subject="This",
    )
    is_confirmed = ConfirmField("I rang it today, and it is right")

    def validate_value(self, field: Any) -> None:
        """A number that can be rung, as people here write it."""
        plain = " ".join((field.data or "").split())
        if plain in SHORT_NUMBERS or not plain:
            field.data = plain
            return
        try:
            field.data = phone_number(plain)
        except ValueError as unreadable:
            raise ValidationError(
                "Enter a telephone number, like 01902 555392 or 0800 800 5000"
            ) from unreadable

    @classmethod
    def kept(cls, record: Contact) -> dict[str, Any]:
        """What the table says."""
        return {"value": record.value, "note": record.note, "source": record.source}

    def told(self) -> dict[str, str]:
        """What was typed."""
        return {name: self[name].data or "" for name in ("value", "note", "source")}


def _has_words(field: Any) -> None:
    if field.data and not phrases(field.data):
        raise ValidationError("Use letters or numbers")


class ItemForm(VersionedForm):
    """One line of a list. Which of these are asked depends on the list."""

    label = StringField("Words", [Needed("Write the words")], subject="The words", max_length=80)
    group = SelectField("Under which heading?", [Needed("Choose a heading")])
    hint = StringField("A few words of help", subject="This", max_length=150)
    postcode = StringField(
        "A postcode in the middle of it",
        [Needed("Enter a postcode")],
        hint="For example, WV14 0AG.",
        subject="The postcode",
        max_length=10,
        width="10",
        autocapitalize="characters",
    )
    means = StringField(
        "What they mean by it",
        [Needed("Say which words they mean")],
        hint="Words of clubs or kinds of activity. Put a comma between two ways to say it. For "
        "example: football.",
        subject="This",
        max_length=LONGEST_LINE,
    )
    day = DateField("Which day?", [Needed("Enter the day"), NotInPast()], subject="The day")

    @classmethod
    def of(cls, kind: ListKind, sent: Any, item: Item | None = None) -> "ItemForm":
        """The form of a line of this list, new or there already."""
        kept: dict[str, Any] = {"version": kind.kept().number}
        if item is not None:
            kept |= {"label": item.label, "group": item.parent or "-", **item.details}
        form = cls(sent, data=kept)
        form.group.choices = [(code or "-", words) for code, words in kind.groups().items()]
        if "means" in kind.columns:
            form.label.max_length = LONGEST_LINE
        form.process(sent, data=kept)  # anew, now that it is known what may be chosen
        asked = {"label", *kind.columns}
        if item is None:
            asked |= {"group"} if kind.groups() else set()
            asked |= {"day"} if kind.key == "closure_days" else set()
        for name in ("group", "hint", "postcode", "means", "day"):
            if name not in asked:
                del form[name]
        if "means" in form:
            form.label.label.text = "What people type"
            form.label.hint = "Put a comma between words for the same thing: footy, soccer."
        if kind.key == "closure_days":
            form.label.label.text = "Why is the council closed?"
        return form

    def validate_postcode(self, field: Any) -> None:
        """One that the table knows."""
        found = find_postcode(field.data or "")
        if found is None:
            raise ValidationError("Enter a whole postcode that exists, like WV14 0AG")
        field.data = format_postcode(found.postcode)

    def validate_label(self, field: Any) -> None:
        """Something that can be looked for, where it is what people type."""
        if "means" in self:
            _has_words(field)

    def validate_means(self, field: Any) -> None:
        """Something that can be looked for."""
        _has_words(field)

    def details(self) -> dict[str, Any]:
        """What this list knows of a line besides its words."""
        asked = (name for name in ("hint", "postcode", "means") if name in self)
        return {name: self[name].data or "" for name in asked}

    @property
    def parent(self) -> str:
        """The code of the heading."""
        chosen = self.group.data if "group" in self else ""
        return "" if chosen in ("-", None) else str(chosen)


class SchoolYearForm(VersionedForm):
    """One school year: the first and the last school day of each half term."""

    label = StringField(
        "Which school year?",
        [Needed("Enter the school year")],
        hint="For example, 2029 to 2030.",
        subject="The school year",
        max_length=20,
        width="20",
    )
    is_confirmed = ConfirmField("The council’s admissions team has confirmed these dates")

    @classmethod
    def of(cls, sent: Any, version: int, item: Item | None = None) -> "SchoolYearForm":
        """The form of a new year, or of one that is there."""
        kept: dict[str, Any] = {"version": version}
        if item is not None:
            year = year_of(item)
            kept |= {"label": year.name, "is_confirmed": year.confirmed}
            for name, block in zip(BLOCKS, year.blocks, strict=False):
                kept |= {f"{name}_first": block.first, f"{name}_last": block.last}
                kept[f"{name}_then"] = block.then
        return cls(sent, data=kept)

    def blocks(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each half term, for the page."""
        return [
            (self[f"{name}_first"], self[f"{name}_last"], self[f"{name}_then"]) for name in BLOCKS
        ]

    def year(self) -> SchoolYear:
        """The year that was typed."""
        return SchoolYear(
            self.label.data,
            bool(self.is_confirmed.data),
            tuple(TermBlock(a.data, b.data, c.data) for a, b, c in self.blocks()),
        )

    def item(self, code: str) -> Item:
        """The year as a line of the list."""
        year = self.year()
        return Item(code, year.name, details=details_of(year))

    @property
    def begins_on(self) -> date:
        """Its first school day."""
        day: date = self[f"{BLOCKS[0]}_first"].data
        return day


_THEN = (
    ("half_term", "Half term"),
    ("christmas", "Christmas holidays"),
    ("easter", "Easter holidays"),
    ("summer", "Summer holidays"),
)
_USUAL_THEN = dict(
    zip(
        BLOCKS,
        ("half_term", "christmas", "half_term", "easter", "half_term", "summer"),
        strict=True,
    )
)
assert {code for code, _ in _THEN} == set(BREAKS)

for _number, _name in enumerate(BLOCKS, 1):
    setattr(
        SchoolYearForm,
        f"{_name}_first",
        DateField(
            f"Half term {_number}: first school day",
            [Needed("Enter the first school day")],
            subject="The first school day",
        ),
    )
    setattr(
        SchoolYearForm,
        f"{_name}_last",
        DateField(
            f"Half term {_number}: last school day",
            [Needed("Enter the last school day")],
            subject="The last school day",
        ),
    )
    setattr(
        SchoolYearForm,
        f"{_name}_then",
        SelectField(
            f"What comes after half term {_number}?",
            [Needed("Choose what comes after")],
            choices=_THEN,
            default=_USUAL_THEN[_name],
            empty=None,
        ),
    )


class ButtonForm(VersionedForm):
    """A button over a record that somebody else may be changing."""


class QuestionForm(VersionedForm):
    """The words of one question of a draft."""

    text = TextAreaField("The question", [Needed("Write the question")], rows=2, max_length=300)
    short = StringField(
        "Short name, for lists", [Needed("Write a short name")], subject="This", max_length=60
    )
    help = TextAreaField("Help under it", rows=3, max_length=1500)
    level = RadiosField(
        "How much does it weigh?",
        [Needed("Choose how much it weighs")],
        choices=[
            (Level.CORE.value, "CORE", "The criterion’s own words, or the least they need."),
            (Level.LAW.value, "LAW", "The law asks it of these clubs."),
            (Level.GOOD.value, "GOOD", "Good practice. It never stops a club."),
        ],
    )
    basis = TextAreaField(
        "What it rests on", hint="A CORE or LAW question needs this.", rows=2, max_length=1000
    )
    why = TextAreaField("Why we ask", [Needed("Say why we ask")], rows=3, max_length=1500)
    good = TextAreaField(
        "What good looks like",
        [Needed("Say what good looks like")],
        hint="One example on each line.",
        rows=4,
        max_length=3000,
    )
    evidence = TextAreaField(
        "What the club shows", [Needed("Say what the club shows")], rows=2, max_length=1000
    )
    met = TextAreaField("It is met when", [Needed("Say when it is met")], rows=2, max_length=1000)
    partly = TextAreaField(
        "It is partly met when", hint="Left empty, partly is not offered.", rows=2, max_length=1000
    )
    not_met = TextAreaField(
        "It is not met when", [Needed("Say when it is not met")], rows=2, max_length=1000
    )
    reviewer = TextAreaField(
        "What the reviewer looks for",
        [Needed("Say what the reviewer looks for")],
        hint="One on each line.",
        rows=4,
        max_length=3000,
    )

    @classmethod
    def of(cls, sent: Any, version: int, question: Question) -> "QuestionForm":
        """The form over one question."""
        kept: dict[str, Any] = {name: getattr(question, name) for name in PLAIN_WORDS}
        kept |= {name: "\n".join(getattr(question, name)) for name in LISTED_WORDS}
        return cls(sent, data={"version": version, "level": question.level.value, **kept})

    def told(self) -> dict[str, Any]:
        """The words, as the document has them."""
        words: dict[str, Any] = {name: self[name].data or "" for name in PLAIN_WORDS}
        for name in LISTED_WORDS:
            lines = (self[name].data or "").splitlines()
            words[name] = [line.strip() for line in lines if line.strip()]
        return {**words, "level": self.level.data}


class DocumentForm(VersionedForm):
    """The whole document of a draft, as text or as a file."""

    upload = FileField("A file that you changed", accept=".toml,text/plain")
    text = TextAreaField(
        "Or change it here", hint="The whole edition, as TOML.", rows=24, max_length=400_000
    )


class AdoptForm(VersionedForm):
    """From which day an edition counts."""

    in_force_on = DateField(
        "From which day does it count?",
        [Needed("Enter the day"), NotInPast()],
        hint="Today or after. New self-checks begin with it from that day.",
        subject="The day",
    )
    is_sure = ConfirmField(
        "The council has adopted this edition. I know that it cannot be changed once it is in "
        "force",
        [Needed("Tick the box if the council has adopted it")],
    )


class NoticeForm(Form):
    """A message on top of pages."""

    text = TextAreaField(
        "The message",
        [Needed("Write the message")],
        hint="One or two short sentences. Plain text; no links.",
        rows=3,
        max_length=300,
        count=True,
    )
    kind = RadiosField(
        "What is it?",
        [Needed("Choose what it is")],
        choices=list(KINDS_OF_NOTICE.items()),
        default="information",
    )
    places = CheckboxesField(
        "Where does it stand?", [Needed("Choose where it stands")], choices=list(PLACES.items())
    )
    from_on = DateField(
        "First day", [Needed("Enter the first day"), NotInPast()], subject="The first day"
    )
    until_on = DateField(
        "Last day", [Needed("Enter the last day"), NotInPast()], subject="The last day"
    )

    def validate_until_on(self, field: Any) -> None:
        """Not before the first."""
        if self.from_on.data and field.data and field.data < self.from_on.data:
            raise ValidationError("The last day must not be before the first")

    @classmethod
    def new(cls, sent: Any) -> "NoticeForm":
        """A notice that stands from today."""
        return cls(sent, data={"from_on": clock.today(), "kind": "information", "places": []})


class StopSavingForm(Form):
    """What people are told while nobody can save."""

    words = StringField(
        "What people are told",
        [Needed("Say why, and when it ends")],
        hint="For example: We are moving to a new machine. Come back after 4pm today.",
        subject="This",
        max_length=200,
    )
