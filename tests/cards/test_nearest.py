"""Among which of very many rows a page is: never one too few."""

from hypothesis import given
from hypothesis import strategies as st

from registry.cards.search.asking import Asked
from registry.cards.search.cells import key_of
from registry.cards.search.nearest import among
from registry.cards.search.statement import UNSURE
from registry.cards.search.values import DISTANCE, FIT, NAME
from registry.geography.places import Point, miles_per_degree

MIDDLE = Point(52.59, -2.12)
points = st.one_of(
    st.none(), st.builds(Point, st.floats(52.4, 52.8), st.floats(-2.5, -1.8, allow_nan=False))
)
rows = st.lists(st.tuples(points, st.integers(0, 2), st.booleans()), min_size=1, max_size=60)


@given(
    rows=rows,
    limit=st.integers(1, 20),
    offset=st.integers(0, 60),
    sort=st.sampled_from((FIT, DISTANCE)),
    from_somewhere=st.booleans(),
)
def test_a_page_is_among_what_is_looked_at_once_more(rows, limit, offset, sort, from_somewhere):
    point = MIDDLE if from_somewhere else None
    order, placed = {}, []
    for number, (at, tier, unsure) in enumerate(rows):
        key = str(key_of(at, number, 0))
        placed.append(f"{tier + UNSURE * unsure}{key}")
        far = _far(at) if point and at else 0.0
        near = (at is None if point else False, tier, far)
        order[key] = (unsure, *(near if sort == FIT else (near[0], far, tier)), number)
    whole = sorted(order, key=order.__getitem__)
    some = among(Asked(0, {}, {}, point=point, sort=sort), placed, limit, offset)
    found = sorted(some.keys, key=order.__getitem__)
    assert found[some.offset : some.offset + limit] == whole[offset : offset + limit]


def test_of_very_many_only_the_nearest_are_looked_at_once_more():
    placed = [f"0{key_of(Point(52.59, -2.12 + n * 0.01), n, 0)}" for n in range(500)]
    some = among(Asked(0, {}, {}, point=MIDDLE, sort=FIT), placed, 20, 0)
    assert 20 <= len(some.keys) < 60


def test_in_any_other_order_all_are():
    placed = [f"0{key_of(MIDDLE, n, 0)}" for n in range(5)]
    assert len(among(Asked(0, {}, {}, point=MIDDLE, sort=NAME), placed, 1, 0).keys) == 5


def _far(at: Point) -> float:
    scale = miles_per_degree(MIDDLE)
    north = (at.latitude - MIDDLE.latitude) * scale.latitude
    east = (at.longitude - MIDDLE.longitude) * scale.longitude
    return north * north + east * east
