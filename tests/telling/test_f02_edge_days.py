"""F2: good through the day itself, gone at midnight in Wolverhampton; leap years included."""

from datetime import date, timedelta

import pytest
from flask import Flask

from registry.database import db
from registry.jobs.nightly import run_night
from tests import factories as make
from tests.changes.story import send_risk_check
from tests.rigs.travelling import Clock
from tests.telling.story import accept, is_shown


@pytest.mark.parametrize(
    ("decided", "reviewed", "last_day"),
    [
        ("2026-01-20", date(2025, 11, 22), date(2026, 11, 22)),
        ("2024-06-01", date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_listed_on_the_last_day_and_gone_at_midnight(
    app: Flask, clock: Clock, decided: str, reviewed: date, last_day: date
) -> None:
    clock.travel_to(decided)
    assessment = make.an_approved(reviewed_on=reviewed)
    db.session.commit()
    assert assessment.listed_until == last_day
    clock.travel_to(last_day - timedelta(days=60))
    checked = send_risk_check(assessment.organisation.activities[0], make.owner_of(assessment))
    assert accept(checked, make.a_reviewer())
    db.session.commit()
    clock.travel_to(f"{last_day} 23:59")
    assert is_shown(assessment.organisation)
    clock.to_midnight_after(last_day)
    # No night has run: the date alone takes it off.
    assert not is_shown(assessment.organisation)
    run_night()
    assert not is_shown(assessment.organisation)


def test_a_date_that_is_still_to_come_is_an_error_of_the_form(
    app: Flask, clock: Clock, new_visitor
) -> None:
    clock.travel_to("2026-11-22")
    assessment = make.an_approved()
    db.session.commit()
    owner = new_visitor()
    owner.sign_in(make.owner_of(assessment).email, make.PASSWORD)
    address = f"/club/{assessment.organisation_id}/tell/plan"
    form = owner.get(address).form("checked_on-day")
    form.fill({"checked_on-day": "23", "checked_on-month": "11", "checked_on-year": "2026"})
    page = form.submit()
    assert page.status == 422
    assert page.errors == ["The day must be today or in the past"]
