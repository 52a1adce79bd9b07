"""What a search can be narrowed by.

Every choice has what it would find beside it. One that would find nothing stays in its place.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from registry.cards.categories import Category
from registry.cards.marks import languages, marks_in
from registry.cards.queries import SearchResult
from registry.cards.search.request import (
    AGE_BANDS,
    DAYS,
    SearchRequest,
    ages_in_words,
)
from registry.cards.search.request import THIS_WEEK as WEEK
from registry.cards.search.rows import language_word
from registry.directory.asking import (
    COSTS,
    THIS_WEEK,
    TIMES,
    as_sentence,
    far_in_words,
)
from registry.directory.search_page import PARENTS, SearchPage
from registry.web.formats import DAY_NAMES

DISTANCES = (0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0)
# A group with more choices than this folds the rest of them away.
MANY = 8
_OLDEST_BAND = max(AGE_BANDS.values())


class Option(NamedTuple):
    """One choice, and how many activities it would find; None where nobody counts them."""

    id: str
    name: str
    value: str
    label: str
    finds: int | None
    is_chosen: bool
    is_finer: bool = False


class Facet(NamedTuple):
    """One group of choices. `kind` says whether one or several of them can be ticked; `more` are
    those that are folded away at first."""

    title: str
    kind: str
    options: Sequence[Option]
    more: Sequence[Option]
    hint: str
    chosen: int
    is_open: bool
    more_is_open: bool


class Choice(NamedTuple):
    """One of several ways, such as one order of the results."""

    value: str
    label: str
    is_chosen: bool
    href: str = ""


def facets(result: SearchResult, page: SearchPage = PARENTS) -> list[Facet]:
    """Every group of choices, in the order shown; those that are asked for first stand open."""
    request, counts = result.request, result.counts
    return [
        _kinds_facet(_kinds(request, counts.get("category", {}), page)),
        _facet("Time of day", _times(request, counts.get("time", {})), is_open=True),
        _facet("Day", _days(request, counts.get("day", {})), is_open=True),
        _facet("Age", _ages(request, counts.get("age", {}), page)),
        _facet(
            "Cost",
            _costs(request, counts.get("cost", {})),
            kind="radio",
            hint="For each session",
            is_open=True,
        ),
        _facet("Extra support", _marks("support", request.support, counts), hint=_SUPPORT),
        _facet("The place", _marks("access", request.access, counts), hint=_PLACE),
        _facet("Language", _languages(request, counts.get("language", {}))),
        _facet("More choices", _more(request, counts)),
    ]


_SUPPORT = "What the club says it can do"
_PLACE = "What the club says of it"


def rest_of_ages(request: SearchRequest, page: SearchPage = PARENTS) -> str:
    """The ages that no ticked box stands for, as the age box says them."""
    asked = set() if page.takes_for_granted(request) else set(request.ages)
    ticked = {age for band in AGE_BANDS.values() if asked.issuperset(band) for age in band}
    return ages_in_words(asked - ticked)


def distances(request: SearchRequest) -> list[Choice]:
    """How far may be chosen, with what somebody wrote into the address."""
    offered = sorted({*DISTANCES, *([request.miles] if request.miles else [])})
    return [
        *(
            Choice(f"{far:g}", as_sentence(far_in_words(far)), far == request.miles)
            for far in offered
        ),
        Choice("", "Any distance", request.miles is None),
    ]


def _facet(
    title: str,
    options: Sequence[Option],
    *,
    kind: str = "checkbox",
    hint: str = "",
    is_open: bool = False,
) -> Facet:
    # A last one or two are not worth a fold of their own.
    folds = len(options) > MANY + 2
    first, more = (options[:MANY], options[MANY:]) if folds else (options, ())
    return _folded(title, first, more, kind=kind, hint=hint, is_open=is_open)


def _kinds_facet(options: Sequence[Option]) -> Facet:
    """Every first-level kind; of the finer ones that were opened, those that would find nothing
    are folded away."""
    first = [one for one in options if one.finds or one.is_chosen or not one.is_finer]
    more = [one for one in options if one not in first]
    return _folded("Kind of activity", first, more)


def _folded(
    title: str,
    first: Sequence[Option],
    more: Sequence[Option],
    *,
    kind: str = "checkbox",
    hint: str = "",
    is_open: bool = False,
) -> Facet:
    chosen = sum(option.is_chosen and bool(option.value) for option in (*first, *more))
    return Facet(
        title=title,
        kind=kind,
        options=first,
        more=more,
        hint=hint,
        chosen=chosen,
        is_open=is_open or chosen > 0,
        more_is_open=any(option.is_chosen for option in more),
    )


def _kinds(request: SearchRequest, counts: dict[str, int], page: SearchPage) -> list[Option]:
    """The first level, and the finer kinds of those of it that are chosen."""
    opened = {code.partition(".")[0] for code in request.categories}
    options = []
    for kind in page.kinds():
        if kind.retired and kind.code not in opened:
            continue
        options.append(_kind(kind, request, counts))
        if kind.code in opened:
            options += [_kind(sub, request, counts) for sub in _finer(kind, request)]
    return options


def _finer(kind: Category, request: SearchRequest) -> Iterable[Category]:
    return (sub for sub in kind.subs if not sub.retired or sub.code in request.categories)


def _kind(kind: Category, request: SearchRequest, counts: dict[str, int]) -> Option:
    return Option(
        f"category-{kind.code.replace('.', '-')}",
        "category",
        kind.code,
        kind.label,
        counts.get(kind.code, 0),
        kind.code in request.categories,
        is_finer="." in kind.code,
    )


def _times(request: SearchRequest, counts: dict[str, int]) -> list[Option]:
    return [
        Option(f"time-{time}", "time", time, label, counts.get(time, 0), time in request.times)
        for time, label in TIMES.items()
    ]


def _days(request: SearchRequest, counts: dict[str, int]) -> list[Option]:
    return [
        Option(f"day-{name}", "day", name, DAY_NAMES[day], counts.get(name, 0), day in request.days)
        for day, name in enumerate(DAYS)
    ]


def _ages(request: SearchRequest, counts: dict[str, int], page: SearchPage) -> list[Option]:
    asked = set() if page.takes_for_granted(request) else set(request.ages)
    return [
        Option(f"age-{code}", "age", code, label, counts.get(code, 0), asked.issuperset(band))
        for code, band, label in _bands()
    ]


@lru_cache(maxsize=1)
def _bands() -> tuple[tuple[str, tuple[int, ...], str], ...]:
    return tuple(
        (code, band, f"{band[0]} to {band[-1]}{', SEND' if band == _OLDEST_BAND else ''}")
        for code, band in AGE_BANDS.items()
    )


def _costs(request: SearchRequest, counts: dict[str, int]) -> list[Option]:
    return [
        Option("cost-any", "cost", "", "Any cost", None, not request.cost),
        *(
            Option(f"cost-{code}", "cost", code, label, counts.get(code, 0), code == request.cost)
            for code, label in COSTS.items()
        ),
    ]


def _marks(
    group: str, chosen: tuple[str, ...], all_counts: dict[str, dict[str, int]]
) -> list[Option]:
    counts = all_counts.get(group, {})
    return [
        Option(
            f"{group}-{one.code}",
            group,
            one.code,
            one.label,
            counts.get(one.code, 0),
            one.code in chosen,
        )
        for one in marks_in(group)
    ]


def _languages(request: SearchRequest, counts: dict[str, int]) -> list[Option]:
    """Those of our list, then any other that a club typed or somebody asks for, whatever its
    capitals."""
    finds = {language_word(name): found for name, found in counts.items()}
    names: dict[str, str] = {}
    for name in (*languages(), *request.languages, *sorted(counts)):
        names.setdefault(language_word(name), name)
    chosen = set(map(language_word, request.languages))
    return [
        Option(f"language-{n}", "language", name, name, finds.get(word, 0), word in chosen)
        for n, (word, name) in enumerate(names.items())
    ]


def _more(request: SearchRequest, counts: dict[str, dict[str, int]]) -> list[Option]:
    week = counts.get("when", {}).get(WEEK)
    online = counts.get("online", {}).get("yes", 0)
    return [
        Option("when-week", "when", WEEK, THIS_WEEK, week, request.soon),
        Option("online-yes", "online", "yes", "Online", online, request.online),
    ]
