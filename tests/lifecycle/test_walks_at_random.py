"""Random people take random steps, legal and illegal; what must hold holds after each of them."""

from random import Random

import pytest
from flask import Flask

from registry.audit.chain import first_break
from tests.lifecycle.walking_at_random import ACTS, Walk
from tests.rigs.travelling import Clock

MONDAY = "2026-11-23 09:00"


def walked(seed: int, steps: int, clock: Clock) -> Walk:
    clock.travel_to(MONDAY)
    walk = Walk(Random(seed), clock)
    walk.begin()
    for number in range(steps):
        try:
            walk.step()
        except Exception as problem:
            problem.add_note(f"seed {seed}, step {number + 1}")
            raise
    assert first_break() is None
    return walk


@pytest.mark.parametrize("seed", range(5))
def test_whoever_tries_whatever_what_must_hold_holds(seed: int, app: Flask, clock: Clock) -> None:
    walk = walked(seed, 200, clock)
    assert walk.shown, "nothing was ever public: this walk proves little"
    assert len(walk.taken) > 12, walk.taken
    assert len(walk.refused) > 12, walk.refused


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 120))
def test_so_it_does_on_a_long_walk(seed: int, app: Flask, clock: Clock) -> None:
    walk = walked(seed, 1000, clock)
    never = set(ACTS) - set(walk.taken)
    assert len(never) < 5, never
