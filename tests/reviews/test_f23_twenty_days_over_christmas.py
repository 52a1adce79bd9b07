"""F23. The 20-day target over Christmas, as the rule says it and as the council's desk shows it."""

from datetime import date

import pytest
from flask import Flask

from registry.accounts.models import Account
from registry.assessments import services
from registry.assessments.models import Assessment
from registry.assessments.promises import DECIDE_WITHIN, answer_by
from registry.lists.closure_days import KEY
from registry.lists.items import Item
from registry.lists.services import keep_version
from registry.reviews.queries import time_taken
from registry.reviews.queue import cases
from registry.working_days import add_working_days
from tests import factories as make
from tests.rigs.travelling import Clock

SENT, DUE = date(2026, 12, 14), date(2027, 1, 14)
EVERY_OPEN = ("submitted", "in_review", "returned")


def test_submitted_on_14_december_it_is_due_on_14_january() -> None:
    assert add_working_days(SENT, 1, ()) == date(2026, 12, 15)  # day 1
    assert answer_by([(SENT, None)], DECIDE_WITHIN, ()) == DUE


@pytest.mark.parametrize(
    ("closed", "due"),
    [
        ({date(2026, 12, 29)}, date(2027, 1, 15)),
        ({date(2026, 12, day) for day in (29, 30, 31)}, date(2027, 1, 19)),
        ({date(2026, 12, 25), date(2026, 12, 27), date(2027, 1, 1)}, DUE),  # no work anyway
        ({SENT, date(2027, 2, 1)}, DUE),  # before day 1, and after the last
    ],
)
def test_closure_days_of_the_council_move_it(closed: set[date], due: date) -> None:
    assert answer_by([(SENT, None)], DECIDE_WITHIN, closed) == due


def test_the_clock_stops_while_returned_and_the_councils_own_days_count_on_the_desk(
    app: Flask, clock: Clock
) -> None:
    clock.travel_to(SENT)
    case, reader = make.in_review(met=False), make.a_reviewer()
    assert _clock(reader, case, SENT) == (0, "20 days left")

    clock.travel_to("2026-12-18 16:00")
    services.return_for_changes(
        case, make.holder_of(case), **make.read(case), words={"sg_steps": "Add 999."}
    )
    assert _clock(reader, case, date(2026, 12, 18)) == (4, "Clock stopped")
    assert _clock(reader, case, date(2027, 1, 8)) == (4, "Clock stopped")

    clock.travel_to("2027-01-08 11:00")
    services.submit(case, make.owner_of(case), declared_name="Sandeep", declared_role="Owner")
    assert _clock(reader, case, date(2027, 1, 8)) == (4, "16 days left")
    assert _clock(reader, case, date(2027, 2, 1)) == (20, "0 days left")
    assert _clock(reader, case, date(2027, 2, 2)) == (21, "1 day over")

    keep_version(KEY, 0, [Item("2027-01-11", "A day of training")])
    assert _clock(reader, case, date(2027, 2, 2)) == (20, "0 days left")


def _clock(reader: Account, case: Assessment, today: date) -> tuple[int, str]:
    """The clock as the list of cases has it; the page of the case says the same."""
    row = next(one for one in cases(reader, today, EVERY_OPEN) if one.assessment.id == case.id)
    assert time_taken(row.assessment, today) == row.target
    return row.target.used, row.target.words
