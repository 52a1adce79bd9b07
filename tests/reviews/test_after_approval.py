"""After an approval: what ends soon, what can be extended, who has no lead, who can sign."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.assessments.who_signs import WHO_SIGNS
from registry.changes.services.revising import begin_change
from registry.database import db
from registry.reviews.after_approval import lapses_coming, lead_vacancies
from registry.reviews.who_can_sign import too_few_to_sign
from tests import factories as make
from tests.page import Visitor
from tests.rigs.travelling import Clock


def test_what_ends_is_in_the_first_of_30_60_and_90_days_that_fits(app: Flask, clock: Clock) -> None:
    clock.travel_to("2026-03-02")
    case = make.an_approved(reviewed_on=date(2026, 3, 1))
    last, reviewer = case.listed_until, make.a_reviewer()
    assert last
    for days, place in ((91, None), (90, 90), (61, 90), (60, 60), (31, 60), (30, 30), (0, 30)):
        coming = lapses_coming(reviewer, last - timedelta(days=days))
        found = next((where for where, rows in coming.items() if rows), None)
        assert found == place, days
    assert not any(lapses_coming(reviewer, last + timedelta(days=1)).values())
    linked = make.a_member(case.organisation)
    make.give_role(linked, "reviewer")
    assert not any(lapses_coming(linked, last).values())


def test_one_question_is_read_again_on_paper_and_the_club_is_told_its_new_day(
    app: Flask, new_visitor: Callable[[], Visitor], clock: Clock
) -> None:
    clock.travel_to("2026-11-02")
    case = make.an_approved(reviewed_on=date(2025, 12, 1))
    number, reviewer = case.id, make.a_reviewer()
    email = reviewer.email
    begin_change(case, make.owner_of(case), "question", "lead", question_key="sg_lead",
                 due_on=date(2026, 11, 9))  # fmt: skip
    db.session.commit()
    clock.travel_to("2026-11-23")
    desk = new_visitor()
    desk.sign_in(email)
    page = desk.get("/council/after-approval")
    assert "9 November 2026" in page.main
    assert "Held: no lead" in page.main
    assert [one.is_overdue for one in lead_vacancies(reviewer, date(2026, 11, 23))] == [True]
    page = page.follow("Extend on one question")
    wrong = {"reviewed_on-day": "24", "reviewed_on-month": "11", "reviewed_on-year": "2026"}
    refused = page.form().fill({**wrong, "reason": "On paper."}).submit("See the letter")
    assert refused.status == 422
    assert refused.form().fields["reason"] == "On paper."
    shown = refused.form().fill({"reviewed_on-day": "20"}).submit("See the letter")
    assert "on the list until 2 November 2027" in " ".join(shown.main.split())
    shown.press("Extend")
    db.session.expire_all()
    case = db.session.get_one(Assessment, number)
    assert (case.status, case.listed_until) == (Status.APPROVED, date(2027, 11, 2))


@pytest.mark.parametrize(
    ("roles", "missing"),
    [
        ((), 2),
        (("senior",), 2),
        (("senior", "senior"), 1),
        (("senior", "senior", "appeal_officer"), 0),
    ],
)
def test_the_doctor_and_the_desk_warn_where_too_few_can_sign(
    app: Flask, roles: tuple[str, ...], missing: int
) -> None:
    for role in roles:
        make.a_person("Ade Cole", role)
    warnings = too_few_to_sign()
    assert len(warnings) == missing
    db.session.commit()
    outcome = app.test_cli_runner().invoke(args=["registry", "doctor"])
    assert outcome.exit_code == (1 if missing else 0)
    assert all(warning in outcome.output for warning in warnings)


def test_somebody_who_cannot_sign_in_signs_nothing(app: Flask) -> None:
    for _ in range(2):
        make.a_senior().disabled = True
    db.session.flush()
    assert "no senior" in too_few_to_sign()[0]


def test_seniors_see_the_table_of_who_signs(app: Flask, new_visitor: Callable[[], Visitor]) -> None:
    email = make.a_senior().email
    db.session.commit()
    desk = new_visitor()
    desk.sign_in(email)
    assert "There is one senior only" in desk.get("/council").main
    page = desk.get("/council/signatures")
    assert "There is one senior only" in page.main
    rows = [row[1:3] for row in page.tables[-1][1:]]
    assert rows == [[one.first, one.second or "nobody"] for one in WHO_SIGNS]
