"""When an activity happens: first which pattern it has, then what that pattern needs to know."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, ClassVar

from wtforms.validators import ValidationError

from registry.organisations.forms.versioned import VersionedForm
from registry.organisations.models import Activity
from registry.organisations.services.sessions import MOST_DATES, MOST_RUNS, session_facts
from registry.timetable.recurrence import Recurrence
from registry.timetable.saying import NTH, sentence
from registry.web.fields import (
    CheckboxesField,
    DateField,
    RadiosField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from registry.web.formats import DAY_NAMES, long_date
from registry.web.forms import Form, Needed, NotInPast
from registry.web.readings import UnreadableError, read_date, shown

__all__ = ["AwayForm", "ExtraForm", "LastDayForm", "PatternForm", "session_form"]

OWN_DATES, ALL_SESSIONS = "own", "all"
DAYS = [(str(number), name) for number, name in enumerate(DAY_NAMES)]
PATTERNS = {
    "weekly": ("Every week", "On the same days. For example, every Tuesday and Thursday."),
    "fortnightly": ("Every other week", "For example, every other Tuesday."),
    "monthly": ("Once a month", "For example, the first Saturday of the month."),
    "dates": ("On single dates", "You give us a list of dates."),
    "course": ("A course", "It has a first and a last date. For example, ten Tuesdays."),
    "drop_in": ("Drop in", "Families come and go between two times."),
    "all_day": ("A holiday club", "All day or for some hours, on days of the school holidays."),
}
_SEASON_LABELS = {
    "term": "In term time",
    "all_year": "All year",
    "holidays": "In all school holidays",
    "half_term": "In half terms only",
    "easter": "In the Easter holidays only",
    "summer": "In the summer holidays only",
    "christmas": "In the Christmas holidays only",
}
_HOLIDAYS = ("holidays", "half_term", "easter", "summer", "christmas")
_DATE = re.compile(
    r"(?:[a-z]+,?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s/.-]+(?P<month>\d{1,2}|[a-z]+)"
    r"[\s/.,-]+(?P<year>\d{4})",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s+(?:to|until|till|–)\s+", re.IGNORECASE)
_ISO_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")


class LinesField(TextAreaField):
    """Several answers, one on each line."""

    most: ClassVar[int] = MOST_DATES
    too_many: ClassVar[str] = "That is too many lines"

    def read(self, typed: str) -> Any:
        """The answer of each line that has one."""
        lines = [line.strip() for line in super().read(typed).splitlines() if line.strip()]
        if len(lines) > self.most:
            raise UnreadableError(f"{self.too_many}. {self.most} is the most")
        return [self.read_line(line) for line in lines]

    def read_line(self, line: str) -> Any:
        """The answer in one line. Raises UnreadableError."""
        raise NotImplementedError

    def in_words(self, data: Any) -> str:
        """A line for each."""
        return "\n".join(map(self.line_of, data))

    def line_of(self, one: Any) -> str:
        """One answer as a person would type it."""
        raise NotImplementedError


class DatesField(LinesField):
    """Dates, one on each line."""

    too_many = "That is too many dates"

    def read_line(self, line: str) -> date:
        """A date as people write it."""
        return _read_day(line)

    def line_of(self, one: date) -> str:
        """5 December 2026."""
        return long_date(one)


class RunsField(LinesField):
    """First and last dates, one pair on each line."""

    most = MOST_RUNS
    too_many = "That is too many lines"

    def read_line(self, line: str) -> tuple[date, date]:
        """Two dates with “to” between them; one date alone is a single day."""
        ends = [_read_day(part) for part in _BETWEEN.split(line)]
        if len(ends) > 2:
            raise UnreadableError(f"Put one first and one last date on a line. You put “{line}”")
        if ends[-1] < ends[0]:
            raise UnreadableError(f"The last date must not be before the first. You put “{line}”")
        return ends[0], ends[-1]

    def line_of(self, one: tuple[date, date]) -> str:
        """29 March 2027 to 9 April 2027."""
        return " to ".join(map(long_date, dict.fromkeys(one)))


class PatternForm(Form):
    """How it repeats: everything else that is asked depends on this."""

    pattern = RadiosField(
        "How often does it happen?",
        [Needed("Choose how often it happens")],
        choices=[(name, label, hint) for name, (label, hint) in PATTERNS.items()],
        heading=True,
    )


class SessionForm(VersionedForm):
    """What a session of one pattern is. `session_form` makes the class for each pattern.

    The version is that of the activity, whose sessions are kept with it. `key` names the session
    that is changed; without one it is a new one.
    """

    pattern: ClassVar[str]
    key: ClassVar[str] = ""

    def validate_ends(self, field: Any) -> None:
        """A session ends on the day on which it starts."""
        _check_clocks(self["starts"], field)

    def validate_last(self, field: Any) -> None:
        """A course ends after it has begun."""
        first = self["first"].data
        if field.data and first and field.data < first:
            raise ValidationError(
                f"The last date must be {long_date(first)} or later. You put "
                f"{long_date(field.data)}"
            )

    def validate_runs(self, field: Any) -> None:
        """Dates where they give their own."""
        if self["season"].data == OWN_DATES and not field.data:
            raise ValidationError("Enter the first and the last date, or choose the holidays")
        if self["season"].data not in (None, OWN_DATES) and field.data:
            raise ValidationError(f"Choose “{_OWN_DATES_LABEL}”, or take these dates away")

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """The session that is changed; for a new one what most have."""
        found = next((one for one in session_facts(record) if one["key"] == cls.key), None)
        return _fields_of(Recurrence.from_record(found)) if found else dict(_AT_FIRST[cls.pattern])

    def told(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        told = {name: field.data for name, field in self._fields.items() if name in _PLAIN}
        told["pattern"] = self.pattern
        if "day" in self:
            told["days"] = (self["day"].data,)
        if "first" in self:
            told["runs"] = ((self["first"].data, self["last"].data),)
        if told.get("season") == OWN_DATES:
            told["season"] = "all_year"
        return told


def session_form(pattern: str, key: str = "") -> type[SessionForm]:
    """The form for a session of one pattern; with a key, for changing that session."""
    made = _form_of(pattern)
    return type("SessionForm", (made,), {"key": key}) if key else made


@cache
def _form_of(pattern: str) -> type[SessionForm]:
    asked = {**_FIELDS[pattern], "starts": _starts, "ends": _ends}
    # Fields stand in the order in which they are made: the part of the year is asked last.
    if "runs" not in asked:
        asked = {**asked, "season": asked.pop("season")} if "season" in asked else asked
    fields = {"pattern": pattern, **{name: make() for name, make in asked.items()}}
    form: type[SessionForm] = type("SessionForm", (SessionForm,), fields)
    return form


def _starts() -> Any:
    return TimeField(
        "Starts at",
        [Needed("Enter when it starts")],
        hint="For example, 9am or 4.30pm",
        subject="The start",
    )


def _ends() -> Any:
    return TimeField(
        "Ends at", [Needed("Enter when it ends")], hint="For example, 5.30pm", subject="The end"
    )


def _days(label: str = "On which days?") -> Callable[[], Any]:
    return lambda: CheckboxesField(
        label, [Needed("Choose the day")], choices=DAYS, coerce=int, small=True
    )


def _season(*names: str, label: str = "Which part of the year?") -> Callable[[], Any]:
    return lambda: RadiosField(
        label,
        [Needed("Choose which part of the year")],
        choices=[(name, _SEASON_LABELS[name]) for name in names],
    )


def _date(label: str, subject: str, missing: str, hint: str = "") -> Callable[[], Any]:
    return lambda: DateField(
        label, [Needed(missing)], hint=hint or "For example, 12 1 2027", subject=subject
    )


_OWN_DATES_LABEL = "On dates of our own"
_EVERY_SEASON = tuple(_SEASON_LABELS)
# The fields that the service takes under the same name.
_PLAIN = ("days", "starts", "ends", "season", "anchor", "nth", "dates", "runs")
_FIELDS: Mapping[str, Mapping[str, Callable[[], Any]]] = {
    "weekly": {"days": _days(), "season": _season(*_EVERY_SEASON)},
    "fortnightly": {
        "anchor": _date(
            "Give one date when it happens",
            "The date",
            "Enter one date when it happens",
            "For example, 24 11 2026. We count two weeks from it, again and again.",
        ),
        "season": _season("term", "all_year", "holidays"),
    },
    "monthly": {
        "nth": lambda: RadiosField(
            "Which one in the month?",
            [Needed("Choose which one in the month")],
            choices=[(str(number), f"The {label.lower()}") for number, label in NTH.items()],
            coerce=int,
        ),
        "day": lambda: SelectField(
            "Day", [Needed("Choose the day")], choices=DAYS, coerce=int, empty="Choose a day"
        ),
        "season": _season("all_year", "term", "holidays"),
    },
    "dates": {
        "dates": lambda: DatesField(
            "On which dates?",
            [Needed("Enter the dates")],
            hint="One date on each line. For example: 5 December 2026",
            subject="The dates",
            rows=6,
        )
    },
    "course": {
        "first": _date("First date", "The first date", "Enter the first date"),
        "last": _date("Last date", "The last date", "Enter the last date"),
        "days": _days(),
        "season": lambda: RadiosField(
            "Does it stop in school holidays?",
            [Needed("Say if it stops in school holidays")],
            choices=[("term", "Yes, it stops"), ("all_year", "No, it goes on")],
        ),
    },
    "drop_in": {"days": _days(), "season": _season(*_EVERY_SEASON)},
    "all_day": {
        "season": lambda: RadiosField(
            "In which holidays?",
            [Needed("Choose the holidays")],
            choices=[
                *((name, _SEASON_LABELS[name]) for name in _HOLIDAYS),
                (OWN_DATES, _OWN_DATES_LABEL),
            ],
        ),
        "runs": lambda: RunsField(
            "Your own dates, if you have some",
            hint="One line for each week or holiday. For example: 29 March 2027 to 9 April 2027",
            subject="The dates",
            rows=3,
        ),
        "days": _days(),
    },
}
_AT_FIRST: Mapping[str, Mapping[str, Any]] = {
    **{pattern: {} for pattern in PATTERNS},
    "all_day": {"days": [0, 1, 2, 3, 4]},
}


def _fields_of(one: Recurrence) -> dict[str, Any]:
    """A session by the names of the form's fields."""
    run = one.runs[0] if one.runs else (None, None)
    own = one.pattern == "all_day" and bool(one.runs)
    return {
        "days": list(one.days),
        "day": one.days[0] if one.days else None,
        "starts": one.starts,
        "ends": one.ends,
        "season": OWN_DATES if own else one.season,
        "anchor": one.anchor,
        "nth": one.nth,
        "dates": list(one.dates),
        "runs": list(one.runs),
        "first": run[0],
        "last": run[1],
    }


