"""How many there would be if one thing were asked otherwise, told by a search that was made. Pure.

The line that the database gave for a search has the values of every group for all that meet the
others. So nobody has to ask again how many there are at another age, at any time of day, or with
one kind of support fewer.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from registry.cards.search.asking import Asked

Values = Mapping[str, Counter[str]]


def would_find(asked: Asked, values: Values, other: Asked) -> int | None:
    """How many `other` finds, where it differs from what was asked in one group alone; None where
    that cannot be told. `values` are those of each group for all that meet the others."""
    if _around(asked) != _around(other):
        return None
    different = {group for group in (*asked.groups, *other.groups) if _differs(asked, other, group)}
    if len(different) != 1 or not different <= values.keys():
        return None
    group = different.pop()
    return sum(finds for value, finds in values[group].items() if _meets(other, group, value))


def _around(asked: Asked) -> Asked:
    """All but the groups, and how the results are shown."""
    return replace(asked, masks={}, facets={}, soon=False, sort="")


def _differs(asked: Asked, other: Asked, group: str) -> bool:
    one, two = (
        (a.masks.get(group), a.facets.get(group), group in a.groups) for a in (asked, other)
    )
    return one != two


def _meets(asked: Asked, group: str, value: str) -> bool:
    """Whether what has this value surely or perhaps meets the group."""
    if group in asked.masks:
        sure, may = asked.masks[group]
        return bool(int(value) & (sure | may))
    if group not in asked.facets:
        return True
    facets = asked.facets[group]
    is_met = all if facets.all_of_them else any
    return is_met(f" {word} " in value for word in facets.words)
