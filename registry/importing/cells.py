"""What stands in one cell, as the register keeps it: ages, prices, days, addresses. Pure.

Raises Unreadable with a sentence that says what to put instead. Nothing is ever guessed from what
cannot be read, and nothing in a cell is ever run.
"""

import html
import math
import re
import unicodedata
from datetime import date, time

from email_validator import EmailNotValidError, validate_email

from registry.organisations.reach import phone_number, web_address

MOST_PENCE = 1_000_000
LONGEST_SHOWN = 40
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,2000}>")
_LINE_TAG = re.compile(r"(?i)<(br|/p|/li|/h[1-6]|/div)\b[^<>]{0,200}>")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_FORMULA = re.compile(r"^[=@\t\r]|^[+-](?![\d\s(.])")
_NUMBER = re.compile(r"\d{1,4}")
_MONEY = re.compile(r"£?\s*(\d{1,7})(?:\.(\d{1,2})0*)?\s*(p)?", re.ASCII)
_CLOCK = re.compile(
    r"(\d{1,2})(?:[:.](\d{2}))?(?:[:.]\d{2}(?:\.\d+)?)?\s*(am|pm|a\.m\.|p\.m\.)?"
    r"(?:\s*(?:z|[+-]\d{2}:?\d{2}))?",
    re.ASCII,
)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", re.ASCII)
_IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]+)\.?,?\s+(\d{4})", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_WORDS = {
    **{day: number for number, day in enumerate(DAYS)},
    **{f"{day}s": number for number, day in enumerate(DAYS)},
    **{day[:3]: number for number, day in enumerate(DAYS)},
    **{day[:2]: number for number, day in enumerate(DAYS)},
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3,
}  # fmt: skip
_MANY_DAYS = {"weekdays": tuple(range(5)), "weekends": (5, 6), "every day": tuple(range(7)),
              "daily": tuple(range(7)), "weekend": (5, 6)}  # fmt: skip
_YES, _NO = {"yes", "y", "true", "1", "t", "x"}, {"no", "n", "false", "0", "f"}
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"  # they change how words of some scripts are written


class Unreadable(ValueError):
    """What stands there is not what it should be. Its text says what to do."""


def shown(text: str) -> str:
    """A piece of what somebody wrote, short and on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1]}…"


def has_markup(text: str) -> bool:
    """Whether there is HTML in it."""
    return bool(_TAG.search(text))


def has_hidden(text: str) -> bool:
    """Whether there are marks in it that nobody sees, such as those that turn the reading order."""
    return any(
        unicodedata.category(letter) in _INVISIBLE and letter not in "\n\r\t\ufeff\xad" + _JOINERS
        for letter in text
    )


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would work this out instead of showing it. A minus or a plus before a
    number is a number."""
    return bool(_FORMULA.match(text))


def text(typed: str, most: int) -> str:
    """Words with their lines: without HTML, without what nobody sees, and not too long."""
    if is_formula(typed):
        raise Unreadable(f"holds a formula, “{shown(typed)}”. Put its value there")
    bare = typed
    if has_markup(bare) or "&" in bare:
        bare = html.unescape(_TAG.sub(" ", _LINE_TAG.sub("\n", bare)))
        bare = _TAG.sub(" ", bare)
    bare = "".join(
        letter
        for letter in bare.replace("\r\n", "\n").replace("\r", "\n")
        if letter in "\n\t" + _JOINERS or unicodedata.category(letter) not in _INVISIBLE
    )
    lines = "\n".join(_SPACES.sub(" ", line).strip() for line in bare.split("\n"))
    whole = _BLANK_LINES.sub("\n\n", lines).strip()
    if is_formula(whole):  # what nobody sees stood before it
        raise Unreadable(f"holds a formula, “{shown(whole)}”. Put its value there")
    if len(whole) > most:
        raise Unreadable(f"has {len(whole):,} letters. It can have {most:,}")
    return whole


def one_line(typed: str, most: int) -> str:
    """Words on one line."""
    found = " ".join(text(typed, max(most, len(typed))).split())
    if len(found) > most:
        raise Unreadable(f"is longer than {most} letters: “{shown(found)}”")
    return found


