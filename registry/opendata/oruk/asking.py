"""What somebody asks for in an address, read once; and each thing in it that cannot be used.

Nothing is guessed and nothing is silently left out: whoever asks wrongly is told which parameter
it is and what to write instead. Names that the standard does not have change nothing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from registry.geography.places import Point
from registry.geography.queries import search_point

T = TypeVar("T")

PER_PAGE, MOST_PER_PAGE = 50, 1_000
_FARTHEST = 1_000_000
_OLDEST = 150
_HIGHEST_PAGE = 1_000_000
_LONGEST_SEARCH = 200
_MONTHS = 12
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = {name: number for n, name in enumerate(_DAYS) for number in (n,)} | {
    name[:length]: n for n, name in enumerate(_DAYS) for length in (2, 3)
}
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:\.\d{1,6})?)?Z?")
_NUMBER = re.compile(r"\d{1,3}(\.\d{1,4})?")
_TRUE, _FALSE = ("true", "1", "yes"), ("false", "0", "no")
JSON, NDJSON = "json", "ndjson"


class Wrong(NamedTuple):
    """A parameter that cannot be used, and what to write instead."""

    parameter: str
    detail: str


class BadQuestion(Exception):
    """At least one parameter cannot be used."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        super().__init__(wrong[0].detail)
        self.wrong = tuple(wrong)


class Nearby(NamedTuple):
    """Within so many metres of a point."""

    point: Point
    metres: float


@dataclass(frozen=True)
class Asked:
    """What services are narrowed down by. Nothing under a name means: that does not matter."""

    search: str = ""
    term_ids: tuple[str, ...] = ()
    taxonomy_ids: tuple[str, ...] = ()
    organization_id: str = ""
    youngest_months: int | None = None
    oldest_months: int | None = None
    opens: int | None = None
    closes: int | None = None
    days: int = 0
    near: Nearby | None = None
    modified_after: datetime | None = None


@dataclass(frozen=True)
class Shown:
    """How what was found is told. `per_page` is None where nobody said."""

    page: int = 1
    per_page: int | None = None
    full: bool = False
    full_service: bool = False
    minimal: bool = False
    format: str = JSON
    top_only: bool = False
    parent_id: str = ""

    @property
    def size(self) -> int:
        """How many go on a page."""
        return self.per_page or PER_PAGE


def read_question(query: Mapping[str, Sequence[str]]) -> tuple[Asked, Shown]:
    """What stands in an address, name by name. Raises BadQuestion with all that is wrong."""
    reading = _Reading(query)
    asked = Asked(
        search=reading.one("search", _words) or "",
        term_ids=reading.several("taxonomy_term_id", _uuid),
        taxonomy_ids=reading.several("taxonomy_id", _uuid),
        organization_id=reading.one("organization_id", _uuid) or "",
        youngest_months=reading.one("minimum_age", _months),
        oldest_months=reading.one("maximum_age", _months),
        opens=reading.one("start_time", _minutes),
        closes=reading.one("end_time", _minutes),
        days=sum({1 << day for day in reading.several("day", _day)}),
        near=_nearby(reading),
        modified_after=reading.one("modified_after", _instant),
    )
    shown = Shown(
        page=reading.one("page", _page) or 1,
        per_page=reading.one("per_page", _per_page),
        full=reading.one("full", _yes_no) or False,
        full_service=reading.one("full_service", _yes_no) or False,
        minimal=reading.one("minimal", _yes_no) or False,
        format=reading.one("format", _format) or JSON,
        top_only=reading.one("top_only", _yes_no) or False,
        parent_id=reading.one("parent_id", _uuid) or "",
    )
    if reading.wrong:
        raise BadQuestion(reading.wrong)
    return asked, shown