class _OneDayForm(VersionedForm):
    """A single day that is different, for one session or for all of them."""

    session = RadiosField("Which session?", [Needed("Choose which session")])
    offers_all: ClassVar[bool] = True

    @classmethod
    def over(cls, record: Any, sent: Any) -> "_OneDayForm":
        """Asks which session only where there are several."""
        keys = {one["key"]: sentence(one) for one in session_facts(record)}
        choices = [*keys.items()]
        if cls.offers_all:
            choices.insert(0, (ALL_SESSIONS, "All of them"))
        offering = type(
            cls.__name__,
            (cls,),
            {"session": RadiosField("Which session?", [Needed("Choose which session")],
                                    choices=choices)},
        )  # fmt: skip
        form: _OneDayForm = offering(sent, data={"version": record.version, **cls.kept(record)})
        if len(keys) < 2:
            del form.session
        form.keys = tuple(keys)
        return form

    keys: tuple[str, ...] = ()

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """Nothing of a single day: each is told anew. It is for all sessions, unless they say."""
        return {"session": ALL_SESSIONS} if cls.offers_all else {}

    def chosen_keys(self) -> tuple[str, ...]:
        """The sessions that it is for."""
        chosen = self["session"].data if "session" in self else ALL_SESSIONS
        return self.keys if chosen == ALL_SESSIONS else (chosen,)


