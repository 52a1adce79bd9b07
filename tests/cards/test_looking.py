"""How much of a very large register is looked at, and what is told of the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.cards.queries import count, counts_of, search
from registry.cards.search import finding, looking
from registry.cards.search.cells import runs
from registry.cards.search.request import NAME, SearchRequest
from registry.geography.places import Point, miles_per_degree
from tests.cards.cards import HEATH_TOWN, card, put

FAR_AWAY = (HEATH_TOWN[0] + 1.0, HEATH_TOWN[1])


@pytest.fixture
def large(app, monkeypatch):
    """Twelve cards are a large register: not all are looked at, and more than three are many."""
    monkeypatch.setattr(looking, "AT_ONCE", 6)
    monkeypatch.setattr(looking, "TOLD", 3)
    put(
        *(
            card(
                f"Club {n:02}" if n < 12 else "Knitting",
                activity_id=n * 21,
                organisation=n,
                summary="Knitting for all.",
                at=HEATH_TOWN if n > 6 else FAR_AWAY,
                days=(1,) if n == 11 else (2,),
            )
            for n in range(1, 13)
        )
    )


def names(found) -> list[str]:
    """In order."""
    return [hit.document["name"] for hit in found.hits]


def test_a_register_of_a_council_is_looked_at_whole(app):
    put(*(card("Chess", activity_id=n, organisation=n) for n in range(1, 9)))
    found = search(SearchRequest(q="chess"))
    assert (found.total, found.is_more) == (8, False)


def test_of_very_many_no_more_is_told_than_that_there_are_many(large):
    found = search(SearchRequest())
    assert (found.total, found.is_more, found.pages) == (3, True, 1)
    assert len(found.hits) == 3
    assert count(SearchRequest()) == 3


def test_what_has_the_words_in_its_name_comes_first_wherever_it_is(large):
    found = search(SearchRequest(q="knitting"))
    assert found.is_more
    assert names(found)[0] == "Knitting"
    assert len(set(names(found))) == 3


def test_where_few_meet_all_of_it_everything_is_looked_at(large):
    found = search(SearchRequest(q="knitting", days=(1,)))
    assert (found.total, found.is_more, names(found)) == (1, False, ["Club 11"])
    # The counts beside the days are those of everything, too.
    assert found.counts["day"] == {"tuesday": 1, "wednesday": 11}


def test_without_a_distance_the_nearest_are_enough(large):
    found = search(SearchRequest(q="knitting", postcode="WV10 0BB"))
    assert (found.total, found.is_more) == (3, True)
    assert all(hit.miles is not None and hit.miles < 5 for hit in found.hits)


def test_with_a_distance_everything_is_counted(large):
    found = search(SearchRequest(q="knitting", postcode="WV10 0BB", miles=100.0))
    assert (found.total, found.is_more) == (12, False)


def test_pages_of_what_is_looked_at_never_show_anything_twice(large, monkeypatch):
    monkeypatch.setattr(looking, "TOLD", 5)
    monkeypatch.setattr(looking, "AT_ONCE", 8)
    asked = SearchRequest(q="knitting", sort=NAME)
    pages = [search(asked.changed(page=n), page_size=2) for n in range(1, 4)]
    shown = [name for page in pages for name in names(page)]
    assert pages[0].pages == 3
    assert len(set(shown)) == len(shown)


def test_many_counts_are_told_together(app):
    put(
        card("Chess", activity_id=1, organisation=1, days=(1,)),
        card("Judo", activity_id=2, organisation=2, days=(3,)),
        card("Chess: juniors", activity_id=3, organisation=3, days=(3,)),
    )
    every = [
        SearchRequest(q="chess"),
        SearchRequest(days=(3,)),
        SearchRequest(q="nothing of the kind"),
        SearchRequest(postcode="WV10 0BB", miles=2.0, q="chess", days=(1, 3)),
    ]
    assert counts_of(every) == [count(one) for one in every] == [2, 2, 0, 2]
    assert counts_of([]) == []


def test_a_page_is_the_same_whether_or_not_it_is_looked_for_close_by_first(app, monkeypatch):
    put(
        *(
            card(
                f"Club {n:02}",
                activity_id=n,
                organisation=n,
                at=None if n % 7 == 0 else (HEATH_TOWN[0] + n * 0.0004, HEATH_TOWN[1]),
            )
            for n in range(1, 40)
        )
    )
    asked = SearchRequest(postcode="WV10 0BB", miles=3.0)
    whole = [names(search(asked.changed(page=n), page_size=3)) for n in range(1, 14)]
    monkeypatch.setattr(finding, "_MANY", 1)
    assert [names(search(asked.changed(page=n), page_size=3)) for n in range(1, 14)] == whole
    assert whole[-1][-1] == "Club 35"


@given(lat=st.floats(50.0, 58.0), lon=st.floats(-6.0, 1.7), miles=st.sampled_from((0.5, 3.0, 20.0)))
def test_what_is_told_to_be_wholly_within_is(lat, lon, miles):
    searched = Point(lat, lon)
    scale = miles_per_degree(searched)
    apart = runs(searched, miles, apart=True)
    assert _cells(apart) == _cells(runs(searched, miles))
    for run in apart:
        if not run.inside:
            continue
        for cell in (run.first >> 36, run.last >> 36):
            row, column = cell >> 14, cell & 16_383
            for south in (row, row + 1):
                for west in (column, column + 1):
                    north = (south * 0.0225 - 90 - lat) * scale.latitude
                    east = (west * 0.036 - 180 - lon) * scale.longitude
                    assert north * north + east * east <= miles * miles


def _cells(some) -> set[int]:
    return {cell for run in some for cell in range(run.first >> 36, (run.last >> 36) + 1)}
