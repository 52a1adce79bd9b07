"""What a parent asks the directory for, as it stands in an address. Pure.

Anything at all may stand in an address. What can be used is used; what cannot is left out, and
the person is told so in a sentence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from registry.cards.search import reading as search_reading
from registry.cards.search.reading import Problems, Query, Reading
from registry.cards.search.values import (
    AGE_BANDS,
    COSTS,
    DAYS,
    DISTANCE,
    FARTHEST,
    FIT,
    LIST,
    MAP,
    NAME,
    NEXT,
    OLDEST,
    PRICE,
    SORTS,
    THIS_WEEK,
    TIMES,
    TYPED,
    VIEWS,
    YES,
    ages_in_words,
)

__all__ = [
    "AGE_BANDS",
    "COSTS",
    "DAYS",
    "DISTANCE",
    "FARTHEST",
    "FIT",
    "LIST",
    "MAP",
    "NAME",
    "NEXT",
    "OLDEST",
    "PATH",
    "PRICE",
    "SORTS",
    "THIS_WEEK",
    "TIMES",
    "TYPED",
    "VIEWS",
    "YES",
    "Problems",
    "Query",
    "SearchRequest",
    "ages_in_words",
    "typed",
]

PATH = "/activities"


@dataclass(frozen=True)
class SearchRequest:
    """What was asked for. Nothing under a name means: that does not matter.

    `postcode` is whole or the first half, as people write it, and `place` the name of a part of
    the city; `miles` counts from there, and of the two the postcode wins. Of `categories`, `ages`
    (years), `days` (Monday is 0), `times` and `languages` any will do; of `support` and `access`
    each one is needed. `soon` is within the next seven days. `as_typed` takes no word for
    another. `chosen` is what somebody has on their shortlist: it is carried along and changes
    nothing.
    """

    q: str = ""
    postcode: str = ""
    miles: float | None = None
    categories: tuple[str, ...] = ()
    ages: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    page: int = 1
    place: str = ""
    times: tuple[str, ...] = ()
    cost: str = ""
    support: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    online: bool = False
    soon: bool = False
    sort: str = FIT
    view: str = LIST
    chosen: tuple[str, ...] = ()
    as_typed: bool = False

    @classmethod
    def from_query(cls, query: Query) -> tuple["SearchRequest", Problems]:
        """The request in an address, and what could not be used, by name."""
        reading = Reading(query)
        postcode = reading.postcode()
        request = cls(
            q=reading.question(),
            postcode=postcode,
            place="" if postcode else reading.place(),
            miles=reading.miles(),
            categories=reading.categories(),
            ages=reading.ages(),
            days=reading.days(),
            times=reading.times(),
            cost=reading.cost(),
            support=reading.marks("support"),
            access=reading.marks("access"),
            languages=reading.languages(),
            online=reading.online(),
            soon=reading.soon(),
            sort=reading.sort() or FIT,
            view=reading.view() or LIST,
            chosen=reading.chosen(),
            as_typed=reading.as_typed(),
            page=reading.page(),
        )
        if not request.is_somewhere:
            request = _nowhere(request, reading.problems)
        return request, reading.problems

    @property
    def is_somewhere(self) -> bool:
        """Whether it says where from."""
        return bool(self.postcode or self.place)

    @property
    def asks_for_nothing(self) -> bool:
        """Whether everything that is listed fits, however that is shown."""
        plain = replace(self, page=1, sort=FIT, view=LIST, chosen=(), as_typed=False)
        return plain == SearchRequest()

    def changed(self, **changes: Any) -> "SearchRequest":
        """Another request, from its first page."""
        return replace(self, **{"page": 1, **changes})

    def address(self, path: str = PATH) -> str:
        """Where this request's results are."""
        pairs = self.pairs()
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def pairs(self, *, without: Iterable[str] = ()) -> list[tuple[str, str]]:
        """The names and values of the address, in one fixed order."""
        told: list[tuple[str, str]] = [
            ("q", self.q),
            ("words", TYPED if self.as_typed and self.q else ""),
            ("postcode", self.postcode),
            ("place", self.place),
            ("distance", "" if self.miles is None else f"{self.miles:g}"),
            *(("category", code) for code in self.categories),
            ("age", ages_in_words(self.ages)),
            *(("day", DAYS[day]) for day in self.days),
            *(("time", time) for time in self.times),
            ("when", THIS_WEEK if self.soon else ""),
            ("cost", self.cost),
            *(("support", code) for code in self.support),
            *(("access", code) for code in self.access),
            *(("language", name) for name in self.languages),
            ("online", YES if self.online else ""),
            ("sort", "" if self.sort == FIT else self.sort),
            ("view", "" if self.view == LIST else self.view),
            *(("a", slug) for slug in self.chosen),
            ("page", str(self.page) if self.page > 1 else ""),
        ]
        left_out = set(without)
        return [(name, value) for name, value in told if value and name not in left_out]


def typed(query: Mapping[str, str], name: str) -> str:
    """What stands under a name, cut short and fit to be shown in its box again."""
    return search_reading.typed(query.get(name, ""))


def _nowhere(request: SearchRequest, problems: Problems) -> SearchRequest:
    """Without what cannot be said of no place: how far, and the nearest first."""
    says_why = "postcode" in problems or "place" in problems
    asks_how_far = request.miles is not None or request.sort == DISTANCE
    if asks_how_far and not says_why:
        name = "sort" if request.miles is None else "distance"
        problems[name] = "Type a postcode, so that we know where from."
    return replace(request, miles=None, sort=FIT if request.sort == DISTANCE else request.sort)
