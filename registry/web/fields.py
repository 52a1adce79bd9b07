"""Every kind of question a form can ask, drawn by the design system's own macros.

A field reads whatever a browser, or somebody who is not a browser, may send: it never raises,
it says in plain words what to put right, and it shows again exactly what was typed. `params()`
gives the macro named by `component` what it draws; templates/components/field.html calls it.

No field marks its inputs `required`: the page must say what is missing, not the browser.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, ClassVar

from email_validator import EmailNotValidError, validate_email
from werkzeug.datastructures import FileStorage
from wtforms import Field, HiddenField
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from registry.web.formats import clock_time
from registry.web.readings import (
    UnreadableError,
    clean_lines,
    clean_text,
    printable,
    read_date,
    read_money,
    read_number,
    read_time,
    shown,
)

__all__ = [
    "CheckboxesField",
    "Choice",
    "ConfirmField",
    "DateField",
    "EmailField",
    "FileField",
    "FilesField",
    "HiddenField",
    "IntegerField",
    "MoneyField",
    "PasswordField",
    "RadiosField",
    "SelectField",
    "StringField",
    "TextAreaField",
    "TextField",
    "TimeField",
    "YesNoField",
]

DATE_PARTS = ("day", "month", "year")


class Question(Field):
    """What all our fields share: a label, a hint, an error that links to the first input."""

    component: ClassVar[str] = "input"
    takes_file: ClassVar[bool] = False
    default_subject: ClassVar[str] = "This"

    def __init__(
        self,
        label: str = "",
        validators: list[Any] | None = None,
        *,
        hint: str = "",
        size: str = "s",
        heading: bool = False,
        classes: str = "",
        subject: str = "",
        **kwargs: Any,
    ) -> None:
        """Ask `label`. `subject` names the answer in messages: “The number of helpers”."""
        super().__init__(label, validators, **kwargs)
        self.hint = hint
        self.size = size
        self.heading = heading
        self.classes = classes
        self.subject = subject or self.default_subject

    @property
    def typed(self) -> str:
        """What the input shows: what was sent, or what is kept."""
        if self.raw_data is not None:
            return printable(_first_text(self.raw_data))
        return "" if self.data is None else self.in_words(self.data)

    @property
    def error_id(self) -> str:
        """The id of the first input to mend."""
        return str(self.id)

    def in_words(self, data: Any) -> str:
        """A kept answer as a person would type it."""
        return str(data)

    def read(self, typed: str) -> Any:
        """The answer in what was typed. Raises UnreadableError."""
        return clean_text(typed)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the first text that was sent under this name; anything else counts as nothing."""
        self.data = None
        self.data = self.read(_first_text(valuelist))

    def pre_validate(self, form: Any) -> None:
        """An answer that could not be read has its message already; no rule adds to it."""
        if self.process_errors:
            raise StopValidation

    def params(self, **opts: Any) -> dict[str, Any]:
        """What the macro draws. `opts` are this page's own wishes: size, heading, hint, classes…"""
        params: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "classes": _joined(self.classes, opts.get("classes")),
            "formGroup": {"classes": opts.get("group_classes", "")},
        }
        if hint := self._hint(opts):
            params["hint"] = hint
        if self.errors:
            params["errorMessage"] = {"text": self.errors[0]}
        if attributes := opts.get("attributes"):
            params["attributes"] = attributes
        return params | self.labelled(opts) | self.own_params(opts)

    def labelled(self, opts: Mapping[str, Any]) -> dict[str, Any]:
        """The label of a single input."""
        return {"label": self._label("govuk-label", opts)}

    def own_params(self, opts: Mapping[str, Any]) -> dict[str, Any]:
        """What only this kind of field says to its macro."""
        return {"value": self.typed}

    def _hint(self, opts: Mapping[str, Any]) -> dict[str, Any]:
        if html := opts.get("hint_html"):
            return {"html": html}
        text = opts.get("hint", self.hint)
        return {"text": text} if text else {}

    def _label(self, block: str, opts: Mapping[str, Any]) -> dict[str, Any]:
        heading = opts.get("heading", self.heading)
        size = opts.get("size", "l" if heading else self.size)
        classes = f"{block}--{size}" if size else ""
        if opts.get("hidden_label"):
            classes = "govuk-visually-hidden"
        return {
            "text": opts.get("label", self.label.text),
            "classes": classes,
            "isPageHeading": heading,
        }


