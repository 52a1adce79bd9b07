"""How much of a very large register one search looks at.

Wherever a distance was asked for, and in any register of a council, that is everything. Where more
than `AT_ONCE` cards have the words and nobody said how near they must be, a part of them is enough
for “more than 1,000”: those that are nearest, or else some equal parts of the register, together
with those that have the words in their name. More is looked at until so many are found.
"""

from collections.abc import Iterator, Sequence
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
_WIDER = 8


class Looked(NamedTuple):
    """What was looked at, and what was found there. Where `is_more`, there is more elsewhere."""

    asked: Asked
    counted: Counted
    is_more: bool = False


def look(asked: Asked, request: SearchRequest) -> Looked:
    """Count what there is, in as much of the register as that takes."""
    for some in _narrower(asked):
        counted = counts(some, request)
        if counted.total >= TOLD:
            return Looked(some, counted._replace(total=TOLD), is_more=True)
    return Looked(asked, counts(asked, request))


def totals_of(every: Sequence[tuple[Asked, SearchRequest]]) -> list[int]:
    """How many there are of each, no further than is told; of most of them in one statement."""
    large = {n: look(*one) for n, one in enumerate(every) if _is_too_much(one[0])}
    others = [n for n in range(len(every)) if n not in large]
    found = dict(zip(others, totals([every[n][0] for n in others]), strict=True))
    return [large[n].counted.total if n in large else found[n] for n in range(len(every))]


def _narrower(asked: Asked) -> Iterator[Asked]:
    """Smaller and then larger parts of the register, none of them all of it."""
    if not _is_too_much(asked):
        return
    if asked.words and have_the_words(asked, AT_ONCE + 1) <= AT_ONCE:
        return
    if asked.point is not None:
        yield from (replace(asked, miles=miles) for miles in _RINGS)
        return
    parts = max(1, PARTS * AT_ONCE // _at_most(asked))
    named = replace(asked, parts=(), and_named=True)
    and_named = bool(asked.words) and have_the_words(named, AT_ONCE + 1) <= AT_ONCE
    while parts < PARTS:
        yield replace(asked, parts=tuple(range(parts)), and_named=and_named)
        parts *= _WIDER


def _is_too_much(asked: Asked) -> bool:
    return asked.miles is None and _at_most(asked) > AT_ONCE


def _at_most(asked: Asked) -> int:
    """More than so many cards cannot have the words."""
    if not asked.words:
        return rows_there_are()
    return min(_most_with(word) for word in asked.words)


def _most_with(word: Sought) -> int:
    # Whatever has a word as it is said has it without its ending, too.
    others = {*word.also, *word.begun}.difference(word.exact)
    return max(map(cards_having, word.exact), default=0) + sum(map(cards_having, others))