@dataclass
class _Reading:
    """One reading; gathers what is wrong instead of stopping at the first."""

    query: Mapping[str, Sequence[str]]
    wrong: list[Wrong] = field(default_factory=list)

    def one(self, name: str, read: Callable[[str], T]) -> T | None:
        """What stands under a name; None for nothing. Of several, the last."""
        found = self._read(name, read, self.query.get(name, ())[-1:])
        return found[0] if found else None

    def several(self, name: str, read: Callable[[str], T]) -> tuple[T, ...]:
        """Each of what stands under a name, between commas or under it again."""
        given = [part for text in self.query.get(name, ()) for part in text.split(",")]
        return tuple(dict.fromkeys(self._read(name, read, given)))

    def _read(self, name: str, read: Callable[[str], T], given: Sequence[str]) -> list[T]:
        found: list[T] = []
        for text in given:
            try:
                found.append(read(text.strip()))
            except ValueError as error:
                self.wrong.append(Wrong(name, str(error)))
                return []
        return found


def _nearby(reading: _Reading) -> Nearby | None:
    point = reading.one("postcode", _postcode)
    metres = reading.one("proximity", _metres)
    if metres is None:
        return None
    if point is None:
        if not reading.wrong or reading.wrong[-1].parameter != "postcode":
            has_one = any(one.parameter == "postcode" for one in reading.wrong)
            if not has_one:
                reading.wrong.append(Wrong("postcode", "Give a postcode with proximity."))
        return None
    return Nearby(point, metres)


def _words(text: str) -> str:
    if len(text) > _LONGEST_SEARCH:
        raise ValueError(f"Search for {_LONGEST_SEARCH} characters or fewer.")
    if not text.isprintable():
        raise ValueError("Search for words of letters and numbers.")
    return text


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise ValueError(
            "Give an id of this service, such as 2b0d7b3d-8ef6-4a43-b8a6-0f7c1f1c9a11."
        ) from None


def _months(text: str) -> int:
    if not _NUMBER.fullmatch(text) or not text.isascii() or float(text) > _OLDEST:
        raise ValueError(f"Give an age in years, such as 7 or 2.5, up to {_OLDEST}.")
    return round(float(text) * _MONTHS)


def _minutes(text: str) -> int:
    found = _CLOCK.fullmatch(text)
    if not found or not text.isascii():
        raise ValueError("Give a time of day, such as 16:30.")
    return int(found[1]) * 60 + int(found[2])


def _day(text: str) -> int:
    number = _DAY.get(text.casefold())
    if number is None:
        raise ValueError("Give a day of the week, such as MO or Monday.")
    return number


def _postcode(text: str) -> Point:
    if "\0" in text:
        raise ValueError("Give a postcode, such as WV1 1SH.")
    found = search_point(text)
    if found is None:
        raise ValueError("We do not know this postcode. Give a whole one, such as WV1 1SH.")
    return found.point


def _metres(text: str) -> float:
    if not re.fullmatch(r"\d{1,7}(\.\d{1,3})?", text) or not text.isascii():
        raise ValueError("Give a distance in metres, such as 1000.")
    if float(text) > _FARTHEST:
        raise ValueError(f"Give {_FARTHEST:,} metres or fewer.")
    return float(text)


def _instant(text: str) -> datetime:
    # A plus sign in an address is a space by the time that it gets here.
    try:
        found = datetime.fromisoformat(re.sub(r" (\d{2}:?\d{2})$", r"+\1", text))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("Give a date and time, such as 2026-11-22T09:30:00Z.") from None


def _page(text: str) -> int:
    return _whole(text, _HIGHEST_PAGE, "Give a whole number from 1.")


def _per_page(text: str) -> int:
    return _whole(text, MOST_PER_PAGE, f"Give a whole number from 1 to {MOST_PER_PAGE}.")


def _whole(text: str, most: int, otherwise: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not 1 <= int(text) <= most:
        raise ValueError(otherwise)
    return int(text)


def _yes_no(text: str) -> bool:
    if text.casefold() not in (*_TRUE, *_FALSE):
        raise ValueError("Give true or false.")
    return text.casefold() in _TRUE


def _format(text: str) -> str:
    if text not in (JSON, NDJSON):
        raise ValueError("Give json or ndjson.")
    return text


def queries_of(args: Any) -> dict[str, list[str]]:
    """The names and values of an address. One without a value is as if it were not there."""
    told = {name: [one for one in ones if one.strip()] for name, ones in args.lists()}
    return {name: ones for name, ones in told.items() if ones}
