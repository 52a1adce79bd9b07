"""What a search can be narrowed by, what it is narrowed by now, and what to let go of."""

from collections.abc import Iterator
from typing import NamedTuple

from registry.directory.categories import categories, category
from registry.directory.lines import category_label, near_in_words
from registry.directory.queries import SearchResult, count
from registry.directory.search_request import DAYS, SearchRequest, ages_in_words
from registry.web.formats import DAY_NAMES, in_words, miles

DISTANCES = (1.0, 2.0, 3.0, 5.0, 10.0)


class Option(NamedTuple):
    """One box to tick, and how many activities it would find."""

    id: str
    value: str
    label: str
    finds: int
    is_chosen: bool


class Facet(NamedTuple):
    """One group of boxes."""

    name: str
    title: str
    options: list[Option]
    is_open: bool

    @property
    def chosen(self) -> int:
        """How many of its boxes are ticked."""
        return sum(option.is_chosen for option in self.options)


class Chip(NamedTuple):
    """A filter in use; its address is the search without it."""

    text: str
    href: str


class Loosening(NamedTuple):
    """One thing to let go of, and how many activities that would find."""

    text: str
    href: str
    finds: int


class Distance(NamedTuple):
    """One choice of how far."""

    value: str
    label: str
    is_chosen: bool


def facets(result: SearchResult) -> list[Facet]:
    """Every day and the kinds that would find something, each box with its count."""
    request = result.request
    days = [
        Option(f"day-{name}", name, DAY_NAMES[day], result.days.get(day, 0), day in request.days)
        for day, name in enumerate(DAYS)
    ]
    finer = [found for code in request.categories if "." in code and (found := category(code))]
    kinds = [
        Option(
            f"category-{kind.code.replace('.', '-')}",
            kind.code,
            kind.label,
            result.categories.get(kind.code, 0),
            kind.code in request.categories,
        )
        for kind in (*finer, *categories())
    ]
    offered = [kind for kind in kinds if kind.finds or kind.is_chosen]
    return [Facet("day", "Day", days, True), Facet("category", "Kind of activity", offered, True)]


def distances(request: SearchRequest) -> list[Distance]:
    """How far may be chosen, with what somebody wrote into the address."""
    offered = sorted({*DISTANCES, *([request.miles] if request.miles else [])})
    return [
        *(Distance(f"{far:g}", miles(far), far == request.miles) for far in offered),
        Distance("", "Any distance", request.miles is None),
    ]


def chips(result: SearchResult) -> list[Chip]:
    """Every filter in use, with the way to remove it."""
    request = result.request
    found = []
    if request.q:
        found.append(Chip(f"“{request.q}”", request.changed(q="").address()))
    if request.ages:
        found.append(Chip(_sentence(_age(request)), request.changed(ages=()).address()))
    for code in request.categories:
        left = tuple(other for other in request.categories if other != code)
        found.append(Chip(category_label(code), request.changed(categories=left).address()))
    for day in request.days:
        rest = tuple(other for other in request.days if other != day)
        found.append(Chip(DAY_NAMES[day], request.changed(days=rest).address()))
    if result.place:
        nowhere = request.changed(postcode="", miles=None)
        found.append(Chip(_sentence(near_in_words(result)), nowhere.address()))
    return found


def loosenings(result: SearchResult) -> list[Loosening]:
    """What would be found by letting go of one thing at a time; only what finds something."""
    offered = []
    for text, request in _looser(result):
        found = count(request)
        if found:
            offered.append(Loosening(text, request.address(), found))
    return offered


def _looser(result: SearchResult) -> Iterator[tuple[str, SearchRequest]]:
    request = result.request
    if request.days:
        days = in_words((DAY_NAMES[day] for day in request.days), last="or")
        yield f"Any day, not just {days}", request.changed(days=())
    if request.miles is not None and result.place:
        farther = next((far for far in DISTANCES if far > request.miles), None)
        if farther is not None:
            yield f"Up to {miles(farther)} away", request.changed(miles=farther)
        yield "Any distance", request.changed(miles=None)
    if request.q:
        yield f"Anything, not just “{request.q}”", request.changed(q="")
    if request.ages:
        yield f"Any age, not just {_age(request)}", request.changed(ages=())
    if request.categories:
        kinds = in_words(map(category_label, request.categories), last="or")
        yield f"Any kind, not just {kinds}", request.changed(categories=())
    if not request.asks_for_nothing:
        yield "Everything on the list", SearchRequest()


def _age(request: SearchRequest) -> str:
    words = ages_in_words(request.ages)
    return f"age {words}" if words.isdigit() else f"ages {words}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
