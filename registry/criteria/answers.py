"""Reading what a club said: which parts it was asked, which it gave, and what is wrong with them.

Answers are plain JSON, `{part: value}`. Nothing about their shape is trusted: a value that does
not fit its part is not there, and a part that is not asked of this club is not there either.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from registry.criteria.conditions import Facts, whole_number
from registry.criteria.content import Choice, Column, Part, ProfileQuestion, Question
from registry.criteria.dates import written_date

__all__ = [
    "CONTACT_FIELDS",
    "Reading",
    "choices_for",
    "evidence_ids",
    "is_given",
    "possible_parts",
    "read",
    "risk_check_dates",
    "risk_check_rows",
]

CONTACT_FIELDS = ("name", "role", "email", "phone")
MOST_ROWS = 200
MOST_FILES = 50
LONG_TEXT, SHORT_TEXT, LINK_LENGTH = 4_000, 300, 500

MISSING = {
    "ynp": "Choose yes, partly or no",
    "yn": "Choose yes or no",
    "date": "Give the date",
    "number": "Give a number",
    "choice": "Choose one",
    "multi": "Tick at least one",
    "file": "Add a file",
    "text": "Write your answer",
    "link": "Give the link",
    "contact": "Give a name, and an email or a phone number",
    "table": "Fill in at least one row",
}


@dataclass(frozen=True)
class Reading:
    """One answer as it was read.

    `asked` names the parts that were asked; `given` holds those of them that were well given;
    `wrong` has a sentence for each part with something that cannot be right, and `missing` one
    for each part that is still needed.
    """

    asked: frozenset[str]
    given: Mapping[str, Any]
    wrong: Mapping[str, str]
    missing: Mapping[str, str]


def is_given(value: Any) -> bool:
    """Whether anything was said: absent, null, empty words and empty lists are nothing."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, (list, dict)):
        return bool(value)
    return value is not None


def choices_for(part: Part, flags: Any) -> tuple[Choice, ...]:
    """The choices of a part that concern this club."""
    facts = Facts(flags=flags)
    return tuple(choice for choice in part.choices if choice.asked_when.holds(facts))


def possible_parts(
    question: Question | ProfileQuestion, flags: Any, answers: Any = None
) -> tuple[Part, ...]:
    """The parts that this club may be asked, whatever it says in the others.

    What a page without scripts has to show at once; `read` says which of them really count.
    """
    facts = Facts(flags=flags, answers=answers)
    return tuple(part for part in question.parts if part.asked_when.may_hold(facts))


def read(
    question: Question | ProfileQuestion,
    parts: Any,
    flags: Any,
    today: date,
    answers: Any = None,
) -> Reading:
    """Read one answer part by part. A part's condition may look at the parts before it."""
    said = parts if isinstance(parts, Mapping) else {}
    given: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    asked: list[Part] = []
    for part in question.parts:
        if not part.asked_when.holds(Facts(flags=flags, parts=given, answers=answers)):
            continue
        asked.append(part)
        if not is_given(said.get(part.name)):
            continue
        value, problem = _read_part(part, said[part.name], flags, today)
        if is_given(value):
            given[part.name] = value
        if problem:
            wrong[part.name] = problem
    names = frozenset(part.name for part in asked)
    return Reading(names, given, wrong, _missing(asked, given, wrong))


def _missing(
    asked: Sequence[Part], given: Mapping[str, Any], wrong: Mapping[str, str]
) -> dict[str, str]:
    """A sentence for each part still needed: a required one, or the first of an either-or."""
    groups = {part.one_of for part in asked if part.one_of and part.name in given}
    sentences: dict[str, str] = {}
    for part in asked:
        if part.name in given or part.name in wrong:
            continue
        if part.one_of and part.one_of not in groups:
            groups.add(part.one_of)
        elif part.one_of or not part.required:
            continue
        sentences[part.name] = part.missing or MISSING[part.type]
    return sentences


