"""The council's closure days move every promise that is counted in working days."""

from datetime import date

from flask import Flask

from registry.lists.closure_days import KEY, closure_days, kept_closure_days
from registry.lists.items import Item
from registry.lists.services import keep_version
from registry.working_days import add_working_days, is_working_day, working_days_between

MONDAY = date(2026, 12, 14)
CLOSED = Item("2026-12-29", "Between the holidays")


def test_a_closure_day_moves_every_promise(app: Flask):
    assert add_working_days(MONDAY, 20) == date(2027, 1, 14)
    keep_version(KEY, 0, [CLOSED])
    assert closure_days() == {date(2026, 12, 29)}
    assert add_working_days(MONDAY, 20) == date(2027, 1, 15)
    assert working_days_between(MONDAY, date(2027, 1, 14)) == 19
    assert not is_working_day(date(2026, 12, 29))
    # Retired: a working day again. What somebody hands in counts before what is kept.
    keep_version(KEY, 1, [Item(CLOSED.code, CLOSED.label, retired=True)])
    assert add_working_days(MONDAY, 20) == date(2027, 1, 14)
    assert kept_closure_days().number == 2
    assert add_working_days(MONDAY, 20, {date(2026, 12, 29)}) == date(2027, 1, 15)
