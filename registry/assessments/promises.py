"""By when the council promised to answer, and how it stands with that (domain B.9). Pure.

The clock starts on the working day after something came in, and stops while the club has it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from registry.working_days import add_working_days, working_days_between

__all__ = [
    "CHANGE_WITHIN",
    "DECIDE_WITHIN",
    "START_WITHIN",
    "Span",
    "Target",
    "answer_by",
    "target_of",
]

# Working days: until somebody reads a case, until it is decided, until a change or the one
# question of a renewal is settled.
START_WITHIN, DECIDE_WITHIN, CHANGE_WITHIN = 5, 20, 5

# The day something came in, and the day it went back to the club (None while we have it).
Span = tuple[date, date | None]


@dataclass(frozen=True)
class Target:
    """Where something stands: working days used, how many there are, whether the clock stopped."""

    used: int
    stopped: bool = False
    within: int = DECIDE_WITHIN

    @property
    def left(self) -> int:
        """Working days left; negative when over."""
        return self.within - self.used

    @property
    def is_over(self) -> bool:
        """Whether the promise is broken."""
        return not self.stopped and self.left < 0

    @property
    def colour(self) -> str:
        """Red over, amber in the last quarter, green before, grey stopped; always with words."""
        if self.stopped:
            return "stopped"
        if self.is_over:
            return "red"
        return "amber" if self.left <= self.within // 4 else "green"

    @property
    def words(self) -> str:
        """The same in words."""
        if self.stopped:
            return "Clock stopped"
        count = abs(self.left)
        days = "day" if count == 1 else "days"
        return f"{count} {days} over" if self.is_over else f"{count} {days} left"


def target_of(
    spans: Sequence[Span],
    today: date,
    within: int = DECIDE_WITHIN,
    closed: Collection[date] | None = None,
) -> Target:
    """How it stands today with something that the council had during these spans."""
    used = sum(working_days_between(start, end or today, closed) for start, end in spans)
    return Target(used, stopped=bool(spans) and spans[-1][1] is not None, within=within)


def answer_by(
    spans: Sequence[Span], within: int, closed: Collection[date] | None = None
) -> date | None:
    """The day of the promise; None while the club has it.

    Where more days were used than there are, it is the first day that is left to us.
    """
    if not spans or spans[-1][1] is not None:
        return None
    used = sum(
        working_days_between(start, end, closed) for start, end in spans[:-1] if end is not None
    )
    return add_working_days(spans[-1][0], max(1, within - used), closed)
