"""By when somebody has to have looked: the same working day, 2, or 10 (domain B.5). Pure."""

from datetime import date, timedelta

from registry.working_days import add_working_days, is_working_day

COLOURS = ("red", "amber", "green")  # the most pressing first
WITHIN = {"amber": 2, "green": 10}  # working days


def due_on(colour: str, told_on: date) -> date:
    """The last good day. Red is the same day, or the first on which anybody works."""
    if colour in WITHIN:
        return add_working_days(told_on, WITHIN[colour])
    while not is_working_day(told_on):
        told_on += timedelta(days=1)
    return told_on
