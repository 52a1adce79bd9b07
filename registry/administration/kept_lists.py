"""Which lists a council keeps: what each is for, what a line of it has, and what must hold."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from registry.cards import categories
from registry.cards.words import everyday
from registry.errors import BadInput
from registry.geography import place_names
from registry.lists import closure_days
from registry.lists.items import Item, KeptItems
from registry.organisations import categories as taxonomy
from registry.timetable import council_terms
from registry.timetable.terms import SchoolYear
from registry.web.formats import long_date

Check = Callable[[KeptItems, Sequence[Item]], None]


def _anything_goes(kept: KeptItems, items: Sequence[Item]) -> None:
    """Nothing to hold."""


@dataclass(frozen=True)
class ListKind:
    """One list. `groups` are the headings that a line may stand under, by its parent's code.

    `is_in_order` offers to move a line up and down; `on_cards` says that public records hold its
    words; `can_rename` is False where a record holds the words themselves; `each_once` that no
    two lines of a group may say the same.
    """

    key: str
    title: str
    one: str
    about: str
    kept: Callable[[], KeptItems]
    shipped: Callable[[], Iterable[Item]]
    groups: Callable[[], Mapping[str, str]] = dict
    check: Check = _anything_goes
    is_in_order: bool = False
    on_cards: bool = False
    can_rename: bool = True
    needs_one: bool = True
    each_once: bool = True
    columns: tuple[str, ...] = field(default=())


def _first_levels() -> dict[str, str]:
    """A kind of the first level, or under one of them."""
    return {"": "First level"} | {one.code: one.label for one in categories.categories()}


def _groups_of_marks() -> dict[str, str]:
    return {"support": "Support", "access": "Access", "cost": "Help with the cost"}


def _years_in_order(kept: KeptItems, items: Sequence[Item]) -> None:
    """No two years share a day. Raises BadInput."""
    years = sorted(
        (council_terms.year_of(one) for one in items if not one.retired),
        key=lambda year: year.blocks[0].first,
    )
    for year in years:
        _blocks_in_order(year)
    for before, after in pairwise(years):
        if after.blocks[0].first <= before.blocks[-1].last:
            raise BadInput(
                f"{after.name} begins on {long_date(after.blocks[0].first)}, before "
                f"{before.name} is over."
            )


def _blocks_in_order(year: SchoolYear) -> None:
    for block in year.blocks:
        if block.last < block.first:
            raise BadInput(f"The school weeks from {long_date(block.first)} end before they begin.")
    for before, after in pairwise(year.blocks):
        if after.first <= before.last:
            raise BadInput(
                f"The school weeks from {long_date(after.first)} begin before the ones before end."
            )


def closure_day(day: date, why: str) -> Item:
    """A line of the closure days."""
    return Item(day.isoformat(), why)


KINDS = {
    kind.key: kind
    for kind in (
        ListKind(
            categories.KEY,
            "Kinds of activity",
            "kind",
            "What clubs choose from and parents look through. A club chooses from the second "
            "level.",
            categories.kept_categories,
            categories.shipped_categories,
            groups=_first_levels,
            is_in_order=True,
            on_cards=True,
        ),
        ListKind(
            taxonomy.MARKS,
            "Support, access and cost",
            "point",
            "What a club answers with yes, ask us or no.",
            taxonomy.kept_marks,
            taxonomy.shipped_marks,
            groups=_groups_of_marks,
            is_in_order=True,
            on_cards=True,
            columns=("hint",),
        ),
        ListKind(
            taxonomy.LANGUAGES,
            "Languages",
            "language",
            "What a club can tick. It may type any other language as well.",
            taxonomy.kept_languages,
            taxonomy.shipped_languages,
            is_in_order=True,
            can_rename=False,
        ),
        ListKind(
            everyday.KEY,
            "Everyday words",
            "line",
            "What families type, and which words of the register they mean by it. A search for "
            "the one also finds the other, below what has the words themselves. A change counts "
            "from the next search on.",
            everyday.kept_everyday_words,
            everyday.shipped_everyday_words,
            columns=("means",),
        ),
        ListKind(
            place_names.KEY,
            "Places",
            "place",
            "Suburbs and landmarks, each with a postcode in the middle of it, for whoever does "
            "not know a postcode.",
            place_names.kept_place_names,
            place_names.shipped_place_names,
            columns=("postcode",),
        ),
        ListKind(
            council_terms.KEY,
            "School terms",
            "school year",
            "The first and the last school day of each half term. Clubs that meet in term time or "
            "in the holidays follow them.",
            council_terms.kept_school_years,
            council_terms.shipped_school_years,
            check=_years_in_order,
        ),
        ListKind(
            closure_days.KEY,
            "Closure days",
            "closure day",
            "Days on which the council is closed, besides weekends and bank holidays. No clock of "
            "ours runs on them.",
            closure_days.kept_closure_days,
            closure_days.shipped_closure_days,
            needs_one=False,
            each_once=False,
        ),
    )
}