def _read_part(part: Part, value: Any, flags: Any, today: date) -> tuple[Any, str]:
    """The value of a part if it fits, and a sentence if it does not."""
    match part.type:
        case "ynp" | "yn" | "choice":
            return _read_choice(choices_for(part, flags), value)
        case "multi":
            return _read_multi(choices_for(part, flags), value)
        case "date":
            return _read_date(value, part.future, today)
        case "number":
            return _read_number(value, part.least, part.most)
        case "file":
            return _read_files(value)
        case "text":
            return _read_text(value, LONG_TEXT if part.rows > 1 else SHORT_TEXT)
        case "link":
            return _read_link(value)
        case "contact":
            return _read_contact(value)
        case "table":
            return _read_table(part, value, today)
    raise ValueError(f"no such type of part: {part.type}")


def _read_choice(choices: Sequence[Choice], value: Any) -> tuple[str | None, str]:
    if isinstance(value, str) and any(value == choice.value for choice in choices):
        return value, ""
    return None, "Choose one of the answers"


def _read_multi(choices: Sequence[Choice], value: Any) -> tuple[list[str] | None, str]:
    if not isinstance(value, list):
        return None, "Tick at least one"
    ticked = [choice for choice in choices if choice.value in value]
    together = [choice for choice in ticked if not choice.alone]
    if together and len(together) < len(ticked):
        alone = next(choice for choice in ticked if choice.alone)
        return [choice.value for choice in together], f"Untick “{alone.label}” or the others"
    return [choice.value for choice in ticked] or None, "" if ticked else "Tick at least one"


def _read_date(value: Any, future: bool, today: date) -> tuple[str | None, str]:
    day = written_date(value)
    if day is None:
        return None, "Give a real date, such as 27 3 2026"
    if day > today and not future:
        return None, "The date must be today or in the past"
    if day.year < 1950 or day.year > today.year + 50:
        return None, "Check the year"
    return day.isoformat(), ""


def _read_number(value: Any, least: int, most: int) -> tuple[int | None, str]:
    number = whole_number(value)
    if number is None:
        return None, "Give a whole number, such as 6"
    if number < least:
        return None, f"The number must be {least} or more"
    if number > most:
        return None, f"The number must be {most} or less"
    return number, ""


def _read_files(value: Any) -> tuple[list[int] | None, str]:
    if not isinstance(value, list):
        return None, "Add a file"
    ids = [one for one in value[:MOST_FILES] if (whole_number(one) or 0) > 0]
    return list(dict.fromkeys(ids)) or None, "" if ids else "Add a file"


def _read_text(value: Any, most: int) -> tuple[str | None, str]:
    if not isinstance(value, str):
        return None, "Write your answer in words"
    if len(value) > most:
        return None, f"Use {most:,} letters or fewer"
    return value.strip(), ""


def _read_link(value: Any) -> tuple[str | None, str]:
    sentence = "Give a full web address, such as https://www.example.org"
    if not isinstance(value, str) or len(value) > LINK_LENGTH:
        return None, sentence
    link = value.strip()
    try:
        address = urlsplit(link)
        host = address.hostname or ""
    except ValueError:
        return None, sentence
    if address.scheme not in {"http", "https"} or "." not in host or len(link.split()) != 1:
        return None, sentence
    return link, ""


def _read_contact(value: Any) -> tuple[dict[str, str] | None, str]:
    if not isinstance(value, Mapping):
        return None, MISSING["contact"]
    contact = {
        name: value[name].strip()
        for name in CONTACT_FIELDS
        if isinstance(value.get(name), str) and value[name].strip()
    }
    if not contact:
        return None, ""
    if any(len(words) > SHORT_TEXT for words in contact.values()):
        return None, f"Use {SHORT_TEXT} letters or fewer"
    if "email" in contact and not _looks_like_email(contact["email"]):
        return None, "Give an email address such as name@example.org"
    if "name" not in contact or not ("email" in contact or "phone" in contact):
        return None, MISSING["contact"]
    return contact, ""


