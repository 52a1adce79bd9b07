"""How alike two records are: none, look or strong. A table, and what holds whatever they have."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.matching.scoring import (
    KINDS,
    Strength,
    alike_among,
    are_alike,
    likeness,
    strength_of,
)

WEIGHT = {Strength.NONE: 0, Strength.LOOK: 1, Strength.STRONG: 2}


def traits(**of: str) -> dict[str, frozenset[str]]:
    """What a record is known by, one of each kind."""
    return {kind: frozenset({value}) for kind, value in of.items()}


@pytest.mark.parametrize(
    ("hits", "strength"),
    [
        ((), Strength.NONE),
        *(((kind,), Strength.STRONG) for kind in ("charity", "company", "ofsted")),
        *(
            ((kind,), Strength.LOOK)
            for kind in ("file", "email", "phone", "name", "website", "postcode")
        ),
        (("email", "name"), Strength.STRONG),
        (("phone", "name"), Strength.STRONG),
        (("email", "phone"), Strength.LOOK),
        (("phone", "postcode", "website"), Strength.LOOK),
        (("name", "website", "postcode"), Strength.LOOK),
        *((("file", kind), Strength.STRONG) for kind in KINDS if kind != "file"),
    ],
)
def test_what_reasons_amount_to(hits: tuple[str, ...], strength: Strength) -> None:
    assert strength_of(hits) is strength


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("kingfisher dance", "kingfisher dance", True),
        ("kingfisher dance", "dance kingfisher", True),
        ("kingfisher dance project", "kingfisher dance projekt", True),
        ("star kidz", "starz kids", False),  # 84 in 100
        ("penn road juniors", "penn fields juniors", False),
        ("abcdefghij", "abcdefghix", True),  # 90 in 100, to the point
        ("abcdefghi", "abcdefghx", False),  # a little less
    ],
)
def test_names_are_alike_from_90_in_100(one: str, other: str, alike: bool) -> None:
    assert are_alike(one, other) is are_alike(other, one) is alike
    assert alike_among(one, {7: other, 8: "something else entirely"}) == ([7] if alike else [])


@pytest.mark.parametrize(("holders", "counts"), [(2, True), (3, False), (30, False)])
def test_a_file_that_three_hold_says_nothing(holders: int, counts: bool) -> None:
    one = traits(file="f", postcode="WV1")
    found = likeness(one, one, {"f": holders})
    assert ("file" in found.hits) is counts
    assert found.strength is (Strength.STRONG if counts else Strength.LOOK)


def test_one_file_that_counts_is_enough_among_others_that_do_not() -> None:
    one = {"file": frozenset({"common", "rare"})}
    assert likeness(one, one, {"common": 9, "rare": 2}).hits == ("file",)


VALUES = st.sets(st.sampled_from(("alpha beta", "alpha betas", "gamma", "delta")), max_size=3)
TRAITS = st.fixed_dictionaries({kind: VALUES.map(frozenset) for kind in KINDS})
HELD = st.dictionaries(
    st.sampled_from(("alpha beta", "alpha betas", "gamma", "delta")), st.integers(2, 4)
)
Traits = Mapping[str, frozenset[str]]


@given(TRAITS, TRAITS, HELD)
def test_it_is_the_same_whichever_comes_first(one: Traits, other: Traits, held) -> None:
    assert likeness(one, other, held) == likeness(other, one, held)


@given(TRAITS, TRAITS, HELD, st.sampled_from(KINDS))
def test_one_more_thing_in_common_never_makes_it_less(one, other, held, kind: str) -> None:
    before = likeness(one, other, held)
    more = frozenset({"one more thing"})
    after = likeness({**one, kind: one[kind] | more}, {**other, kind: other[kind] | more}, {**held})
    assert set(before.hits) <= set(after.hits)
    assert WEIGHT[after.strength] >= WEIGHT[before.strength]
    assert kind in after.hits


@given(TRAITS, TRAITS, HELD)
def test_reasons_stand_in_one_order_and_there_is_one_for_anything_but_none(one, other, held):
    found = likeness(one, other, held)
    assert list(found.hits) == sorted(found.hits, key=KINDS.index)
    assert (found.strength is Strength.NONE) == (not found.hits)
