"""What a search can be narrowed by.

Every choice has what it would find beside it. One that would find nothing stays in its place.
"""

from collections.abc import Container, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from registry.cards.categories import Category
from registry.cards.marks import kept_languages, kept_marks, languages, marks_in
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
from registry.lists.items import KeptItems
from registry.lists.standing import VERSIONS_AT_ONCE
from registry.web.formats import DAY_NAMES

DISTANCES = (0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0)
# A group with more choices than this folds the rest of them away.
MANY = 8
_OLDEST_BAND = max(AGE_BANDS.values())


class Box:
    """One choice as it stands on every page. Two are never alike, so what is drawn of one can be
    kept with it; each is made once for as long as its list is the same."""

    __slots__ = ("id", "is_finer", "label", "name", "value")

    def __init__(
        self, name: str, value: str, label: str, id_: str = "", *, is_finer: bool = False
    ) -> None:
        self.id = id_ or f"{name}-{value}"
        self.name, self.value, self.label, self.is_finer = name, value, label, is_finer


class Option(NamedTuple):
    """One choice of a page, and how many activities it would find; None where nobody counts."""

    box: Box
    finds: int | None
    is_chosen: bool

    @property
    def name(self) -> str:
        """What it is called in the address."""
        return self.box.name

    @property
    def value(self) -> str:
        """What stands in the address."""
        return self.box.value

    @property
    def label(self) -> str:
        """What people call it."""
        return self.box.label


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
    first = [one for one in options if one.finds or one.is_chosen or not one.box.is_finer]
    more = [one for one in options if one not in first] if len(first) < len(options) else ()
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
    chosen = [option for option in (*first, *more) if option.is_chosen and option.box.value]
    return Facet(
        title=title,
        kind=kind,
        options=first,
        more=more,
        hint=hint,
        chosen=len(chosen),
        is_open=is_open or bool(chosen),
        more_is_open=any(option.is_chosen for option in more),
    )


def _kinds(request: SearchRequest, counts: dict[str, int], page: SearchPage) -> list[Option]:
    """The first level, and the finer kinds of those of it that are chosen."""
    chosen = request.categories
    opened = {code.partition(".")[0] for code in chosen}
    boxes: list[Box] = []
    for kind, box, finer in _kind_boxes(page.kinds()):
        if kind.code in opened:
            boxes.append(box)
            boxes += [one for sub, one in finer if not sub.retired or sub.code in chosen]
        elif not kind.retired:
            boxes.append(box)
    return _offered(boxes, counts, chosen)


_KindBoxes = tuple[tuple[Category, Box, tuple[tuple[Category, Box], ...]], ...]


def _kind_boxes(kinds: tuple[Category, ...]) -> _KindBoxes:
    """A box for each kind, with those of its finer ones."""
    # By which list it is and not by what stands in it: that would be gone through each time.
    found = _kinds_drawn.get(id(kinds))
    if found is None or found[0] is not kinds:
        if len(_kinds_drawn) >= VERSIONS_AT_ONCE * 2:
            _kinds_drawn.clear()
        boxes = tuple((one, _kind(one), tuple((s, _kind(s)) for s in one.subs)) for one in kinds)
        found = _kinds_drawn[id(kinds)] = (kinds, boxes)
    return found[1]


_kinds_drawn: dict[int, tuple[tuple[Category, ...], _KindBoxes]] = {}


def _kind(kind: Category) -> Box:
    id_ = f"category-{kind.code.replace('.', '-')}"
    return Box("category", kind.code, kind.label, id_, is_finer="." in kind.code)


def _offered(boxes: Iterable[Box], counts: dict[str, int], chosen: Container[str]) -> list[Option]:
    return [Option(box, counts.get(box.value, 0), box.value in chosen) for box in boxes]


_TIME_BOXES = tuple(Box("time", time, label) for time, label in TIMES.items())
_DAY_BOXES = tuple(Box("day", name, DAY_NAMES[day]) for day, name in enumerate(DAYS))
_AGE_BOXES = tuple(
    (Box("age", code, f"{band[0]} to {band[-1]}{', SEND' if band == _OLDEST_BAND else ''}"), band)
    for code, band in AGE_BANDS.items()
)
_ANY_COST = Box("cost", "", "Any cost", "cost-any")
_COST_BOXES = tuple(Box("cost", code, label) for code, label in COSTS.items())
_SOON, _ONLINE = Box("when", WEEK, THIS_WEEK), Box("online", "yes", "Online")


def _times(request: SearchRequest, counts: dict[str, int]) -> list[Option]:
    return _offered(_TIME_BOXES, counts, request.times)


def _days(request: SearchRequest, counts: dict[str, int]) -> list[Option]:
    return _offered(_DAY_BOXES, counts, [DAYS[day] for day in request.days])


def _ages(request: SearchRequest, counts: dict[str, int], page: SearchPage) -> list[Option]:
    asked = set() if page.takes_for_granted(request) else set(request.ages)
    return [
        Option(box, counts.get(box.value, 0), asked.issuperset(band)) for box, band in _AGE_BOXES
    ]


def _costs(request: SearchRequest, counts: dict[str, int]) -> list[Option]:
    any_cost = Option(_ANY_COST, None, not request.cost)
    return [any_cost, *_offered(_COST_BOXES, counts, (request.cost,))]


def _marks(
    group: str, chosen: tuple[str, ...], all_counts: dict[str, dict[str, int]]
) -> list[Option]:
    return _offered(_mark_boxes(kept_marks(), group), all_counts.get(group, {}), chosen)


@lru_cache(maxsize=VERSIONS_AT_ONCE * 2)
def _mark_boxes(_: KeptItems, group: str) -> tuple[Box, ...]:
    return tuple(Box(group, one.code, one.label) for one in marks_in(group))


def _languages(request: SearchRequest, counts: dict[str, int]) -> list[Option]:
    """Those of our list, then any other that a club typed or somebody asks for, whatever its
    capitals."""
    boxes, known = _language_boxes(kept_languages())
    added: dict[str, str] = {}
    for name in (*request.languages, *sorted(counts)):
        if (word := language_word(name)) not in known:
            added.setdefault(word, name)
    finds = {language_word(name): found for name, found in counts.items()}
    chosen = set(map(language_word, request.languages))
    told = [Option(box, finds.get(word, 0), word in chosen) for word, box in boxes]
    return [
        *told,
        *(
            Option(Box("language", name, name, f"language-{n}"), finds.get(word, 0), word in chosen)
            for n, (word, name) in enumerate(added.items(), start=len(boxes))
        ),
    ]


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _language_boxes(_: KeptItems) -> tuple[tuple[tuple[str, Box], ...], frozenset[str]]:
    """A box for each language of the list, by the word that it is found by."""
    named = {language_word(name): name for name in reversed(languages())}
    boxes = tuple(
        (word, Box("language", named[word], named[word], f"language-{n}"))
        for n, word in enumerate(dict.fromkeys(map(language_word, languages())))
    )
    return boxes, frozenset(named)


def _more(request: SearchRequest, counts: dict[str, dict[str, int]]) -> list[Option]:
    week = counts.get("when", {}).get(WEEK)
    online = counts.get("online", {}).get("yes", 0)
    return [Option(_SOON, week, request.soon), Option(_ONLINE, online, request.online)]