class StringField(Question):
    """One line of text, kept without the spaces round it."""

    def __init__(
        self,
        *args: Any,
        max_length: int = 200,
        width: str = "",
        autocomplete: str = "",
        inputmode: str = "",
        prefix: str = "",
        suffix: str = "",
        spellcheck: bool | None = None,
        autocapitalize: str = "",
        **kwargs: Any,
    ) -> None:
        """`width` is the design system's: "10", "3", "two-thirds"."""
        super().__init__(*args, **kwargs)
        self.max_length = max_length
        self.width = width
        self.autocomplete = autocomplete
        self.inputmode = inputmode
        self.prefix = prefix
        self.suffix = suffix
        self.spellcheck = spellcheck
        self.autocapitalize = autocapitalize

    def read(self, typed: str) -> Any:
        """The text on one line."""
        return clean_text(typed, self.max_length, self.subject)

    def own_params(self, opts: Mapping[str, Any]) -> dict[str, Any]:
        """An input and what helps a phone and a browser to fill it in."""
        width = opts.get("width", self.width)
        params: dict[str, Any] = {
            "value": self.typed,
            "type": "text",
            "autocomplete": self.autocomplete,
            "inputmode": self.inputmode,
            "autocapitalize": self.autocapitalize,
            "classes": _joined(
                self.classes, opts.get("classes"), _width_class(width) if width else ""
            ),
        }
        if self.spellcheck is not None:
            params["spellcheck"] = self.spellcheck
        for name in ("prefix", "suffix"):
            if text := getattr(self, name):
                params[name] = {"text": text}
        return {key: value for key, value in params.items() if value not in ("", None)}


TextField = StringField


class EmailField(StringField):
    """An email address that could be written to; whether anyone reads it is asked by a letter."""

    default_subject = "The email address"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fills in by itself, and is not corrected as if it were English."""
        given = {"autocomplete": "email", "spellcheck": False, "autocapitalize": "none"}
        super().__init__(*args, **{"max_length": 254, **given, **kwargs})

    def read(self, typed: str) -> Any:
        """The address with its domain in small letters."""
        text = super().read(typed)
        if not text:
            return text
        try:
            checked = validate_email(text, check_deliverability=False, globally_deliverable=False)
        except EmailNotValidError as unreadable:
            raise UnreadableError(
                f"{self.subject} must look like name@example.org. You put “{shown(text)}”"
            ) from unreadable
        if "." not in checked.domain:
            raise UnreadableError(f"{self.subject} must have a full ending, like name@example.org")
        return checked.normalized

    def own_params(self, opts: Mapping[str, Any]) -> dict[str, Any]:
        """An input of its own kind, so that a phone offers the @."""
        return super().own_params(opts) | {"type": "email"}


class PasswordField(Question):
    """A password: pasted or typed, compared exactly, and never shown again."""

    component = "password"
    default_subject = "The password"

    def __init__(self, *args: Any, autocomplete: str = "current-password", **kwargs: Any) -> None:
        """`autocomplete` is "new-password" where one is chosen."""
        super().__init__(*args, **kwargs)
        self.autocomplete = autocomplete

    def read(self, typed: str) -> Any:
        """Every character as it came, spaces too."""
        if len(typed) > 4096:
            raise UnreadableError(f"{self.subject} must be 4,096 characters or fewer")
        return typed

    def own_params(self, opts: Mapping[str, Any]) -> dict[str, Any]:
        """No value: a page never carries a password back."""
        return {"autocomplete": self.autocomplete}


class TextAreaField(Question):
    """Several lines of text."""

    component = "textarea"

    def __init__(
        self, *args: Any, max_length: int = 5000, rows: int = 5, count: bool = False, **kwargs: Any
    ) -> None:
        """With `count`, the page says how many characters are left."""
        super().__init__(*args, **kwargs)
        self.max_length = max_length
        self.rows = rows
        self.count = count

    def read(self, typed: str) -> Any:
        """The text with its lines."""
        return clean_lines(typed, self.max_length, self.subject)

    def own_params(self, opts: Mapping[str, Any]) -> dict[str, Any]:
        """A text area, with a count where that helps."""
        params: dict[str, Any] = {"value": self.typed, "rows": opts.get("rows", self.rows)}
        if opts.get("count", self.count):
            params["maxlength"] = self.max_length
        return params


class IntegerField(StringField):
    """A whole number, in the digits that a phone's number keys give."""

    default_subject = "The number"

    def __init__(
        self, *args: Any, minimum: int = 0, maximum: int = 1_000_000, **kwargs: Any
    ) -> None:
        """The number must lie between `minimum` and `maximum`, both allowed."""
        super().__init__(*args, **{"inputmode": "numeric", "width": "5", **kwargs})
        self.minimum = minimum
        self.maximum = maximum

    def read(self, typed: str) -> Any:
        """The number, or None where nothing was typed."""
        return read_number(typed, self.subject, self.minimum, self.maximum)


