"""From the memory of a process to the worker: every few minutes, and when the process ends."""

import atexit
import logging
from collections.abc import Callable, Iterable
from datetime import date
from threading import Timer

from flask import Flask, current_app

from registry.config import Settings, settings
from registry.tallies.gathering import Gathered
from registry.tallies.noting import gathering
from registry.tallies.queries import seen_before
from registry.tallies.services import digest_of
from registry.tallies.slips import Slip, put

__all__ = ["EVERY", "hand_over", "hand_over_from_now_on", "tell_what_is_near"]

EVERY = 300.0  # seconds
_NEAR = "words near the register's own"

Near = Callable[[Iterable[str]], Iterable[str]]
log = logging.getLogger(__name__)


def tell_what_is_near(app: Flask, near: Near) -> None:
    """Say who knows which words that found nothing are near the register's own."""
    app.extensions[_NEAR] = near


def hand_over_from_now_on(app: Flask) -> None:
    """In a process that serves people: hand over by itself from the first count on."""

    def wait() -> None:
        timer = Timer(EVERY, lambda: _hand_over_in(app))
        timer.daemon = True
        timer.start()

    gathering.when_there_is_something(wait)
    atexit.register(_hand_over_in, app)


def hand_over() -> None:
    """Lay down what this process has counted; what cannot be handed over now is kept."""
    gathered = gathering.take()
    if not gathered:
        return
    try:
        slip = _slip(gathered)
        if slip != Slip():
            put(settings().tallies_dir, slip)
    except Exception:
        gathering.give_back(gathered)
        raise


def _hand_over_in(app: Flask) -> None:
    try:
        with app.app_context():
            hand_over()
    except Exception as error:
        # Without its words: they may say what somebody looked for.
        log.warning("counts wait in memory: %s", type(error).__name__)


def _slip(gathered: Gathered) -> Slip:
    looks = [(week, number, times) for (week, number), times in gathered.looks.items()]
    near = set(current_app.extensions[_NEAR]({word for _, word in gathered.words}))
    seen = sorted((day, word) for day, word in gathered.words if word in near)
    return Slip(looks, *_of_words(seen, settings()))


def _of_words(
    seen: list[tuple[date, str]], installation: Settings
) -> tuple[list[tuple[date, bytes]], list[str]]:
    """The digests by day, and the words that were missed on two other days before."""
    traces = [(day, digest_of(word, installation)) for day, word in seen]
    often = seen_before({digest for _, digest in traces}, {day for day, _ in traces})
    words = {word for (_, word), (_, digest) in zip(seen, traces, strict=True) if digest in often}
    return traces, sorted(words)
