"""What every reader hands over, whatever it reads: the pieces of one activity and its club."""

from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["Pieces", "Place", "Times"]


@dataclass
class Place:
    """Where it happens."""

    name: str = ""
    address: str = ""
    postcode: str = ""
    is_hidden: bool = False


@dataclass
class Times:
    """When it happens: days and times as they were written."""

    days: str = ""
    starts: str = ""
    ends: str = ""
    in_terms: str = ""


@dataclass
class Pieces:
    """One activity as its source has it: texts, and the number of its row.

    `called` says what the source calls a piece, for messages: `name` → “Column B (Title)”.
    `broken` are mistakes of the row itself, such as too many cells.
    """

    number: int
    key: str = ""
    organisation_key: str = ""
    organisation_name: str = ""
    organisation_description: str = ""
    organisation_website: str = ""
    organisation_phone: str = ""
    organisation_email: str = ""
    name: str = ""
    summary: str = ""
    description: str = ""
    minimum_age: str = ""
    maximum_age: str = ""
    minimum_age_months: str = ""
    maximum_age_months: str = ""
    categories: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    times: list[Times] = field(default_factory=list)
    price: str = ""
    price_per: str = ""
    price_note: str = ""
    is_free: str = ""
    booking_link: str = ""
    last_date: str = ""
    called: dict[str, str] = field(default_factory=dict)
    broken: list[tuple[str, str]] = field(default_factory=list)

    def broke(self, column: str, sentence: str) -> None:
        """Say what is wrong with the row itself."""
        self.broken.append((column, sentence))

    @property
    def texts(self) -> Iterable[str]:
        """Everything that is words."""
        yield from (self.organisation_name, self.organisation_description, self.name)
        yield from (self.summary, self.description, self.price_note)
        yield from (place.name for place in self.places)
