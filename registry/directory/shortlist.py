"""A shortlist: what somebody chose, in order, in the address and nowhere else. Pure.

Without an account, a cookie or a script: whoever adds or removes follows a link to the address of
the list as it would then be. The search that it began with is carried along, so that there is a
way back to it; what is shared has the chosen activities alone.
"""

from collections.abc import Container
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from registry.cards.search.request import PATH as RESULTS
from registry.cards.search.request import Query, SearchRequest

PATH = "/shortlist"
CALENDAR = "/shortlist.ics"
MOST = 20
# What is on the list stands under the first name; what was on it until just now, the second.
CHOSEN, CLEARED = "a", "was"
_MOST_VALUES = 200
# One letter longer than any slug: what is cut here can name nothing.
_LONGEST = 121


@dataclass(frozen=True)
class Shortlist:
    """The slugs that were chosen, each once. `is_cut` says that there were more than a list holds.

    A slug is what stood in the address: it may be one of nothing that is listed.
    """

    slugs: tuple[str, ...] = ()
    search: SearchRequest = field(default_factory=SearchRequest)
    is_cut: bool = False

    @classmethod
    def from_query(cls, query: Query, name: str = CHOSEN) -> "Shortlist":
        """The list in an address, whatever stands there."""
        told = (value.strip()[:_LONGEST] for value in query.getlist(name)[:_MOST_VALUES])
        slugs = list(dict.fromkeys(slug for slug in told if slug))
        search, _ = SearchRequest.from_query(query)
        return cls(tuple(slugs[:MOST]), replace(search, chosen=(), page=1), len(slugs) > MOST)

    def adding(self, slug: str) -> "Shortlist":
        """The list with one more at its end. One that is there stays where it is."""
        if slug in self.slugs:
            return self
        return replace(self, slugs=(*self.slugs, slug))

    def removing(self, slug: str) -> "Shortlist":
        """The list without this one, the others as they were."""
        return replace(self, slugs=tuple(one for one in self.slugs if one != slug))

    def only(self, listed: Container[str]) -> "Shortlist":
        """The list with only those that are listed now."""
        return replace(self, slugs=tuple(slug for slug in self.slugs if slug in listed))

    def address(self) -> str:
        """Where the list is, with the way back to the search."""
        return self._going_on().address(PATH)

    def cleared_address(self) -> str:
        """Where the list is empty, and knows what was on it until just now."""
        pairs = [*self.search.pairs(), *((CLEARED, slug) for slug in self.slugs)]
        return f"{PATH}?{urlencode(pairs)}"

    def search_address(self) -> str:
        """Where to go on searching, with what was chosen."""
        return self._going_on().address(RESULTS)

    def listing_address(self, slug: str) -> str:
        """The page of an activity that knows what is on the list."""
        return SearchRequest(chosen=self.slugs).address(f"{RESULTS}/{slug}")

    def shared_address(self, public_url: str) -> str:
        """The whole address of the list to hand on: what was chosen, and not what was searched."""
        return f"{public_url}{SearchRequest(chosen=self.slugs).address(PATH)}"

    def calendar_address(self) -> str:
        """Where the dates of all that was chosen are, as one file."""
        return SearchRequest(chosen=self.slugs).address(CALENDAR)

    def _going_on(self) -> SearchRequest:
        return replace(self.search, chosen=self.slugs)