def _looks_like_email(email: str) -> bool:
    name, at, host = email.partition("@")
    return bool(name and at and "." in host) and len(email.split()) == 1


ROW_KEYS = {"activities": "activity_id", "risk_files": "file"}


def _read_table(part: Part, value: Any, today: date) -> tuple[list[dict[str, Any]] | None, str]:
    if not isinstance(value, list):
        return None, MISSING["table"]
    rows: list[dict[str, Any]] = []
    seen: set[int] = set()
    problem = "" if len(value) <= MOST_ROWS else f"Use {MOST_ROWS} rows or fewer"
    row_key = ROW_KEYS.get(part.rows_from, "")
    for number, written in enumerate(value[:MOST_ROWS], start=1):
        if not isinstance(written, Mapping):
            continue
        row: dict[str, Any] = {}
        if row_key:
            about = whole_number(written.get(row_key))
            if about is None or about <= 0 or about in seen:
                continue
            seen.add(about)
        for column in part.columns:
            if is_given(written.get(column.name)):
                cell, wrong = _read_cell(column, written[column.name], today)
                if is_given(cell):
                    row[column.name] = cell
                if wrong and not problem:
                    problem = f"Row {number}, {column.label.lower()}: {wrong[0].lower()}{wrong[1:]}"
        if row:
            rows.append({row_key: about, **row} if row_key else row)
    return rows or None, problem


def _read_cell(column: Column, value: Any, today: date) -> tuple[Any, str]:
    if column.choices_from == "evidence":
        number = whole_number(value)
        return (number, "") if number is not None and number > 0 else (None, "Choose a file")
    match column.type:
        case "date":
            return _read_date(value, False, today)
        case "number":
            return _read_number(value, 0, 100_000)
        case "choice" | "yn":
            return _read_choice(column.choices, value)
    return _read_text(value, SHORT_TEXT)


def risk_check_rows(answers: Any) -> dict[int, int]:
    """Which file holds the risk check of which activity, as `hs_ra_all` says: activity → file."""
    files: dict[int, int] = {}
    for row in _rows(answers, "hs_ra_all"):
        activity, file = whole_number(row.get("activity_id")), whole_number(row.get("file"))
        if activity is not None and file is not None and activity > 0 and file > 0:
            files.setdefault(activity, file)
    return files


def risk_check_dates(answers: Any) -> dict[int, date]:
    """When each risk-check file was last looked at, as `hs_ra_date` says: file → day."""
    days: dict[int, date] = {}
    for row in _rows(answers, "hs_ra_date"):
        file, day = whole_number(row.get("file")), written_date(row.get("checked_on"))
        if file is not None and day is not None:
            days.setdefault(file, day)
    return days


def _rows(answers: Any, key: str) -> Iterator[Mapping[str, Any]]:
    answer = answers.get(key) if isinstance(answers, Mapping) else None
    rows = answer.get("rows") if isinstance(answer, Mapping) else None
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, Mapping):
            yield row


def evidence_ids(questions: Sequence[Question | ProfileQuestion], answers: Any) -> frozenset[int]:
    """Every piece of evidence that an answer points to, whether asked at present or not."""
    found: set[int] = set()
    for question in questions:
        answer = answers.get(question.key) if isinstance(answers, Mapping) else None
        if not isinstance(answer, Mapping):
            continue
        for part in question.parts:
            value = answer.get(part.name)
            if not isinstance(value, list):
                continue
            if part.type == "file":
                cells = value
            elif part.type == "table":
                names = [one.name for one in part.columns if one.choices_from == "evidence"]
                names += ["file"] if part.rows_from == "risk_files" else []
                rows = [row for row in value if isinstance(row, Mapping)]
                cells = [row.get(name) for row in rows for name in names]
            else:
                cells = []
            found |= {one for one in map(whole_number, cells) if one is not None and one > 0}
    return frozenset(found)
