"""How much of a very large register one search looks at.

Wherever a distance was asked for, and in any register of a council, that is everything. Where more
than `AT_ONCE` cards have the words and nobody said how near they must be, a part of them is enough
for “more than 1,000”: those that are nearest, or else some equal parts of the register, together
with those that have the words in their name. More is looked at until so many are found.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from registry.cards.search.asking import Asked, Sought
from registry.cards.search.cells import PARTS
from registry.cards.search.counting import Counted
from registry.cards.search.finding import counts, have_the_words, rows_there_are, totals
from registry.cards.search.request import SearchRequest
from registry.cards.words.understanding import cards_having

# Of more than so many with the words not every one is looked at.
AT_ONCE = 10_000
# What is then told: more than so many.
TOLD = 1_000
_RINGS = (10.0, 30.0, 100.0)
_MOST_WIDER = 64


class Looked(NamedTuple):
    """What was looked at, and what was found there. Where `is_more`, there is more elsewhere."""

    asked: Asked
    counted: Counted
    is_more: bool = False


def look(asked: Asked, request: SearchRequest) -> Looked:
    """Count what there is, in as much of the register as that takes."""
    if _is_too_much(asked):
        some = _some_near(asked, request) if asked.point else _some_parts(asked, request)
        if some is not None:
            return some
    return Looked(asked, counts(asked, request))


def totals_of(every: Sequence[tuple[Asked, SearchRequest]]) -> list[int]:
    """How many there are of each, no further than is told; of most of them in one statement."""
    large = {n: look(*one) for n, one in enumerate(every) if _is_too_much(one[0])}
    others = [n for n in range(len(every)) if n not in large]
    found = dict(zip(others, totals([every[n][0] for n in others]), strict=True))
    return [large[n].counted.total if n in large else found[n] for n in range(len(every))]


def _some_near(asked: Asked, request: SearchRequest) -> Looked | None:
    """What is within one circle or a wider one; None where that is not many."""
    for miles in _RINGS:
        near = replace(asked, miles=miles)
        counted = counts(near, request)
        if counted.total > TOLD:
            return _more(near, counted)
    return None


def _some_parts(asked: Asked, request: SearchRequest) -> Looked | None:
    """What is in some parts of the register or in more of them; None where that is not many."""
    parts = max(1, PARTS * AT_ONCE // _at_most(asked))
    named = replace(asked, parts=(), and_named=True)
    and_named = bool(asked.words) and have_the_words(named, AT_ONCE + 1) <= AT_ONCE
    while parts < PARTS:
        some = replace(asked, parts=tuple(range(parts)), and_named=and_named)
        counted = counts(some, request)
        if counted.total > TOLD:
            return _more(some, counted)
        parts *= min(_MOST_WIDER, 2 + TOLD // (counted.total + 1))
    return None


def _more(some: Asked, counted: Counted) -> Looked:
    return Looked(some, counted._replace(total=TOLD), is_more=True)


def _is_too_much(asked: Asked) -> bool:
    if asked.miles is not None or _at_most(asked) <= AT_ONCE:
        return False
    return not asked.words or have_the_words(asked, AT_ONCE + 1) > AT_ONCE


def _at_most(asked: Asked) -> int:
    """More than so many cards cannot have the words."""
    if not asked.words:
        return rows_there_are()
    return min(_most_with(word) for word in asked.words)


def _most_with(word: Sought) -> int:
    # Whatever has a word as it is said has it without its ending, too.
    others = {*word.also, *word.begun}.difference(word.exact)
    return max(map(cards_having, word.exact), default=0) + sum(map(cards_having, others))
