"""Notices that stand on top of pages for a while, and the switch that lets nobody save.

Both are lists that are kept in versions, like the others: so what stood when can be read later.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from registry.lists.items import Item, KeptItems
from registry.lists.standing import VERSIONS_AT_ONCE, standing

NOTICES, READ_ONLY = "notices", "read_only"
PUBLIC, DESKS = "public", "desks"
PLACES = {PUBLIC: "Pages for everybody", DESKS: "The desks of clubs and of the council"}
KINDS = {"information": "Information", "warning": "A warning"}


@dataclass(frozen=True)
class Notice:
    """One message. `places` says on which pages; it stands from the first day through the last."""

    code: str
    text: str
    kind: str
    places: tuple[str, ...]
    from_on: date
    until_on: date
    taken_off: bool

    @property
    def is_warning(self) -> bool:
        """Whether it warns, or only tells."""
        return self.kind == "warning"

    def stands_on(self, day: date) -> bool:
        """Whether it is shown on a day."""
        return not self.taken_off and self.from_on <= day <= self.until_on


@dataclass(frozen=True)
class ReadOnly:
    """Nobody can save anything: since when, by whom, and what people are told about it."""

    since: datetime
    by_id: int
    words: str


def kept_notices() -> KeptItems:
    """The list behind the notices."""
    return standing(NOTICES, _none)


def every_notice() -> tuple[Notice, ...]:
    """Each there ever was, the newest first."""
    return _notices(kept_notices())


def notices_on(day: date, place: str) -> tuple[Notice, ...]:
    """What stands on a day on one kind of page, warnings first."""
    here = (one for one in every_notice() if place in one.places and one.stands_on(day))
    return tuple(sorted(here, key=lambda one: not one.is_warning))


def kept_read_only() -> KeptItems:
    """The list behind the switch: one line, retired while it is off."""
    return standing(READ_ONLY, _none)


def read_only() -> ReadOnly | None:
    """The switch while it is on; None while everything can be saved as usual."""
    found = kept_read_only().offered
    if not found:
        return None
    details = found[0].details
    return ReadOnly(datetime.fromisoformat(details["since"]), details["by_id"], found[0].label)


def _none() -> Iterator[Item]:
    return iter(())


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _notices(kept: KeptItems) -> tuple[Notice, ...]:
    return tuple(
        Notice(
            code=one.code,
            text=one.label,
            kind=one.details["kind"],
            places=tuple(one.details["places"]),
            from_on=date.fromisoformat(one.details["from_on"]),
            until_on=date.fromisoformat(one.details["until_on"]),
            taken_off=one.retired,
        )
        for one in reversed(kept.items)
    )
