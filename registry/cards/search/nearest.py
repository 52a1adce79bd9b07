"""Among which of the rows that were found a page of them is. Pure.

The count tells of every row that has the words how well it fits, as one digit, and its key, which
begins with its cell. So of thousands that fit alike only those in the nearest cells are looked at
once more, to be put in order.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from registry.cards.search.asking import Asked
from registry.cards.search.cells import NOWHERE, cell_of_key, how_far
from registry.cards.search.statement import UNSURE
from registry.cards.search.values import DISTANCE, FIT
from registry.geography.places import Point

Cells = dict[int, list[str]]


class Among(NamedTuple):
    """Keys, and how many of them in order come before the page."""

    keys: list[str]
    offset: int


def among(asked: Asked, placed: Iterable[str], limit: int, offset: int) -> Among:
    """The keys among which so many after so many are, in the order that was asked for."""
    if asked.sort not in (FIT, DISTANCE):
        return Among([one[1:] for one in placed], offset)
    keys: list[str] = []
    before = 0
    for cells in _in_order(asked, placed):
        many = sum(map(len, cells.values()))
        if not keys and before + many <= offset:
            before += many
            continue
        wanted = offset + limit - before - len(keys)
        keys += _nearest(asked.point, cells, wanted)
        if wanted <= many:
            break
    return Among(keys, offset - before)


def _in_order(asked: Asked, placed: Iterable[str]) -> Sequence[Cells]:
    """What fits alike together, by cells: the best first."""
    alike: dict[tuple[bool, bool, int], Cells] = defaultdict(lambda: defaultdict(list))
    for one in placed:
        fit, key = int(one[0]), one[1:]
        cell = cell_of_key(int(key))
        is_nowhere = asked.point is not None and cell == NOWHERE
        tier = fit % UNSURE if asked.sort == FIT else 0
        alike[fit >= UNSURE, is_nowhere, tier][cell].append(key)
    return [alike[rank] for rank in sorted(alike)]


def _nearest(point: Point | None, cells: Cells, wanted: int) -> list[str]:
    """The keys of all that may be among the nearest so many."""
    if point is None or NOWHERE in cells:
        return [key for keys in cells.values() for key in keys]
    far = {cell: how_far(cell, point) for cell in cells}
    enough = 0
    most = 0.0
    for cell in sorted(cells, key=lambda one: far[one][1]):
        enough, most = enough + len(cells[cell]), far[cell][1]
        if enough >= wanted:
            break
    return [key for cell, keys in cells.items() if far[cell][0] <= most for key in keys]
