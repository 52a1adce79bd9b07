"""What every answer is told with: the council's settings, today, and the terms of taxonomies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from registry import clock
from registry.config import Settings, settings
from registry.opendata.identifiers import identifier_in
from registry.opendata.oruk.vocabulary import Vocabulary, vocabulary
from registry.taxonomies.queries import read_term, taxonomies
from registry.taxonomies.terms import Term
from registry.timetable.council_terms import school_calendar
from registry.timetable.terms import SchoolCalendar

BASE = "/oruk/v3"
Thing = dict[str, Any]
Document = Mapping[str, Any]


@dataclass(frozen=True)
class Context:
    """One answer's. What many services share is worked out once."""

    chosen: Settings
    today: date
    calendar: SchoolCalendar
    vocabulary: Vocabulary
    # The one term that every organisation on the list has.
    mark: Term

    @property
    def base(self) -> str:
        """Where all of it is."""
        return f"{self.chosen.public_url}{BASE}"

    def id(self, kind: str, *which: int | str) -> str:
        """What others call a thing."""
        return identifier_in(self.chosen.authority_code, kind, *which)

    def part(self, of: str, kind: str, which: int | str = "") -> str:
        """What others call a part of a thing: the two names laid over each other (RFC 9562,
        version 8). A service has dozens, and so each costs next to nothing."""
        return over(as_number(of), self.kind(kind, which))

    def kind(self, kind: str, which: int | str = "") -> int:
        """A kind of part as a number to be laid over that of a thing."""
        return _kind(self.chosen.authority_code, kind, which)


def context() -> Context:
    """That of this moment."""
    chosen = settings()
    words = vocabulary(chosen.authority_code, f"{chosen.public_url}{BASE}", taxonomies())
    return Context(chosen, clock.today(), school_calendar(), words, read_term())


def as_number(identifier: str) -> int:
    """An identifier as the number that it is."""
    return int(identifier.replace("-", ""), 16)


def over(of: int, kind: int) -> str:
    """The number of a thing and that of a kind of part, as one identifier of version 8."""
    told = f"{(of ^ kind) & _FREE | _EIGHT:032x}"
    return f"{told[:8]}-{told[8:12]}-{told[12:16]}-{told[16:20]}-{told[20:]}"


@lru_cache(maxsize=20_000)
def _kind(authority_code: str, kind: str, which: int | str) -> int:
    return as_number(identifier_in(authority_code, kind, which))


# All but the version and the variant, and those of an identifier that is made in one's own way.
_FREE = (1 << 128) - 1 ^ (0xF << 76) ^ (0x3 << 62)
_EIGHT = (0x8 << 76) | (0x2 << 62)
