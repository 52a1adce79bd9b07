"""What a search is narrowed by now, how it is put in order, and what was left out of it: each with
the address that changes it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from registry.cards.queries import SearchResult
from registry.cards.search.request import (
    DAYS,
    DISTANCE,
    FIT,
    NAME,
    NEXT,
    PRICE,
    SearchRequest,
    ages_in_words,
)
from registry.directory.asking import (
    COSTS,
    THIS_WEEK,
    TIMES_SHORT,
    age_in_words,
    as_sentence,
    category_label,
    mark_label,
    near_in_words,
    runs_of_ages,
)
from registry.directory.filters import Choice
from registry.directory.search_page import PARENTS, AddressParts, SearchPage
from registry.web.formats import DAY_NAMES, in_words

SORTS = {
    FIT: "Best fit",
    DISTANCE: "Nearest",
    NEXT: "Soonest",
    PRICE: "Lowest cost",
    NAME: "Name",
}


class Chip(NamedTuple):
    """A filter in use; its address is the search without it."""

    text: str
    href: str


class LeftOut(NamedTuple):
    """Activities that do not say what was asked: how many, of what, and the way to see them."""

    finds: int
    what: str
    href: str


def sorts(
    result: SearchResult, page: SearchPage = PARENTS, parts: AddressParts | None = None
) -> list[Choice]:
    """The orders to choose from: the nearest first only where there is something to be near to.

    `parts` is the address of the search, where somebody has put it together already.
    """
    request, parts = result.request, parts or page.parts(result.request)
    return [
        Choice(code, label, code == request.sort, parts.sorted_by(code))
        for code, label in SORTS.items()
        if code != DISTANCE or result.place
    ]


def chips(
    result: SearchResult, page: SearchPage = PARENTS, parts: AddressParts | None = None
) -> list[Chip]:
    """Every filter in use, each value by itself, with the way to remove it."""
    parts = parts or page.parts(result.request)
    return [Chip(text, href) for text, href in _chips(result, page, parts)]


def left_out(result: SearchResult, page: SearchPage = PARENTS) -> list[LeftOut]:
    """What was left out because the club did not answer; never silently."""
    request = result.request
    return [
        LeftOut(finds, what(request), page.address(request.changed(**{field: ()})))
        for group, (field, what) in _UNSAID.items()
        if (finds := result.unsaid.get(group, 0))
    ]


def _of_marks(codes: Iterable[str]) -> str:
    return f"if they have {in_words(f'“{mark_label(code)}”' for code in codes)}"


_UNSAID: dict[str, tuple[str, Callable[[SearchRequest], str]]] = {
    "support": ("support", lambda request: _of_marks(request.support)),
    "access": ("access", lambda request: _of_marks(request.access)),
    "language": ("languages", lambda _: "which languages they speak"),
}


def _chips(
    result: SearchResult, page: SearchPage, parts: AddressParts
) -> Iterator[tuple[str, str]]:
    request = result.request
    if request.q:
        yield f"“{request.q}”", parts.without("q", "words")
    if not page.takes_for_granted(request):
        for run in runs_of_ages(request):
            left = tuple(age for age in request.ages if age not in run)
            yield as_sentence(age_in_words(run)), parts.replaced("age", ages_in_words(left))
    for name, (field, label) in _SEVERAL.items():
        for value in getattr(request, field):
            told = DAYS[value] if name == "day" else value
            yield label(value), parts.without_value(name, told)
    if request.soon:
        yield THIS_WEEK, parts.without("when")
    if request.cost:
        yield COSTS[request.cost], parts.without("cost")
    if request.online:
        yield "Online", parts.without("online")
    if result.place:
        where = ["postcode", "place", "distance"]
        where += ["sort"] if request.sort == DISTANCE else []
        yield as_sentence(near_in_words(result)), parts.without(*where)


_SEVERAL: dict[str, tuple[str, Callable[[Any], str]]] = {
    "category": ("categories", category_label),
    "day": ("days", DAY_NAMES.__getitem__),
    "time": ("times", TIMES_SHORT.__getitem__),
    "support": ("support", mark_label),
    "access": ("access", mark_label),
    "language": ("languages", str),
}
