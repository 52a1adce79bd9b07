"""How long a case has taken against the council's own target (domain B.9). Pure.

The clock starts on the working day after submission and stops while the club has the case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.working_days import working_days_between

DECIDE_WITHIN = 20  # working days
SOON = 5


@dataclass(frozen=True)
class Target:
    """Where a case stands: days used, days left, and whether its clock is stopped."""

    used: int
    stopped: bool

    @property
    def left(self) -> int:
        """Working days left; negative when over."""
        return DECIDE_WITHIN - self.used

    @property
    def colour(self) -> str:
        """Red over, amber 5 days or fewer, green more, grey stopped; always shown with words."""
        if self.stopped:
            return "stopped"
        if self.left < 0:
            return "red"
        return "amber" if self.left <= SOON else "green"

    @property
    def words(self) -> str:
        """The same in words."""
        if self.stopped:
            return "Clock stopped"
        if self.left < 0:
            return f"{-self.left} {_days(-self.left)} over"
        return f"{self.left} {_days(self.left)} left"


def target_of(spans: Sequence[tuple[date, date | None]], today: date) -> Target:
    """The target of a case from the spans during which the council had it.

    Each span is (day it came in, day it went back to the club or None while we have it).
    """
    used = sum(working_days_between(start, end or today) for start, end in spans)
    stopped = bool(spans) and spans[-1][1] is not None
    return Target(used, stopped)


def _days(count: int) -> str:
    return "day" if count == 1 else "days"
