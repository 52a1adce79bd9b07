"""From the one line that the database gives to every count that a page shows. Pure.

What a value would find if it alone were chosen in its group is told by the rows that meet all the
other groups. Where a group was not asked for, those are the rows that were found.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from registry.cards.search.asking import (
    ACCESS,
    AGE,
    COST,
    LANGUAGE,
    MOMENT,
    SUPPORT,
    Asked,
    times_asked,
)
from registry.cards.search.moments import slots_asked
from registry.cards.search.prices import cost_bits
from registry.cards.search.request import SearchRequest
from registry.cards.search.rows import AND, GROUPS, LETTERS, NO, TOGETHER, ages_asked
from registry.cards.search.statement import BETWEEN, is_unanswered
from registry.cards.search.values import AGE_BANDS, COSTS, DAYS, TIMES

Counts = dict[str, dict[str, int]]
_THAT_MAY_BE_UNSAID = (SUPPORT, ACCESS, LANGUAGE)


class Counted(NamedTuple):
    """What one search found: how many, how many surely, the facets, what is left out because it is
    not said, and how well each fits, with its key, where that is told. `values` are those of each
    group for all that meet the others, each with how many have it."""

    total: int
    sure: int
    counts: Counts
    unsaid: dict[str, int]
    keys: str = ""
    values: Mapping[str, Counter[str]] = MappingProxyType({})


def counted(asked: Asked, request: SearchRequest, line: Iterable[Any]) -> Counted:
    """What the database's line says."""
    total, sure, facets, keys, *told = line
    counts = _of_facets(facets)
    unsaid = {}
    values = {
        group: Counter(each.split(BETWEEN) if each else ())
        for group, each in zip(asked.groups, told, strict=True)
    }
    for group, each in values.items():
        counts |= _of_group(group, asked, request, each)
        if group in _THAT_MAY_BE_UNSAID:
            unsaid[group] = _unsaid(group, asked, each)
    return Counted(
        total=total,
        sure=total if sure is None else sure,
        counts=counts,
        unsaid={group: missing for group, missing in unsaid.items() if missing},
        keys=keys or "",
        values=values,
    )


def _of_facets(facets: str | None) -> Counts:
    """How many of what was found have each value."""
    counts: Counts = {name: {} for name in GROUPS.values()}
    for word, finds in Counter((facets or "").split()).items():
        letter = word[0]
        if letter in TOGETHER:
            of_group = counts[GROUPS[letter]]
            for value in word[1:].split(AND):
                of_group[value] = of_group.get(value, 0) + finds
        elif letter != NO:
            counts[GROUPS[letter]][word[1:]] = finds
    return counts


def _of_group(group: str, asked: Asked, request: SearchRequest, each: Counter[str]) -> Counts:
    """How many each value of a group would find that was asked for."""
    if group == AGE:
        return {group: _bits(each, {band: ages_asked(years) for band, years in AGE_BANDS.items()})}
    if group == COST:
        return {group: _bits(each, {asked: sum(cost_bits(asked)) for asked in COSTS})}
    if group == MOMENT:
        times = times_asked(request)
        days = {name: sum(slots_asked((day,), times)) for day, name in enumerate(DAYS)}
        of_day = {name: sum(slots_asked(request.days, (time,))) for time, name in enumerate(TIMES)}
        return {"day": _bits(each, days), "time": _bits(each, of_day)}
    if group not in asked.facets:
        return {}
    letter = LETTERS[group]
    found: Counter[str] = Counter()
    for facets, finds in each.items():
        for word in facets.split():
            if word[0] == letter:
                found[word[1:]] += finds
    return {group: dict(found)}


def _bits(each: Counter[str], masks: dict[str, int]) -> dict[str, int]:
    """How many have some bit of each mask; only values that find something."""
    told = [(int(bits), finds) for bits, finds in each.items()]
    found = {
        value: sum(finds for bits, finds in told if bits & mask) for value, mask in masks.items()
    }
    return {value: finds for value, finds in found.items() if finds}


def _unsaid(group: str, asked: Asked, each: Counter[str]) -> int:
    """How many were left out of a group because they do not say."""
    wanted = asked.facets[group].words
    is_met: Callable[[Iterable[bool]], bool] = all if asked.facets[group].all_of_them else any
    missing = 0
    for facets, finds in each.items():
        if is_met(f" {word} " in facets for word in wanted):
            continue
        if group == LANGUAGE:
            missing += 0 if f" {LETTERS[group]}" in facets else finds
        elif is_unanswered(facets, wanted):
            missing += finds
    return missing
