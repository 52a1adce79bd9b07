"""A request as the index is asked: masks, words of facets, plain words, runs of keys. Pure."""

from dataclasses import dataclass
from typing import NamedTuple

from registry.cards.search.moments import slots_asked
from registry.cards.search.prices import cost_bits
from registry.cards.search.request import SearchRequest
from registry.cards.search.rows import LETTERS, ages_asked, language_word
from registry.cards.search.values import FIT, TIMES, YES
from registry.cards.words.plain import QueryWord
from registry.geography.places import Point

AGE, MOMENT, COST, SOON, CATEGORY, SUPPORT, ACCESS, LANGUAGE, ONLINE = (
    "age",
    "moment",
    "cost",
    "when",
    "category",
    "support",
    "access",
    "language",
    "online",
)


class Facets(NamedTuple):
    """Words of facets, of which a card needs any, or all."""

    words: tuple[str, ...]
    all_of_them: bool = False


class Sought(NamedTuple):
    """One word that was asked for, with every word of the register that it begins."""

    exact: tuple[str, ...]
    also: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()

    @property
    def any(self) -> tuple[str, ...]:
        """Every word that meets it."""
        return tuple(dict.fromkeys((*self.exact, *self.also, *self.begun)))


@dataclass(frozen=True)
class Asked:
    """What the index is asked.

    `masks` are the bits of a column that surely meet a group and those that may; `facets` the
    words of a group. `groups` is every group that was asked for, in a fixed order: which of them
    a card does not meet is told by its place there.
    """

    today: int
    masks: dict[str, tuple[int, int]]
    facets: dict[str, Facets]
    words: tuple[Sought, ...] = ()
    point: Point | None = None
    miles: float | None = None
    soon: bool = False
    sort: str = FIT
    # Only some parts of all cards, where those with the words are too many to look at each; and
    # besides those in whose name the words are. No parts and these are these alone.
    parts: tuple[int, ...] | None = None
    and_named: bool = False

    @property
    def groups(self) -> tuple[str, ...]:
        """Every group that was asked for."""
        return (*self.masks, *((SOON,) if self.soon else ()), *self.facets)

    def bit(self, group: str) -> int:
        """What stands for a group that is not met."""
        return 1 << self.groups.index(group)


def asked_of(
    request: SearchRequest, words: tuple[Sought, ...], point: Point | None, today: int
) -> Asked:
    """What the index is asked for this request."""
    return Asked(
        today=today,
        masks=_masks(request),
        facets=_facets(request),
        words=words,
        point=point,
        miles=request.miles if point else None,
        soon=request.soon,
        sort=request.sort,
    )


def sought(word: QueryWord, begun: tuple[str, ...] = ()) -> Sought:
    """A word that was asked for; `begun` are the words that begin as it does."""
    return Sought(word.exact, word.also, begun)


def times_asked(request: SearchRequest) -> tuple[int, ...]:
    """The numbers of the times of day that were asked for."""
    return tuple(TIMES.index(time) for time in request.times)


def _masks(request: SearchRequest) -> dict[str, tuple[int, int]]:
    masks = {}
    if request.ages:
        masks[AGE] = (ages_asked(request.ages), 0)
    if request.days or request.times:
        masks[MOMENT] = slots_asked(request.days, times_asked(request))
    if request.cost:
        masks[COST] = cost_bits(request.cost)
    return masks


def _facets(request: SearchRequest) -> dict[str, Facets]:
    wanted = {
        CATEGORY: Facets(_words(CATEGORY, request.categories)),
        SUPPORT: Facets(_words(SUPPORT, request.support), all_of_them=True),
        ACCESS: Facets(_words(ACCESS, request.access), all_of_them=True),
        LANGUAGE: Facets(_words(LANGUAGE, tuple(map(language_word, request.languages)))),
        ONLINE: Facets(_words(ONLINE, (YES,) if request.online else ())),
    }
    return {group: facets for group, facets in wanted.items() if facets.words}


def _words(group: str, values: tuple[str, ...]) -> tuple[str, ...]:
    # No text of PostgreSQL has a NUL in it, not even one that is only looked for.
    plain = (value.replace("\0", "\ufffd") for value in dict.fromkeys(values))
    return tuple(f"{LETTERS[group]}{value}" for value in plain)
