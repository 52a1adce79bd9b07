"""A clock that can be put back, and never forward."""

from datetime import UTC, date, datetime, timedelta

import pytest

from registry import clock

THEN = datetime(2025, 7, 1, 23, 30, tzinfo=UTC)


def test_inside_it_is_then_and_afterwards_now():
    with clock.at(THEN):
        assert clock.now() == THEN
        assert clock.today() == date(2025, 7, 2), "the council's day has begun in summer"
        with clock.at(THEN - timedelta(days=400)):
            assert clock.today().year == 2024
        assert clock.now() == THEN
    assert clock.now() - datetime.now(UTC) < timedelta(seconds=5)


def test_it_is_now_again_whatever_happened_inside():
    with pytest.raises(RuntimeError), clock.at(THEN):
        raise RuntimeError
    assert clock.now() > THEN + timedelta(days=100)


def test_it_is_never_put_forward():
    with pytest.raises(ValueError, match="forward"), clock.at(clock.now() + timedelta(hours=1)):
        pass
