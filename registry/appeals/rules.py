"""By when a club may appeal, and by when it is answered (domain B.6). Pure."""

from datetime import date

from registry.working_days import add_working_days

DAYS_TO_ASK = 20
DAYS_TO_DECIDE = 20


def last_day_to_ask(decided_on: date) -> date:
    """The last day in time: the twentieth working day after the decision."""
    return add_working_days(decided_on, DAYS_TO_ASK)


def is_in_time(decided_on: date, asked_on: date) -> bool:
    """Whether it is asked within 20 working days. Day 20 is in time, day 21 is not."""
    return asked_on <= last_day_to_ask(decided_on)


def answer_by(begins_on: date) -> date:
    """The day by which the council answers: the twentieth working day after it was asked."""
    return add_working_days(begins_on, DAYS_TO_DECIDE)
