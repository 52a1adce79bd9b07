"""F1: a plan that was last checked 13 months ago; one new date brings the club back."""

from datetime import date

import pytest
from flask import Flask

from registry.assessments import services
from registry.assessments.evaluating import review_evaluation
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.changes.queries import papers_of
from registry.criteria.evaluation import Result
from registry.database import db
from registry.errors import BadInput, NotAllowedNow
from registry.jobs.nightly import run_night
from registry.telling.services import plan_checked
from tests import factories as make
from tests.changes.story import send_risk_check
from tests.files.specimens import a_pdf
from tests.rigs.letters import Outbox
from tests.rigs.travelling import Clock
from tests.telling.story import a_paper, accept, is_shown, question, told

REVIEWED, DECIDED = date(2025, 10, 22), date(2026, 2, 1)


@pytest.fixture
def dance_school(app: Flask, clock: Clock) -> Assessment:
    """Read on 1 February 2026 with a plan of 22 October 2025, and lapsed since."""
    clock.travel_to(DECIDED)
    assessment = make.an_approved(reviewed_on=REVIEWED)
    db.session.commit()
    clock.travel_to("2026-09-01")  # its risk check is kept up; the plan is not
    activity, owner = assessment.organisation.activities[0], make.owner_of(assessment)
    assert accept(send_risk_check(activity, owner), make.a_reviewer())
    db.session.commit()
    clock.travel_to("2026-10-23 00:10")
    run_night()
    return assessment


def test_it_was_listed_until_twelve_months_after_the_plan_was_checked(
    dance_school: Assessment, clock: Clock, new_visitor
) -> None:
    assert dance_school.listed_until == date(2026, 10, 22)
    assert dance_school.status == Status.LAPSED
    visitor = new_visitor()
    page = visitor.get(f"/organisations/{dance_school.organisation.slug}")
    unknown = visitor.get("/organisations/nobody-ever-was-here")
    assert (page.status, unknown.status) == (404, 404)
    assert page.main == unknown.main  # neutral: nothing says why


def test_a_renewal_with_that_date_could_not_be_approved(
    dance_school: Assessment, clock: Clock
) -> None:
    clock.travel_to("2026-11-22")
    renewal = make.in_review(organisation=dance_school.organisation, reviewed_on=REVIEWED)
    found = review_evaluation(renewal, date(2026, 11, 22))
    assert found.questions["sg_review_date"].suggested is Result.NOT_MET
    renewal_finding = next(f for f in renewal.findings if f.question_key == "sg_review_date")
    assert renewal_finding.suggested == "not_met"
    with pytest.raises(NotAllowedNow):
        services.approve(renewal, make.holder_of(renewal), **make.read(renewal))


def test_a_new_date_on_paper_brings_it_back_until_a_year_after_the_decision(
    dance_school: Assessment, clock: Clock, outbox: Outbox
) -> None:
    club, owner = dance_school.organisation, make.owner_of(dance_school)
    clock.travel_to("2026-11-22")
    change = plan_checked(club, owner, checked_on=date(2026, 11, 20), papers=[a_paper()])
    db.session.commit()
    assert (change.state, change.kind, is_shown(club)) == ("waiting", "review_date", False)
    assert accept(change, make.a_reviewer())
    db.session.commit()
    assert dance_school.status == Status.APPROVED
    assert dance_school.listed_until == date(2027, 2, 1)  # min(1 Feb 2027, 20 Nov 2027)
    assert is_shown(club)
    extend = dance_school.decisions[-1]
    assert (extend.action, extend.details["reviewed_on"]) == ("extend", "2026-11-20")
    letter = outbox.latest(owner.email)
    assert "1 February 2027" in letter.subject
    assert told("club/change-accepted", club) == 1  # of the risk check, and not of this
    clock.travel_to("2027-02-01")
    assert is_shown(club)
    clock.to_midnight_after(date(2027, 2, 1))
    assert not is_shown(club)


def test_it_is_possible_for_ninety_days_and_no_longer(
    dance_school: Assessment, clock: Clock
) -> None:
    club, owner = dance_school.organisation, make.owner_of(dance_school)
    clock.travel_to("2027-01-22")
    with pytest.raises(NotAllowedNow):
        plan_checked(club, owner, checked_on=date(2026, 11, 20), papers=[a_paper()])
    clock.travel_to("2027-01-21")
    change = plan_checked(club, owner, checked_on=date(2026, 11, 20), papers=[a_paper()])
    assert accept(change, make.a_reviewer())
    assert dance_school.listed_until == date(2027, 2, 1)


def test_after_a_year_from_the_decision_a_new_self_check_is_needed(
    app: Flask, clock: Clock
) -> None:
    clock.travel_to("2025-12-01")
    old = make.an_approved(reviewed_on=date(2025, 11, 22))
    db.session.commit()
    clock.travel_to("2026-11-23 00:10")
    run_night()
    clock.travel_to("2026-12-02")
    with pytest.raises(NotAllowedNow, match="new self-check"):
        plan_checked(
            old.organisation, make.owner_of(old), checked_on=date(2026, 12, 1), papers=[a_paper()]
        )


def test_the_page_of_the_club_says_so_and_keeps_the_paper_over_a_mistake(
    dance_school: Assessment, clock: Clock, new_visitor
) -> None:
    clock.travel_to("2026-11-22")
    owner = new_visitor()
    owner.sign_in(make.owner_of(dance_school).email, make.PASSWORD)
    page = owner.get(f"/club/{dance_school.organisation_id}/tell/plan")
    assert "1 February 2027" in page.main
    assert "22 October 2025" in page.main
    form = page.form("checked_on-day")
    form.fill({"checked_on-day": "23", "checked_on-month": "11", "checked_on-year": "2026"})
    form.fill({"paper": ("Minutes.pdf", a_pdf("Checked", "Our safeguarding plan"))})
    page = form.submit()
    assert page.status == 422
    assert page.errors == ["The day must be today or in the past"]
    page = page.form("checked_on-day").fill({"checked_on-day": "20"}).submit()
    assert page.path == f"/club/{dance_school.organisation_id}"
    change = question(dance_school.organisation, "sg_review_date")
    assert change.after["date"] == "2026-11-20"
    (paper,) = papers_of(change)
    assert paper.file.name == "Minutes.pdf"


def test_a_day_that_is_no_newer_or_has_no_paper_is_refused(
    dance_school: Assessment, clock: Clock
) -> None:
    clock.travel_to("2026-11-22")
    club, owner = dance_school.organisation, make.owner_of(dance_school)
    with pytest.raises(BadInput, match="newer"):
        plan_checked(club, owner, checked_on=REVIEWED, papers=[a_paper()])
    with pytest.raises(BadInput, match="Add the plan"):
        plan_checked(club, owner, checked_on=date(2026, 11, 20), papers=[])


def test_for_ever_gone_after_ninety_days_and_nothing_to_tell(
    dance_school: Assessment, clock: Clock, new_visitor
) -> None:
    clock.travel_to("2027-03-01")
    owner = new_visitor()
    owner.sign_in(make.owner_of(dance_school).email, make.PASSWORD)
    page = owner.get(f"/club/{dance_school.organisation_id}/tell")
    assert "You are not on the list now" in page.main
    assert owner.get(f"{page.path}/plan").status == 409