class TimeField(StringField):
    """A time of day: 16:30, 4.30pm, 4pm or noon."""

    default_subject = "The time"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A short input."""
        super().__init__(*args, **{"width": "5", "spellcheck": False, **kwargs})

    def read(self, typed: str) -> Any:
        """The time, or None where nothing was typed."""
        return read_time(typed, self.subject)

    def in_words(self, data: time) -> str:
        """4.30pm."""
        return clock_time(data)


class MoneyField(StringField):
    """An amount of money, asked in pounds and kept in whole pence."""

    default_subject = "The price"

    def __init__(self, *args: Any, maximum: int = 1_000_000, **kwargs: Any) -> None:
        """`maximum` is in pence."""
        given = {"width": "5", "prefix": "£", "inputmode": "decimal", "spellcheck": False}
        super().__init__(*args, **{**given, **kwargs})
        self.maximum = maximum

    def read(self, typed: str) -> Any:
        """The amount in pence, or None where nothing was typed."""
        return read_money(typed, self.subject, self.maximum)

    def in_words(self, data: int) -> str:
        """350 pence is typed 3.50."""
        return f"{data // 100}.{data % 100:02}" if data % 100 else str(data // 100)


class DateField(Question):
    """A date in three inputs, `name-day`, `name-month` and `name-year`."""

    component = "date"
    default_subject = "The date"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is wrong yet."""
        super().__init__(*args, **kwargs)
        self.typed_parts = dict.fromkeys(DATE_PARTS, "")
        self.parts_in_error: tuple[str, ...] = ()

    @property
    def typed(self) -> str:
        """The three parts as typed, for a message."""
        return " ".join(filter(None, self.typed_parts.values()))

    @property
    def error_id(self) -> str:
        """The first part to mend, which is the day where the whole date is wrong."""
        return f"{self.id}-{(self.parts_in_error or DATE_PARTS)[0]}"

    def process_data(self, value: date | None) -> None:
        """Show a kept date in its three parts."""
        self.data = value
        if value is not None:
            self.typed_parts = {
                "day": str(value.day),
                "month": str(value.month),
                "year": str(value.year),
            }

    def process(
        self,
        formdata: Any,
        data: Any = unset_value,
        extra_filters: Sequence[Callable[[Any], Any]] | None = None,
    ) -> None:
        """Gather the three parts, whichever of them were sent and however often."""
        super().process(None, data, extra_filters)
        if formdata is None:
            return
        self.raw_data = [_first_text(formdata.getlist(f"{self.name}-{p}")) for p in DATE_PARTS]
        self.typed_parts = dict(zip(DATE_PARTS, self.raw_data, strict=True))
        self.data = None
        try:
            self.data = read_date(self.typed_parts, self.subject)
        except UnreadableError as unreadable:
            self.parts_in_error = unreadable.parts
            self.process_errors = [*self.process_errors, str(unreadable)]

    def labelled(self, opts: Mapping[str, Any]) -> dict[str, Any]:
        """The question is the legend of the three inputs."""
        return {"fieldset": {"legend": self._label("govuk-fieldset__legend", opts)}}

    def own_params(self, opts: Mapping[str, Any]) -> dict[str, Any]:
        """Three inputs; only those to mend are marked."""
        wrong = (self.parts_in_error or DATE_PARTS) if self.errors else ()
        return {"namePrefix": self.name, "items": [self._part(part, wrong) for part in DATE_PARTS]}

    def _part(self, part: str, wrong: Sequence[str]) -> dict[str, Any]:
        width = "govuk-input--width-4" if part == "year" else "govuk-input--width-2"
        typed = self.typed_parts[part]
        if part == "month" and not typed.isdecimal() and len(typed) > 2:
            width = "govuk-input--width-5"
        return {
            "name": part,
            "classes": _joined(width, "govuk-input--error" if part in wrong else ""),
            "value": shown(typed, 100) if typed else None,
        }


@dataclass(frozen=True)
class Choice:
    """One thing to choose. `group` heads a run of options in a long list."""

    value: str
    label: str
    hint: str = ""
    group: str = ""


Choices = Iterable[Any] | Mapping[str, Iterable[Any]] | Callable[[], Any]


