"""A page on which a search is shown: the parents' one, and the one for young people.

They show the same directory. Each says where it is, which ages it is for unless somebody asks for
others, and what it calls each kind of activity. Pure.
"""

from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from registry.cards.categories import Category, categories
from registry.cards.search.request import FIT, LIST, PATH, Problems, Query, SearchRequest


@dataclass(frozen=True)
class SearchPage:
    """Where a search is shown, and what is taken for granted there."""

    path: str = PATH
    ages: tuple[int, ...] = ()
    kinds: Callable[[], tuple[Category, ...]] = categories
    is_for_young: bool = False

    def read(self, query: Query) -> tuple[SearchRequest, Problems]:
        """The request in an address, with this page's ages where none are asked for."""
        asked, problems = SearchRequest.from_query(query)
        return (asked if asked.ages else replace(asked, ages=self.ages)), problems

    def address(self, request: SearchRequest) -> str:
        """Where a request's results are."""
        return request.address(self.path)

    def parts(self, request: SearchRequest) -> "AddressParts":
        """That address, to be put together without some of it."""
        return AddressParts(request, self)

    def takes_for_granted(self, request: SearchRequest) -> bool:
        """Whether the ages are only those that the page is for."""
        return bool(self.ages) and request.ages == self.ages

    def nothing_asked(self, request: SearchRequest) -> SearchRequest:
        """The way back to the beginning: everything here, with the shortlist carried along."""
        return SearchRequest(view=request.view, chosen=request.chosen)

    def everything(self, request: SearchRequest) -> SearchRequest:
        """All that there is on this page."""
        return replace(self.nothing_asked(request), ages=self.ages)


PARENTS = SearchPage()


class AddressParts:
    """The address of a search in its parts, written once, to be put together without some.

    A page has twenty addresses that differ from its own in one thing.
    """

    def __init__(self, request: SearchRequest, page: "SearchPage") -> None:
        self.path = page.path
        self.parts = [
            (name, value, urlencode({name: value}))
            for name, value in request.pairs(without=("page",))
        ]

    def without(self, *names: str) -> str:
        """The address without everything of these names."""
        return self._at([part for name, _, part in self.parts if name not in names])

    def without_value(self, name: str, value: str) -> str:
        """The address without one of several values."""
        return self._at([part for n, v, part in self.parts if (n, v) != (name, value)])

    def replaced(self, name: str, value: str) -> str:
        """The address with another value, or without it if there is none."""
        told = urlencode({name: value}) if value else ""
        parts = [told if n == name else part for n, _, part in self.parts]
        return self._at([part for part in parts if part])

    def sorted_by(self, order: str) -> str:
        """The address with this order, where orders stand."""
        before = [part for name, _, part in self.parts if name not in ("sort", *_AFTER_SORT)]
        after = [part for name, _, part in self.parts if name in _AFTER_SORT]
        return self._at([*before, *([] if order == FIT else [f"sort={order}"]), *after])

    def viewed_as(self, view: str) -> str:
        """The address as a list or as a map, where views stand."""
        before = [part for name, _, part in self.parts if name not in _AFTER_SORT]
        after = [part for name, _, part in self.parts if name == "a"]
        return self._at([*before, *([] if view == LIST else [f"view={view}"]), *after])

    def of_page(self, number: int) -> str:
        """The address of one page of the results."""
        parts = [part for _, _, part in self.parts]
        return self._at([*parts, f"page={number}"] if number > 1 else parts)

    def query(self, *, without: Container[str] = ()) -> str:
        """What stands behind the question mark, without everything of these names."""
        return "&".join([part for name, _, part in self.parts if name not in without])

    def _at(self, parts: list[str]) -> str:
        return f"{self.path}?{'&'.join(parts)}" if parts else self.path


_AFTER_SORT = ("view", "a")