def _why(hint: str) -> Any:
    return StringField("Why? (if you like)", hint=hint, subject="This", max_length=100)


class AwayForm(_OneDayForm):
    """“We are not there on…”: a day, or several in a row."""

    first = DateField(
        "When are you not there?",
        [Needed("Enter the date"), NotInPast()],
        hint="For example, 8 12 2026",
        subject="The date",
    )
    last = DateField(
        "Until when? (if it is more than one day)", [NotInPast()], subject="The last date"
    )
    why = _why("One line for families. For example: the hall is being painted")

    def validate_last(self, field: Any) -> None:
        """Not before the first."""
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError("The last date must not be before the first")

    def told(self) -> dict[str, Any]:
        """What was typed."""
        return {name: self[name].data for name in ("first", "last", "why")}


class ExtraForm(_OneDayForm):
    """“We are also there on…”: one more date, with its times."""

    offers_all = False

    on = DateField(
        "On which date?",
        [Needed("Enter the date"), NotInPast()],
        hint="For example, 12 12 2026",
        subject="The date",
    )
    starts = TimeField("Starts at", [Needed("Enter when it starts")], subject="The start")
    ends = TimeField("Ends at", [Needed("Enter when it ends")], subject="The end")
    why = _why("One line for families. For example: our winter party")

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """The times of the only session there is."""
        sessions = [Recurrence.from_record(one) for one in session_facts(record)]
        only = sessions[0] if len(sessions) == 1 else None
        return {"starts": only.starts, "ends": only.ends} if only else {}

    def validate_ends(self, field: Any) -> None:
        """It ends on the day on which it starts."""
        _check_clocks(self.starts, field)

    def told(self) -> dict[str, Any]:
        """What was typed."""
        return {name: self[name].data for name in ("on", "starts", "ends", "why")}


class LastDayForm(VersionedForm):
    """The last day of the whole activity, where it has one."""

    last_on = DateField(
        "What is its last day?",
        [NotInPast()],
        hint="For example, 23 7 2027. Leave this empty if it goes on.",
        subject="The last day",
        heading=True,
    )

    @classmethod
    def kept(cls, record: Activity) -> dict[str, Any]:
        """The day that was given."""
        return {"last_on": record.last_on}

    def told(self) -> dict[str, Any]:
        """What was typed."""
        return {"last_on": self.last_on.data}


def _check_clocks(starts: Any, ends: Any) -> None:
    if ends.data and starts.data and ends.data <= starts.data:
        raise ValidationError(
            "The end must be later than the start, on the same day. "
            f"You put {starts.typed} to {ends.typed}"
        )


def _read_day(text: str) -> date:
    found = _ISO_DATE.fullmatch(text.strip()) or _DATE.fullmatch(text.strip())
    if not found:
        raise UnreadableError(f"Each date must look like 5 December 2026. You put “{shown(text)}”")
    day = read_date(found.groupdict(), "The date")
    assert day is not None
    return day
