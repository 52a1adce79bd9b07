"""How often a listing was looked at, said coarsely."""

import pytest

from registry.verifying.looks import times_in_words


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (0, "fewer than 5 times"),
        (4, "fewer than 5 times"),
        (5, "about 5 times"),
        (12, "about 10 times"),
        (13, "about 15 times"),
        (19, "about 20 times"),
        (43, "about 40 times"),
        (199, "about 200 times"),
        (724, "about 700 times"),
        (1349, "about 1,300 times"),
    ],
)
def test_it_is_said_coarsely(times, said):
    assert times_in_words(times) == said


def test_more_looks_never_sound_like_fewer():
    told = [int(times_in_words(n).split()[1].replace(",", "")) for n in range(5, 3000)]
    assert told == sorted(told)
