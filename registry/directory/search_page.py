"""A page on which a search is shown: the parents' one, and the one for young people.

They show the same directory. Each says where it is, which ages it is for unless somebody asks for
others, and what it calls each kind of activity. Pure.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from registry.directory.categories import Category, categories
from registry.directory.search_request import PATH, Problems, Query, SearchRequest


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
