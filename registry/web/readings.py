"""Reads what a person typed: numbers, money, dates and times, in the ways people write them.

Pure and patient: any text at all gives an answer, nothing, or an UnreadableError whose sentence
says what to type and, where it helps, what was typed.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, time

from registry.web.formats import in_words

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1900, 2200

# What no page may carry and nobody types: control characters, and code points that are none.
CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?P<half>am|pm)?", re.ASCII)
FOUR_DIGITS = re.compile(r"\d{4}", re.ASCII)
POUNDS = re.compile(r"(?P<pounds>\d{1,9})(?:\.(?P<pence>\d{1,2}))?", re.ASCII)


class UnreadableError(ValueError):
    """What was typed cannot be used. `parts` names the parts of a date to mend."""

    def __init__(self, sentence: str, parts: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.parts = parts


def shown(typed: str, most: int = 40) -> str:
    """What was typed, short enough and plain enough to repeat in a message."""
    text = " ".join(printable(typed).split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def printable(typed: str) -> str:
    """The text without characters that a page must not carry."""
    return CONTROLS.sub("", typed)


def clean_text(typed: str, most: int = 200, subject: str = "This") -> str:
    """One line, without spaces at its ends."""
    return _checked(" ".join(typed.split("\n")).replace("\r", "").strip(), most, subject)


def clean_lines(typed: str, most: int = 5000, subject: str = "This") -> str:
    """Lines as a text area gives them, with one kind of line end."""
    return _checked(typed.replace("\r\n", "\n").replace("\r", "\n").strip(), most, subject)


def read_number(typed: str, subject: str, minimum: int, maximum: int) -> int | None:
    """A whole number in ASCII digits; commas and spaces between them are let be."""
    text = typed.strip()
    if not text:
        return None
    digits = text.lstrip("-+").replace(",", "").replace(" ", "")
    if not (digits.isascii() and digits.isdecimal()) or text[:1] == "+":
        raise UnreadableError(
            f"{subject} must be a whole number in digits, like 12. You put “{shown(text)}”"
        )
    # Compared by length first: thirty digits are a number, but not one to make.
    number = int(digits[-12:]) if len(digits.lstrip("0")) <= 12 else maximum + 1
    if text.startswith("-"):
        number = -number if number <= maximum else minimum - 1
    if number < minimum:
        raise UnreadableError(f"{subject} must be {minimum:,} or more. You put {shown(text)}")
    if number > maximum:
        raise UnreadableError(f"{subject} must be {maximum:,} or less. You put {shown(text)}")
    return number


def read_money(typed: str, subject: str, maximum: int) -> int | None:
    """Pounds, with or without pence, as whole pence."""
    text = typed.strip()
    if not text:
        return None
    amount = text.removeprefix("£").replace(",", "").replace(" ", "")
    if amount.startswith("-"):
        raise UnreadableError(f"{subject} must be 0 or more. You put “{shown(text)}”")
    read = POUNDS.fullmatch(amount)
    if not read:
        raise UnreadableError(
            f"{subject} must be in pounds and pence, like 3.50. You put “{shown(text)}”"
        )
    pence = int(read["pounds"]) * 100 + int((read["pence"] or "0").ljust(2, "0"))
    if pence > maximum:
        raise UnreadableError(f"{subject} must be £{maximum // 100:,} or less")
    return pence


def read_time(typed: str, subject: str) -> time | None:
    """16:30, 1630, 4.30pm, 4 p.m., noon. A bare 4.30 is asked again: morning or afternoon?"""
    text = re.sub(r"[\s]", "", typed.lower()).replace("a.m", "am").replace("p.m", "pm")
    text = text.removesuffix(".") if text.endswith("m.") else text
    if not text:
        return None
    if text in ("noon", "midday", "12noon"):
        return time(12)
    if text == "midnight":
        return time(0)
    if FOUR_DIGITS.fullmatch(text):
        text = f"{text[:2]}:{text[2:]}"
    read = CLOCK.fullmatch(text)
    hour, minute = (int(read["hour"]), int(read["minute"] or 0)) if read else (99, 99)
    if not read or hour > 23 or minute > 59 or (read["half"] and not 1 <= hour <= 12):
        raise UnreadableError(
            f"{subject} must be a time, like 4.30pm or 16:30. You put “{shown(typed)}”"
        )
    if read["half"]:
        return time(hour % 12 + (12 if read["half"] == "pm" else 0), minute)
    if 1 <= hour <= 12 and not read["hour"].startswith("0"):
        raise UnreadableError(f"{subject} must say am or pm, like {shown(typed, 10)}pm")
    return time(hour, minute)


def read_date(typed: Mapping[str, str], subject: str) -> date | None:
    """A date from `day`, `month` and `year`; a month may be a name."""
    parts = {name: text.strip() for name, text in typed.items()}
    missing = tuple(name for name, text in parts.items() if not text)
    if len(missing) == len(parts):
        return None
    if missing:
        wanted = in_words(f"a {name}" for name in missing)
        raise UnreadableError(f"{subject} must have {wanted}", missing)
    day, month, year = _digits(parts["day"]), _month(parts["month"]), _digits(parts["year"])
    put = shown(" ".join(parts.values()))
    if year is None or len(parts["year"]) != 4 or not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadableError(
            f"{subject} must have a year in 4 digits, like 2026. You put “{put}”", ("year",)
        )
    if month is None:
        raise UnreadableError(
            f"{subject} must have a month from 1 to 12. You put “{put}”", ("month",)
        )
    try:
        return date(year, month, day or 0)
    except ValueError:
        raise UnreadableError(
            f"{subject} must be a real date, like 27 3 2026. You put “{put}”", ("day",)
        ) from None


def _checked(text: str, most: int, subject: str) -> str:
    if CONTROLS.search(text):
        raise UnreadableError(
            f"{subject} has a character that we cannot keep. Type it again, without pasting"
        )
    if len(text) > most:
        raise UnreadableError(
            f"{subject} must be {most:,} characters or fewer. You have {len(text):,}"
        )
    return unicodedata.normalize("NFC", text)


def _digits(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else None


def _month(text: str) -> int | None:
    number = _digits(text)
    if number is not None:
        return number if 1 <= number <= 12 else None
    word = text.lower().strip(".")
    named = [n for n, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    if word == "sept":
        named = [9]
    return named[0] if len(named) == 1 else None
