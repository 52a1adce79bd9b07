"""What one process has counted since it last handed over. In memory alone."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

__all__ = ["Gathered", "Gathering"]

MOST_LISTINGS = 50_000  # so that nobody fills the memory
MOST_WORDS = 2_000


@dataclass
class Gathered:
    """Looks by week and listing, and the words that found nothing by day."""

    looks: Counter[tuple[date, int]] = field(default_factory=Counter)
    words: set[tuple[date, str]] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.looks or self.words)


class Gathering:
    """Adds up, and hands over all at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._now = Gathered()
        self._is_begun = False
        self._wake: Callable[[], None] | None = None

    def when_there_is_something(self, wake: Callable[[], None]) -> None:
        """Call this once whenever the first thing is counted after all was taken."""
        self._wake = wake

    def look(self, activity_id: int, week: date) -> None:
        """Somebody looked at a listing in the week of that Monday."""
        self._begin()
        with self._lock:
            if len(self._now.looks) < MOST_LISTINGS or (week, activity_id) in self._now.looks:
                self._now.looks[week, activity_id] += 1

    def miss(self, words: Iterable[str], day: date) -> None:
        """Somebody looked for these and found nothing. Once a day is enough to know."""
        self._begin()
        with self._lock:
            for word in words:
                if len(self._now.words) < MOST_WORDS:
                    self._now.words.add((day, word))

    def _begin(self) -> None:
        with self._lock:
            begins, self._is_begun = not self._is_begun, True
        if begins and self._wake is not None:
            self._wake()

    def take(self) -> Gathered:
        """All that was counted; counting begins anew."""
        with self._lock:
            taken, self._now = self._now, Gathered()
            self._is_begun = False
        return taken

    def give_back(self, gathered: Gathered) -> None:
        """Keep what could not be handed over until the next time."""
        with self._lock:
            self._now.looks.update(gathered.looks)
            self._now.words |= gathered.words
        self._begin()
