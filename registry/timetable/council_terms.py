"""The school terms of this council: a list that it keeps, and the calendar that is made of it."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from registry.lists.items import Item, KeptItems
from registry.lists.standing import VERSIONS_AT_ONCE, standing
from registry.timetable.terms import SchoolCalendar, SchoolYear, TermBlock, shipped_years

KEY = "school_years"


def school_calendar() -> SchoolCalendar:
    """The calendar of this council."""
    return _calendar(kept_school_years())


def school_years() -> tuple[SchoolYear, ...]:
    """Every year of it, in order."""
    return _years(kept_school_years())


def kept_school_years() -> KeptItems:
    """The list behind them: an item is a year, its label the name of it."""
    return standing(KEY, shipped_school_years)


def shipped_school_years() -> Iterator[Item]:
    """The years that an installation starts with."""
    for year in shipped_years():
        yield Item(str(year.blocks[0].first.year), year.name, details=details_of(year))


def details_of(year: SchoolYear) -> dict[str, Any]:
    """A year as plain JSON."""
    return {
        "confirmed": year.confirmed,
        "blocks": [
            {"first": one.first.isoformat(), "last": one.last.isoformat(), "then": one.then}
            for one in year.blocks
        ],
    }


def year_of(item: Item) -> SchoolYear:
    """The year that an item of the list stands for."""
    blocks = (
        TermBlock(date.fromisoformat(one["first"]), date.fromisoformat(one["last"]), one["then"])
        for one in item.details["blocks"]
    )
    return SchoolYear(item.label, item.details["confirmed"], tuple(blocks))


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _years(kept: KeptItems) -> tuple[SchoolYear, ...]:
    return tuple(sorted(map(year_of, kept.offered), key=lambda year: year.blocks[0].first))


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _calendar(kept: KeptItems) -> SchoolCalendar:
    return SchoolCalendar(tuple(block for year in _years(kept) for block in year.blocks))
