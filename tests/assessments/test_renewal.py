"""Renewing: last year's answers one by one, what has to be new, and a club that stays listed."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from registry import clock as today_of
from registry.assessments import services
from registry.assessments.lifecycle import Status
from registry.assessments.models import Answer, Assessment, Submission
from registry.assessments.progress import Progress, State
from registry.assessments.services.answers import kept_answer, save_answer
from registry.assessments.services.submit import Incomplete, what_is_missing
from registry.assessments.standing import listed_assessment
from registry.criteria.dates import add_months
from registry.criteria.evaluation import applies
from registry.database import db
from registry.errors import NotAllowedNow
from tests import factories
from tests.factories import PASSWORD, a_member, an_approved, owner_of
from tests.files.specimens import a_pdf
from tests.page import Visitor
from tests.rigs.travelling import Clock


@pytest.fixture
def signed_in(new_visitor: Callable[[], Visitor]) -> Callable[..., Visitor]:
    """Somebody with a browser of their own, signed in."""

    def sign_in(account: factories.Account) -> Visitor:
        email = account.email
        db.session.commit()
        visitor = new_visitor()
        visitor.sign_in(email, PASSWORD)
        return visitor

    return sign_in


@pytest.fixture
def renewal(app: Flask, clock: Clock) -> Assessment:
    """The renewal of a dance school, begun on the first day that it may be."""
    listed = an_approved()
    assert listed.listed_until is not None
    clock.travel_to(listed.listed_until - timedelta(days=60))
    return services.begin(listed.organisation, owner_of(listed))


def parts_of(assessment: Assessment, key: str) -> dict[str, object]:
    answer = kept_answer(assessment, key)
    assert answer is not None
    return answer.parts


def state_of(assessment: Assessment, key: str) -> State:
    progress = Progress(assessment, today_of.today())
    return progress.task(progress.edition.question(key)).state


def path(assessment: Assessment, rest: str = "") -> str:
    return f"/club/{assessment.organisation_id}/self-check{rest}"


def confirm(assessment: Assessment, key: str, **more: object) -> None:
    answer = kept_answer(assessment, key)
    assert answer is not None
    parts = {**answer.parts, **more}
    save_answer(assessment, owner_of(assessment), key, parts, version=answer.version)


def test_it_opens_60_days_before_the_last_day_and_not_on_the_61st(
    app: Flask, clock: Clock, signed_in: Callable[..., Visitor]
) -> None:
    listed = an_approved()
    last, owner = listed.listed_until, owner_of(listed)
    assert last is not None
    home = f"/club/{listed.organisation_id}"
    db.session.commit()
    clock.travel_to(last - timedelta(days=61))
    visitor = signed_in(owner)
    assert "Renew your self-check" not in visitor.get(home).buttons
    assert visitor.post(f"{home}/self-check/begin").status == 409
    clock.travel_to(last - timedelta(days=60))
    visitor = signed_in(owner)
    assert visitor.get(home).press("Renew your self-check").h1 == "Your self-check"


def test_answers_and_papers_are_carried_over_and_dates_are_not(renewal: Assessment) -> None:
    assert "date" not in parts_of(renewal, "sg_review_date")
    assert set(parts_of(renewal, "hs_first_aid")) == {"said", "people"}
    assert parts_of(renewal, "sr_dbs_done") == {}
    policy = parts_of(renewal, "sg_policy")["file"]
    mine = {one.id for one in renewal.evidence}
    assert isinstance(policy, list)
    assert set(policy) <= mine
    assert state_of(renewal, "sg_policy") is State.CHECK
    assert state_of(renewal, "sg_review_date") is State.ANEW
    assert state_of(renewal, "sr_dbs_done") is State.ANEW


def test_what_was_said_last_time_is_kept_beside_the_answer(renewal: Assessment) -> None:
    answer = kept_answer(renewal, "sg_review_date")
    assert answer is not None
    assert date.fromisoformat(answer.last_time["date"]) < today_of.today()
    assert not answer.confirmed


def test_the_paper_of_an_insurance_that_ended_has_to_be_new(app: Flask, clock: Clock) -> None:
    listed = an_approved()
    assert listed.listed_until is not None
    ends = date.fromisoformat(str(parts_of(listed, "hs_employers")["ends_on"]))
    day = max(ends + timedelta(days=1), listed.listed_until - timedelta(days=60))
    assert day <= listed.listed_until, "the plan of this test: it ends while the club is listed"
    clock.travel_to(day)
    renewal = services.begin(listed.organisation, owner_of(listed))
    assert "file" not in parts_of(renewal, "hs_employers")
    assert not [one for one in renewal.evidence if one.question_key == "hs_employers"]
    assert [one for one in renewal.evidence if one.question_key == "sg_policy"]


def test_a_new_try_after_a_refusal_asks_for_no_date_twice(app: Flask) -> None:
    refused = factories.a_refused()
    again = services.begin(refused.organisation, owner_of(refused))
    assert "date" in parts_of(again, "sg_review_date")
    assert state_of(again, "sg_review_date") is State.CHECK


def test_a_half_done_renewal_never_enters_the_queue(renewal: Assessment) -> None:
    owner = owner_of(renewal)
    for key in ("sg_policy", "sg_steps", "eq_policy"):
        confirm(renewal, key)
    with pytest.raises(Incomplete) as refused:
        services.submit(renewal, owner, declared_name="A", declared_role="B")
    missing = dict(refused.value.missing)
    assert missing["sg_review_date"] == "When you last checked it"
    assert missing["eq_bully"].startswith("Confirm: ")
    assert missing["p_people"] == "Confirm: The people who help"
    assert renewal.status == Status.DRAFT
    assert not db.session.scalars(
        select(Submission).where(Submission.assessment_id == renewal.id)
    ).all()


def test_a_renewal_can_be_sent_once_every_answer_was_looked_at(renewal: Assessment) -> None:
    today = today_of.today()
    said = today.isoformat()
    later = add_months(today, 12).isoformat()
    anew: dict[str, dict[str, object]] = {
        "sg_review_date": {"date": said},
        "sg_lead_training": {"date": said},
        "sr_dbs_done": {"need": 6, "have": 6},
        "hs_first_aid": {"ends_on": later},
        "hs_employers": {"ends_on": later},
        "hs_public": {"ends_on": later},
        "eq_learn": {"date": said},
        "eq_date": {"date": said},
    }
    paper = parts_of(renewal, "sg_policy")["file"]
    for answer in list(renewal.answers):
        key = answer.question_key
        if key == "hs_ra_date":
            continue
        if key in ("hs_employers", "hs_public") and "file" not in answer.parts:
            anew[key]["file"] = paper
        if _is_asked(renewal, key):
            confirm(renewal, key, **anew.get(key, {}))
    assert [key for key, _ in what_is_missing(renewal, today)] == ["hs_ra_date"]
    files = {row["file"] for row in parts_of(renewal, "hs_ra_all")["rows"]}  # type: ignore[attr-defined]
    rows = [{"file": file, "checked_on": said} for file in files]
    confirm(renewal, "hs_ra_date", rows=rows)
    assert what_is_missing(renewal, today) == []
    services.submit(renewal, owner_of(renewal), declared_name="A", declared_role="B")
    assert renewal.status == Status.SUBMITTED
    assert listed_assessment(renewal.organisation_id, today) is not None


def _is_asked(assessment: Assessment, key: str) -> bool:
    progress = Progress(assessment, today_of.today())
    return key in progress.profile_keys or applies(progress.edition.question(key), progress.profile)


# The pages.


def test_one_button_says_that_an_answer_is_still_right(
    renewal: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number, before = renewal.id, dict(parts_of(renewal, "eq_complain"))
    owner = signed_in(owner_of(renewal))
    page = owner.get(path(renewal, "/eq_complain"))
    assert "Last time you said" in page.main
    following = page.form("answer").submit("Still right")
    assert following.status == 200
    db.session.expire_all()
    answer = kept(number, "eq_complain")
    assert answer.confirmed
    assert answer.parts == before
    assert "Still right" not in owner.get(path(renewal, "/eq_complain")).buttons


def test_what_was_typed_is_kept_whichever_button_is_pressed(
    renewal: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number = renewal.id
    page = signed_in(owner_of(renewal)).get(path(renewal, "/eq_complain"))
    page.form("answer").fill({"how": "Tell Dawn, or write to us"}).submit("Still right")
    assert kept(number, "eq_complain").parts["how"] == "Tell Dawn, or write to us"


def test_a_date_is_asked_anew_beside_last_years_and_never_filled_in(
    renewal: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    owner = signed_in(owner_of(renewal))
    page = owner.get(path(renewal, "/sg_review_date"))
    fields = page.form("answer").fields
    assert {fields[f"date-{box}"] for box in ("day", "month", "year")} == {""}
    assert "Still right" not in page.buttons
    assert "We ask for this again each year" in page.main
    last = kept(renewal.id, "sg_review_date").last_time["date"]
    assert str(date.fromisoformat(last).year) in page.main
    refused = page.form("answer").submit("Save and continue")
    assert refused.status == 422
    assert refused.errors == ["Give the day you last checked your plan"]


def test_risk_checks_say_when_each_was_last_looked_at(
    renewal: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    page = signed_in(owner_of(renewal)).get(path(renewal, "/hs_ra_date"))
    assert "Safeguarding plan.pdf: " in page.main
    boxes = [v for n, v in page.form("answer").fields.items() if n.endswith(("-day", "-year"))]
    assert set(boxes) == {""}


def test_a_page_about_the_club_is_confirmed_as_a_whole(
    renewal: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number = renewal.id
    owner = signed_in(owner_of(renewal))
    page = owner.get(path(renewal, "/about"))
    assert page.form("answer").submit("Still right").h1 == "Where do you meet, and who can come?"
    assert kept(number, "p_people").confirmed
    assert not kept(number, "p_place").confirmed


def test_saving_one_page_loses_no_other_value(
    renewal: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    number, key = renewal.id, "eq_complain"
    before = {
        one.question_key: (one.parts, one.last_time, one.confirmed) for one in renewal.answers
    }
    page = signed_in(owner_of(renewal)).get(path(renewal, f"/{key}"))
    page.form("answer").fill({"how": "Ask Marcia"}).submit("Save and continue")
    db.session.expire_all()
    after = {
        one.question_key: (one.parts, one.last_time, one.confirmed)
        for one in db.session.scalars(select(Answer).where(Answer.assessment_id == number))
    }
    assert {k: v for k, v in after.items() if k != key} == {
        k: v for k, v in before.items() if k != key
    }


def test_the_check_page_marks_what_is_the_same_new_and_changed(
    renewal: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    confirm(renewal, "eq_bully")
    confirm(renewal, "eq_complain", how="Tell Dawn")
    confirm(renewal, "sg_review_date", date=today_of.today().isoformat())
    page = signed_in(owner_of(renewal)).get(path(renewal, "/check"))
    rows = page.facts
    assert "Same as last time." in rows[_text(renewal, "eq_bully")]
    assert "Changed. Last time: " in rows[_text(renewal, "eq_complain")]
    assert "New this time." in rows[_text(renewal, "sg_review_date")]
    assert "From last time." in rows[_text(renewal, "sg_steps")]
    assert "We ask for this again each year." in rows[_text(renewal, "sr_dbs_done")]
    for about in ("People who help", "Volunteers", "Charity or company"):
        assert "From last time." in rows[about]


def test_what_is_left_counts_everything_that_has_to_be_looked_at(
    renewal: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    count = len(what_is_missing(renewal, today_of.today()))
    page = signed_in(owner_of(renewal)).get(path(renewal, "/check"))
    assert f"What is left? {count} things" in page.html.replace('<span class="left-count">', "")
    assert f"{count} things are missing" in page.main


def test_a_helper_does_not_read_the_leads_contact_of_last_time(
    renewal: Assessment, signed_in: Callable[..., Visitor]
) -> None:
    lead = kept(renewal.id, "sg_lead").last_time["lead"]["email"]
    helper = signed_in(a_member(renewal.organisation))
    page = helper.get(path(renewal, "/sg_lead"))
    assert page.status == 200
    assert lead not in page.html


def test_an_insurance_paper_can_be_sent_for_the_new_year(
    app: Flask, clock: Clock, signed_in: Callable[..., Visitor]
) -> None:
    listed = an_approved()
    assert listed.listed_until is not None
    clock.travel_to(listed.listed_until - timedelta(days=1))
    renewal = services.begin(listed.organisation, owner_of(listed))
    number, ends = renewal.id, today_of.today() + timedelta(days=365)
    page = signed_in(owner_of(renewal)).get(path(renewal, "/hs_employers"))
    paper = ("Insurance 2027.pdf", a_pdf("Employers liability"))
    page.form("answer").fill({"ends_on": ends, "file": [paper]}).submit("Save and continue")
    assert kept(number, "hs_employers").parts["ends_on"] == ends.isoformat()


def test_two_renewals_at_once_cannot_be(renewal: Assessment) -> None:
    with pytest.raises(NotAllowedNow):
        services.begin(renewal.organisation, owner_of(renewal))


def kept(assessment_id: int, key: str) -> Answer:
    db.session.expire_all()
    return db.session.scalars(
        select(Answer).where(Answer.assessment_id == assessment_id, Answer.question_key == key)
    ).one()


def _text(assessment: Assessment, key: str) -> str:
    return Progress(assessment, today_of.today()).edition.question(key).text