def email(typed: str) -> str:
    """An email address, or nothing."""
    bare = typed.strip()
    if not bare:
        return ""
    try:
        checked = validate_email(bare, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as wrong:
        raise Unreadable(f"is not an email address: “{shown(bare)}”") from wrong
    return checked.normalized


def phone(typed: str) -> str:
    """A telephone number, or nothing."""
    try:
        return phone_number(typed[:100])
    except ValueError as wrong:
        raise Unreadable(f"is not a telephone number: “{shown(typed)}”") from wrong


def website(typed: str) -> str:
    """A web address, or nothing. No other scheme than http and https."""
    try:
        found = web_address(typed)
    except ValueError as wrong:
        raise Unreadable(f"is not a web address: “{shown(typed)}”") from wrong
    if len(found) > 300:
        raise Unreadable("is a web address of more than 300 letters")
    return found


def age(typed: str) -> int | None:
    """An age in whole years, or nothing."""
    bare = typed.strip().lower().removesuffix("years").removesuffix("yrs").strip()
    if not bare:
        return None
    bare = bare[:-2] if re.fullmatch(r"\d{1,4}\.0", bare, re.ASCII) else bare
    if not _NUMBER.fullmatch(bare) or not bare.isascii():
        raise Unreadable(f"is not an age in years: “{shown(typed)}”")
    found = int(bare)
    if found > 150:
        raise Unreadable(f"is not an age in years: “{shown(typed)}”")
    return found


def whole_number(typed: str) -> int | None:
    """A whole number of at most four digits, or nothing."""
    bare = typed.strip()
    if not bare:
        return None
    if not _NUMBER.fullmatch(bare) or not bare.isascii():
        raise Unreadable(f"is not a whole number: “{shown(typed)}”")
    return int(bare)


def money(typed: str) -> int | None:
    """A price in pence, or nothing."""
    bare = typed.strip().lower().replace(",", "")
    if not bare:
        return None
    if bare in ("free", "nil", "none", "no charge"):
        return 0
    found = _MONEY.fullmatch(bare)
    if not found or (found[3] and found[2]):
        raise Unreadable(f"is not a price such as 4.50: “{shown(typed)}”")
    pounds, pence = int(found[1]), int((found[2] or "0").ljust(2, "0"))
    pence = pounds if found[3] else pounds * 100 + pence
    if pence > MOST_PENCE:
        raise Unreadable(f"is a price above £{MOST_PENCE // 100:,}: “{shown(typed)}”")
    return pence


def number_as_text(value: float | int) -> str:
    """A number of a spreadsheet or of JSON as somebody would type it."""
    if isinstance(value, float):
        if not math.isfinite(value) or abs(value) >= 1e15:
            return f"{value:g}"
        return str(int(value)) if value == int(value) else f"{value:.10g}"
    return str(value) if abs(value) < 10**30 else "a number of more than 30 digits"


def day(typed: str) -> date | None:
    """A date, or nothing: 31/07/2027, 2027-07-31 or 31 July 2027, the day before the month."""
    bare = " ".join(typed.lower().split())
    if not bare:
        return None
    try:
        if found := _YEAR_FIRST.fullmatch(bare):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.fullmatch(bare):
            return date(int(found[3]), int(found[2]), int(found[1]))
        found = _IN_WORDS.fullmatch(bare)
        if found and found[2][:3] in _MONTHS:
            return date(int(found[3]), _MONTHS.index(found[2][:3]) + 1, int(found[1]))
    except ValueError as wrong:
        raise Unreadable(f"is a date that there is not: “{shown(typed)}”") from wrong
    raise Unreadable(f"is not a date such as 31/07/2027: “{shown(typed)}”")


def clock(typed: str) -> time | None:
    """A time of day, or nothing: 16:30, 16:30:00, 4.30pm."""
    bare = " ".join(typed.lower().split())
    if not bare:
        return None
    if bare in ("noon", "midday"):
        return time(12)
    found = _CLOCK.fullmatch(bare)
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        half = (found[3] or "").replace(".", "")
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half or not found[2]:
            hour = 99
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise Unreadable(f"is not a time such as 16:30: “{shown(typed)}”")


def days(typed: str) -> list[int]:
    """Days of the week, 0 is Monday: “Monday; Thursday”, “Mon, Thu”, “weekdays”."""
    bare = typed.strip().lower()
    if not bare:
        return []
    if bare in _MANY_DAYS:
        return list(_MANY_DAYS[bare])
    found: set[int] = set()
    for word in re.split(r"[;,/|&+]|\band\b|\s", bare):
        word = word.strip(" .")
        if not word:
            continue
        if word not in _DAY_WORDS:
            raise Unreadable(f"is not a day of the week: “{shown(typed)}”")
        found.add(_DAY_WORDS[word])
    return sorted(found)


def yes_or_no(typed: str) -> bool | None:
    """Yes, no, or nothing."""
    bare = typed.strip().lower()
    if not bare:
        return None
    if bare in _YES:
        return True
    if bare in _NO:
        return False
    raise Unreadable(f"is not yes or no: “{shown(typed)}”")


def items(typed: str) -> list[str]:
    """The things of a list in one cell, each once: divided by semicolons, bars or lines; by commas
    where there is none of those."""
    parts = re.split(r"[;|\n]", typed) if re.search(r"[;|\n]", typed) else typed.split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))
