"""What is published hides every count under 5, and nothing that is left gives one away."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.insights.tables import FEWEST, HIDDEN, Row, Share, Table, hide_few, publishable

COUNTS = st.lists(st.integers(0, 9), min_size=1, max_size=4)


@given(st.lists(st.integers(0, 60), max_size=25), st.booleans())
def test_no_count_under_five_is_ever_shown(counts: list[int], adds_up: bool) -> None:
    hidden = hide_few(counts, adds_up)
    assert all(counts[place] >= FEWEST for place in range(len(counts)) if place not in hidden)
    if not adds_up:
        assert all(counts[place] < FEWEST for place in hidden)


@settings(max_examples=80, deadline=None)
@given(COUNTS)
def test_whoever_knows_the_total_and_the_rule_cannot_work_out_a_hidden_count(
    counts: list[int],
) -> None:
    """Every register with the same published table is tried: each hidden count has two answers."""
    total = sum(counts)
    if total < FEWEST:
        return  # then the total is hidden as well
    hidden = hide_few(counts, adds_up=True)
    places = sorted(hidden)
    left = total - sum(count for place, count in enumerate(counts) if place not in hidden)
    answers: dict[int, set[int]] = {place: set() for place in places}
    for guess in product(range(left + 1), repeat=len(places)):
        if sum(guess) != left:
            continue
        other = list(counts)
        for place, count in zip(places, guess, strict=True):
            other[place] = count
        if hide_few(other, adds_up=True) == hidden:
            for place, count in zip(places, guess, strict=True):
                answers[place].add(count)
    assert all(len(found) > 1 for found in answers.values()), (counts, answers)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([12, 7, 9], [12, 7, 9]),
        ([12, 3, 9, 20], [12, HIDDEN, HIDDEN, 20]),  # 9 goes too: it would give 3 away
        ([9, 9, 4], [HIDDEN, HIDDEN, HIDDEN]),  # both nines: places must not tell which is which
        ([0, 0, 0], [HIDDEN, HIDDEN, HIDDEN]),
        ([5], [5]),
    ],
)
def test_tables_that_add_up(counts: list[int], shown: list[int | str]) -> None:
    rows = tuple(Row(f"{place}", (count,)) for place, count in enumerate(counts))
    total = Row("All", (sum(counts),))
    made = publishable(Table(("Clubs",), rows, total, adds_up=(0,)))
    assert [row.cells[0] for row in made.rows] == shown
    assert made.total is not None
    assert made.total.cells[0] == (sum(counts) if sum(counts) >= FEWEST else HIDDEN)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Share(6, 30), "20%"),
        (Share(4, 30), "under 17%"),  # five of thirty are 17%
        (Share(27, 30), "over 83%"),
        (Share(30, 30), "over 83%"),
        (Share(3, 8), HIDDEN),
        (Share(0, 0), "–"),
    ],
)
def test_a_share_of_which_few_are_left_is_said_roughly(share: Share, said: str) -> None:
    made = publishable(Table(("In time",), (Row("All", (share,)),), derived=(0,)))
    assert str(made.rows[0].cells[0]) == said


def test_what_was_worked_out_of_a_few_goes_with_them() -> None:
    """Two cases: neither how many, nor their middle, nor their share."""
    rows = (
        Row("May", (40, "11", "19", Share(30, 40))),
        Row("June", (2, "30", "31", Share(0, 2))),
        Row("July", (20, "9", "14", Share(10, 20))),
    )
    total = Row("All of it", (62, "10", "31", Share(40, 62)))
    columns = ("Cases", "Middle", "Longest", "In time")
    made = publishable(Table(columns, rows, total, adds_up=(0,), derived=(1, 2, 3)))
    assert made.rows[0].cells == rows[0].cells
    assert made.rows[1].cells == (HIDDEN,) * 4
    assert made.rows[2].cells == (HIDDEN,) * 4
    # The exact share of all, less that of May, would be that of June and July.
    assert made.total is not None
    assert made.total.cells == (62, "10", "31", "about 60%")
