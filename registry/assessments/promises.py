"""By when the council promised to answer (domain B.9). Pure.

The clock starts on the working day after something came in, and stops while the club has it.
"""

from collections.abc import Sequence
from datetime import date

from registry.working_days import add_working_days, working_days_between

__all__ = ["CHANGE_WITHIN", "DECIDE_WITHIN", "answer_by"]

DECIDE_WITHIN, CHANGE_WITHIN = 20, 5  # working days


def answer_by(spans: Sequence[tuple[date, date | None]], within: int) -> date | None:
    """The day of the promise; None while the club has it.

    Each span is (the day it came in, the day it went back to the club or None while we have it).
    """
    if not spans or spans[-1][1] is not None:
        return None
    used = sum(working_days_between(start, end) for start, end in spans[:-1] if end is not None)
    return add_working_days(spans[-1][0], max(1, within - used))