class ChoosingField(Question):
    """What radios, check boxes and lists share: the choices, and which of them were made."""

    def __init__(
        self,
        *args: Any,
        choices: Choices = (),
        coerce: Callable[[str], Any] = str,
        **kwargs: Any,
    ) -> None:
        """`choices` are Choice, (value, label) or (value, label, hint); or a mapping of groups.

        A function is asked each time the form is made. `coerce` turns a chosen value into data.
        """
        super().__init__(*args, **kwargs)
        self.choices = choices
        self.coerce = coerce

    @property
    def choices(self) -> list[Choice]:
        """Every choice, in the order shown."""
        return self._choices

    @choices.setter
    def choices(self, given: Choices) -> None:
        self._choices = list(_choices(given() if callable(given) else given))

    @property
    def chosen(self) -> list[str]:
        """The values to show as chosen: what was sent, or what is kept."""
        if self.raw_data is not None:
            return [value for value in self.raw_data if isinstance(value, str)]
        if self.data is None:
            return []
        kept = self.data if isinstance(self.data, list | tuple | set | frozenset) else [self.data]
        return [self.in_words(value) for value in kept]

    def is_offered(self, value: str) -> bool:
        """Whether a value is one of the choices."""
        return any(choice.value == value for choice in self.choices)

    def labelled(self, opts: Mapping[str, Any]) -> dict[str, Any]:
        """The question is the legend of the choices."""
        return {
            "idPrefix": self.id,
            "fieldset": {"legend": self._label("govuk-fieldset__legend", opts)},
        }

    def _items(self, opts: Mapping[str, Any]) -> list[dict[str, Any]]:
        revealed = opts.get("conditional", {})
        chosen = set(self.chosen)
        items = []
        for choice in self.choices:
            item: dict[str, Any] = {
                "value": choice.value,
                "text": choice.label,
                "checked": choice.value in chosen,
            }
            if choice.hint:
                item["hint"] = {"text": choice.hint}
            if choice.value in revealed:
                item["conditional"] = {"html": revealed[choice.value]}
            items.append(item)
        return items


class RadiosField(ChoosingField):
    """One of a few, all in view."""

    component = "radios"

    def __init__(self, *args: Any, inline: bool = False, **kwargs: Any) -> None:
        """Roomy rows, or `inline` for two short answers."""
        super().__init__(*args, **kwargs)
        self.inline = inline

    def read(self, typed: str) -> Any:
        """The chosen answer, or None."""
        if not typed:
            return None
        if not self.is_offered(typed):
            raise UnreadableError("Choose one of the answers on the page")
        return self.coerce(typed)

    def own_params(self, opts: Mapping[str, Any]) -> dict[str, Any]:
        """Rows with a border round each."""
        look = "govuk-radios--inline" if opts.get("inline", self.inline) else "choices"
        return {
            "classes": _joined(look, self.classes, opts.get("classes")),
            "items": self._items(opts),
        }


