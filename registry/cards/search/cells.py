"""Where a row lies in the index: the map as cells of about 2.5 km, numbered row by row. Pure.

A row's key begins with its cell, so that what is near lies together and a circle is a few runs of
keys, one for each row of cells that it touches. What has no point lies in cell 0.
"""

import math
from typing import NamedTuple

from registry.geography.places import Point, miles_per_degree

_NORTH, _EAST = 0.0225, 0.036
_ACROSS = 14  # bits of a cell's number along its row
_OF_A_CARD = 36  # bits for the number of the card and of its place
_PLACES = 5
NOWHERE = 0
# Every card is in one of so many equal parts, whatever it is and wherever.
PARTS = 256
MOST_PLACES = 1 << _PLACES
# Four cells by four: what a wide circle is made of, where cells are words.
_COARSE = 2
_WIDE_MILES = 5.0
# A circle is searched a little beyond its edge, so that rounding leaves nothing out.
_MARGIN = 1.001


class Run(NamedTuple):
    """Keys that follow each other, both ends included; perhaps wholly within the circle."""

    first: int
    last: int
    inside: bool = False


def cell_of(point: Point | None) -> int:
    """The number of the cell that a point is in."""
    if point is None:
        return NOWHERE
    return (_row(point.latitude) << _ACROSS) + _column(point.longitude)


def key_of(point: Point | None, activity_id: int, place: int) -> int:
    """The key of a place of a card."""
    return (cell_of(point) << _OF_A_CARD) | (activity_id << _PLACES) | place


def cell_of_key(key: int) -> int:
    """The number of the cell that a key begins with."""
    return key >> _OF_A_CARD


def runs(searched: Point, miles: float, *, apart: bool = False) -> list[Run]:
    """The keys of everything within so many miles, of some that are not, and of no point at all.

    `apart` gives what is wholly within in runs of its own.
    """
    found = [_run(NOWHERE, NOWHERE)]
    for row, first, last in _rows(searched, miles):
        start = row << _ACROSS
        within = _columns_within(searched, miles, row) if apart else None
        if within is None:
            found.append(_run(start + first, start + last))
            continue
        left, right = within
        if first < left:
            found.append(_run(start + first, start + left - 1))
        found.append(_run(start + left, start + right, inside=True))
        if right < last:
            found.append(_run(start + right + 1, start + last))
    return found


def how_far(cell: int, searched: Point) -> tuple[float, float]:
    """Square miles from where somebody asked to the nearest point of a cell and to the farthest, a
    little less and a little more than that."""
    scale = miles_per_degree(searched)
    row, column = cell >> _ACROSS, cell & ((1 << _ACROSS) - 1)
    if row <= 1 or column in (0, (1 << _ACROSS) - 1):  # it holds what is beyond it, too
        return 0.0, math.inf
    near = far = 0.0
    for first, size, at, miles in (
        (row * _NORTH - 90, _NORTH, searched.latitude, scale.latitude),
        (column * _EAST - 180, _EAST, searched.longitude, scale.longitude),
    ):
        ends = abs(first - at) * miles, abs(first + size - at) * miles
        near += 0.0 if first <= at <= first + size else min(ends) ** 2
        far += max(ends) ** 2
    return near / _MARGIN, far * _MARGIN


def words_of(cell: int) -> tuple[str, str]:
    """A cell as a word that no text has, and the wide one that it is part of."""
    row, column = cell >> _ACROSS, cell & ((1 << _ACROSS) - 1)
    return f"_{row}_{column}", f"__{row >> _COARSE}_{column >> _COARSE}"


def word_of_part(number: int) -> str:
    """A part as a word that no text has."""
    return f"__p{number}"


def part_of(activity_id: int) -> int:
    """The part that a card is in."""
    return activity_id % PARTS


def words_around(searched: Point, miles: float) -> list[str]:
    """The words of the cells that a circle touches, and that of no point at all."""
    cells = (
        (row, column)
        for row, first, last in _rows(searched, miles)
        for column in range(first, last + 1)
    )
    if miles > _WIDE_MILES:
        wide = {(row >> _COARSE, column >> _COARSE) for row, column in cells}
        return [*(f"__{row}_{column}" for row, column in sorted(wide)), words_of(NOWHERE)[0]]
    return [*(f"_{row}_{column}" for row, column in cells), words_of(NOWHERE)[0]]


def _rows(searched: Point, miles: float) -> list[tuple[int, int, int]]:
    """Each row of cells that a circle touches, with its first and its last column."""
    scale = miles_per_degree(searched)
    far = miles * _MARGIN
    found = []
    first = _row(searched.latitude - far / scale.latitude)
    last = _row(searched.latitude + far / scale.latitude)
    for row in range(first, last + 1):
        south, north = row * _NORTH - 90, (row + 1) * _NORTH - 90
        nearest = min(max(searched.latitude, south), north)
        away = (nearest - searched.latitude) * scale.latitude
        half = math.sqrt(max(far * far - away * away, 0.0)) / scale.longitude + _EAST / 1000
        found.append((row, _column(searched.longitude - half), _column(searched.longitude + half)))
    return found


def _columns_within(searched: Point, miles: float, row: int) -> tuple[int, int] | None:
    """The first and the last cell of a row that the circle covers wholly; None where it does none.

    Not of the first row and not at the ends of the earth, which hold what is beyond them, too.
    """
    scale = miles_per_degree(searched)
    south, north = row * _NORTH - 90, (row + 1) * _NORTH - 90
    away = max(abs(south - searched.latitude), abs(north - searched.latitude)) * scale.latitude
    far = miles / _MARGIN
    if row <= 1 or away >= far:
        return None
    half = math.sqrt(far * far - away * away) / scale.longitude
    first = _column(searched.longitude - half) + 1
    last = _column(searched.longitude + half) - 1
    return (first, last) if 0 < first <= last < (1 << _ACROSS) - 1 else None


def _run(first: int, last: int, *, inside: bool = False) -> Run:
    return Run(first << _OF_A_CARD, ((last + 1) << _OF_A_CARD) - 1, inside)


def _row(latitude: float) -> int:
    return max(1, math.floor((latitude + 90) / _NORTH))


def _column(longitude: float) -> int:
    return min(max(0, math.floor((longitude + 180) / _EAST)), (1 << _ACROSS) - 1)
