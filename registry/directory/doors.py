"""Doors into the directory: by what a family needs, and by kind, each with how much is behind it.

What stands behind the doors is counted with the first question for the page; only a door that
needs two things at once costs one more.
"""

from typing import NamedTuple

from registry.cards.categories import Category
from registry.cards.queries import SearchResult, count, search
from registry.cards.search.request import SearchRequest
from registry.directory.search_page import PARENTS, SearchPage

YOUNG_PEOPLE = "/young-people"
# Kinds for children with special needs or a disability, wherever they stand in the list.
SEND = ("send", "sport.disability_sport", "tuition.send")


class Door(NamedTuple):
    """One way in. `finds` is how many activities are behind it; None where nobody counts them."""

    title: str
    words: str
    icon: str
    tint: str
    href: str
    finds: int | None = None


class Kind(NamedTuple):
    """A kind of activity, and how many there are of it."""

    kind: Category
    href: str
    finds: int


class Need(NamedTuple):
    """A search that many families begin with."""

    title: str
    words: str
    icon: str
    tint: str
    search: SearchRequest

    def door(self, finds: int | None = None) -> Door:
        """The way to what it finds."""
        return Door(self.title, self.words, self.icon, self.tint, self.search.address(), finds)


NEEDS = (
    Need(
        "Free this week",
        "Things that cost nothing, in the next 7 days",
        "cost",
        "gold",
        SearchRequest(cost="free", soon=True),
    ),
    Need(
        "School holidays and HAF",
        "Holiday clubs, some free with a meal",
        "food",
        "brick",
        SearchRequest(categories=("holiday",)),
    ),
    Need(
        "Extra support and SEND",
        "Clubs for children with special needs",
        "access",
        "leaf",
        SearchRequest(categories=SEND),
    ),
    Need(
        "Indoors",
        "All of it under a roof",
        "home",
        "sky",
        SearchRequest(access=("indoors",)),
    ),
    Need(
        "At the weekend",
        "On a Saturday or Sunday",
        "when",
        "canal",
        SearchRequest(times=("weekend",)),
    ),
)
# The directory in young people's own words.
_OWN_DOOR = Door("I am 11 to 18", "Find things for yourself", "youth", "heather", YOUNG_PEOPLE)


def doors_by_need() -> list[Door]:
    """Each of them, without counting what is behind."""
    return [*(need.door() for need in NEEDS), _OWN_DOOR]


def counted_doors(everything: SearchResult) -> list[Door]:
    """Those that lead to something; `everything` is what a search for nothing finds."""
    doors = [need.door(_behind(need.search, everything)) for need in NEEDS]
    return [*(door for door in doors if door.finds), _OWN_DOOR]


def all_of(page: SearchPage = PARENTS) -> SearchResult:
    """Everything that a page has, with the counts of every choice."""
    return search(page.everything(SearchRequest()), page_size=1)


def kinds_of(everything: SearchResult, page: SearchPage = PARENTS) -> list[Kind]:
    """The kinds of which there is something, in the order of the page."""
    counts = everything.counts.get("category", {})
    return [
        Kind(
            kind,
            page.address(everything.request.changed(categories=(kind.code,))),
            counts[kind.code],
        )
        for kind in page.kinds()
        if counts.get(kind.code)
    ]


def _behind(request: SearchRequest, everything: SearchResult) -> int:
    """How many a door leads to: counted already, where it asks for one thing."""
    asked = request.pairs()
    if len(asked) == 1:
        name, value = asked[0]
        return everything.counts.get(name, {}).get(value, 0)
    return count(request)