class YesNoField(RadiosField):
    """Yes or no, kept as true or false."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """`choices` may give the two answers longer words, for the values "yes" and "no"."""
        given = {"choices": (("yes", "Yes"), ("no", "No")), "coerce": lambda word: word == "yes"}
        super().__init__(*args, **{**given, **kwargs})

    def in_words(self, data: bool) -> str:
        """The value that was chosen."""
        return "yes" if data else "no"


class SelectField(ChoosingField):
    """One of many, in a list, in groups where the choices have them."""

    component = "select"

    def __init__(self, *args: Any, empty: str | None = "Choose one", **kwargs: Any) -> None:
        """`empty` is the first line, for no choice yet; None leaves it out."""
        super().__init__(*args, **kwargs)
        self.empty = empty

    def read(self, typed: str) -> Any:
        """The chosen answer, or None."""
        if not typed:
            return None
        if not self.is_offered(typed):
            raise UnreadableError("Choose one from the list")
        return self.coerce(typed)

    def labelled(self, opts: Mapping[str, Any]) -> dict[str, Any]:
        """A list is one input, so it has a label and no legend."""
        return {"label": self._label("govuk-label", opts)}

    def own_params(self, opts: Mapping[str, Any]) -> dict[str, Any]:
        """Runs of options; a run without a name stands outside any group."""
        runs: list[dict[str, Any]] = []
        if self.empty is not None:
            runs.append({"group": "", "options": [{"value": "", "text": self.empty}]})
        chosen = self.chosen[:1]
        for choice in self.choices:
            if not runs or runs[-1]["group"] != choice.group:
                runs.append({"group": choice.group, "options": []})
            runs[-1]["options"].append(
                {"value": choice.value, "text": choice.label, "selected": choice.value in chosen}
            )
        return {"runs": runs}


class CheckboxesField(ChoosingField):
    """Any number of things; `none` is the one that rules out the rest."""

    component = "checkboxes"

    def __init__(
        self, *args: Any, none: tuple[str, str] | None = None, small: bool = False, **kwargs: Any
    ) -> None:
        """`none` is a value and a label such as ("none", "None of these")."""
        super().__init__(*args, **kwargs)
        self.none = none
        self.small = small

    def process_data(self, value: Iterable[Any] | None) -> None:
        """Nothing kept is an empty list."""
        self.data = list(value or [])

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Every choice once, in the order shown."""
        sent = {value for value in valuelist if isinstance(value, str) and value}
        self.data = []
        none = self.none[0] if self.none else None
        if any(value != none and not self.is_offered(value) for value in sent):
            raise UnreadableError("Choose from the answers on the page")
        if none in sent and len(sent) > 1 and self.none:
            raise UnreadableError(f"Choose from the list, or choose “{self.none[1]}”, not both")
        order = [choice.value for choice in self.choices] + ([none] if none else [])
        self.data = [self.coerce(value) for value in order if value in sent]

    def own_params(self, opts: Mapping[str, Any]) -> dict[str, Any]:
        """Boxes, then the word “or” and the one that clears them."""
        items = self._items(opts)
        if self.none:
            value, label = self.none
            checked = value in self.chosen
            items += [
                {"divider": "or"},
                {"value": value, "text": label, "checked": checked, "behaviour": "exclusive"},
            ]
        look = "govuk-checkboxes--small" if opts.get("small", self.small) else ""
        return {"classes": _joined(look, self.classes, opts.get("classes")), "items": items}


class ConfirmField(Question):
    """One box to tick, whose words are the promise."""

    component = "checkboxes"

    def process_data(self, value: object) -> None:
        """A promise is made or not."""
        self.data = bool(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Ticked gives true; not ticked is nothing given, so that Needed can ask for it."""
        self.data = True if "yes" in valuelist else None

    def labelled(self, opts: Mapping[str, Any]) -> dict[str, Any]:
        """The words stand beside the box."""
        return {"idPrefix": self.id}

    def own_params(self, opts: Mapping[str, Any]) -> dict[str, Any]:
        """One box."""
        text = opts.get("label", self.label.text)
        return {"items": [{"value": "yes", "text": text, "checked": bool(self.data)}]}


class FileField(Question):
    """One file. What kind it is, and whether it may stay, is judged by what is in it."""

    component = "file"
    takes_file = True

    def __init__(
        self, *args: Any, accept: str = ".pdf,.docx,.odt,.jpg,.jpeg,.png", **kwargs: Any
    ) -> None:
        """`accept` only narrows what a browser offers to choose."""
        super().__init__(*args, **kwargs)
        self.accept = accept

    def process_formdata(self, valuelist: list[Any]) -> None:
        """The first file that has a name; an input left empty sends one without."""
        self.data = next(iter(_files(valuelist)), None)

    def own_params(self, opts: Mapping[str, Any]) -> dict[str, Any]:
        """An input inside a dashed box."""
        return {
            "multiple": isinstance(self, FilesField),
            "formGroup": {
                "classes": opts.get("group_classes", ""),
                "beforeInput": {"html": '<div class="drop">'},
                "afterInput": {"html": "</div>"},
            },
            "attributes": {"accept": self.accept} | dict(opts.get("attributes", {})),
        }


class FilesField(FileField):
    """Several files at once."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Every file that has a name."""
        self.data = _files(valuelist)


def _files(valuelist: list[Any]) -> list[FileStorage]:
    return [sent for sent in valuelist if isinstance(sent, FileStorage) and sent.filename]


def _first_text(valuelist: Iterable[Any]) -> str:
    """The first text among what was sent under one name; a file under a text's name is nothing."""
    return next((value for value in valuelist if isinstance(value, str)), "")


def _choices(given: Any) -> Iterable[Choice]:
    if isinstance(given, Mapping):
        for group, members in given.items():
            for choice in _choices(members):
                yield Choice(choice.value, choice.label, choice.hint, group)
        return
    for item in given:
        yield item if isinstance(item, Choice) else Choice(str(item[0]), *item[1:])


def _width_class(width: str) -> str:
    return f"govuk-input--width-{width}" if width.isdecimal() else f"govuk-!-width-{width}"


def _joined(*classes: str | None) -> str:
    return " ".join(filter(None, classes))
