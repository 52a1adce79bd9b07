"""The pages on which a club tells us things, walked through links and forms."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from registry.assessments.models import Assessment, Change
from registry.assessments.services.remind import dated_things_of
from registry.clock import today
from registry.database import db
from tests import factories as make
from tests.files.specimens import a_pdf
from tests.telling.story import accept, question, told

CLUB = replace(make.DANCE, phone="01632 960111", email="hello@kingfisher.example")


@pytest.fixture
def standing(app: Flask) -> Assessment:
    """A club on the list."""
    assessment = make.an_approved(plan=CLUB)
    db.session.commit()
    return assessment


@pytest.fixture
def owner(standing: Assessment, new_visitor):
    """Its owner, signed in."""
    visitor = new_visitor()
    visitor.sign_in(make.owner_of(standing).email, make.PASSWORD)
    return visitor


@pytest.fixture
def desk(standing: Assessment) -> str:
    """Where its pages begin."""
    return f"/club/{standing.organisation_id}"


def test_every_line_of_the_list_leads_to_its_page(owner, desk) -> None:
    page = owner.get(f"{desk}/tell")
    for words in (
        "We checked our safeguarding plan again",
        "Our safeguarding lead is leaving",
        "We have a new place",
        "Our insurance ends",
        "A serious accident",
    ):
        assert page.follow(words).status == 200, words


def test_somebody_alone_has_a_first_helper_and_no_lead_who_leaves(app, new_visitor) -> None:
    coach = make.an_approved(plan=make.COACH)
    visitor = new_visitor()
    visitor.sign_in(make.owner_of(coach).email, make.PASSWORD)
    page = visitor.get(f"/club/{coach.organisation_id}/tell")
    assert "Our safeguarding lead is leaving" not in page.links
    page = page.follow("I worked alone and now somebody helps")
    page = page.form("people").fill({"people": "2"}).submit()
    assert page.path == f"/club/{coach.organisation_id}/changes"
    assert question(coach.organisation, "sg_lead").due_on is not None


def test_a_helper_sees_the_list_and_tells_nothing(standing, desk, new_visitor) -> None:
    visitor = new_visitor()
    visitor.sign_in(make.a_member(standing.organisation).email, make.PASSWORD)
    assert visitor.get(f"{desk}/tell").status == 200
    for thing in ("lead", "helper", "insurance", "regulator", "plan", "answer/hs_first_aid"):
        assert visitor.get(f"{desk}/tell/{thing}").status == 403, thing
        assert visitor.post(f"{desk}/tell/{thing}", {"people": "2"}).status == 403, thing
    assert db.session.query(Change).count() == 0


def test_off_the_list_there_is_nothing_to_tell(app, new_visitor) -> None:
    club = make.a_club()
    visitor = new_visitor()
    visitor.sign_in(make.owner_of(club).email, make.PASSWORD)
    assert "You are not on the list now" in visitor.get(f"/club/{club.id}/tell").main
    assert visitor.get(f"/club/{club.id}/tell/lead").status == 409


def test_a_new_end_date_is_one_question_and_in_force_when_it_is_accepted(
    owner, desk, standing
) -> None:
    page = owner.get(f"{desk}/tell/answer/hs_first_aid")
    ends = today() + timedelta(days=900)
    form = page.form("ends_on-day")
    assert form.fields["people"] == "1"  # what we have stands there already
    form.fill(
        {
            "ends_on-day": str(ends.day),
            "ends_on-month": str(ends.month),
            "ends_on-year": "19",
        }
    )
    page = form.submit()
    assert page.status == 422
    assert db.session.query(Change).count() == 0
    page = page.form("ends_on-day")
    page = page.fill({"ends_on-year": str(ends.year)}).submit()
    assert page.status == 200
    change = question(standing.organisation, "hs_first_aid")
    assert change.after == {"ends_on": ends.isoformat()}
    before = {one.key: one.on for one in dated_things_of(standing)}
    assert before["hs_first_aid"] != ends
    assert accept(change, make.a_reviewer())
    after = {one.key: one.on for one in dated_things_of(standing)}
    assert after == {**before, "hs_first_aid": ends}
    # What is open already is mended on its own page.
    owner.get(f"{desk}/tell/answer/sg_lead_training")


def test_a_question_that_is_not_asked_of_this_club_is_not_there(owner, desk) -> None:
    assert owner.get(f"{desk}/tell/answer/sg_lone_contact").status == 404
    assert owner.get(f"{desk}/tell/answer/hs_ra_all").status == 404
    assert owner.get(f"{desk}/tell/answer/nothing").status == 404
    assert owner.get(f"{desk}/tell/answer/sg_review_date").path == f"{desk}/tell/plan"


def test_of_a_regulator_only_kind_and_reference_are_kept(owner, desk, standing, outbox) -> None:
    page = owner.get(f"{desk}/tell/regulator")
    assert "Do not tell us the story" in page.main
    page = page.form("reference").fill({"who": "ofsted", "reference": "URN 12-345"}).submit()
    assert page.path == desk
    change = question(standing.organisation, "regulator")
    assert (change.state, change.kind) == ("waiting", "regulator")
    letter = next(one for one in outbox.letters if one.subject.startswith("For a senior, today"))
    assert "URN 12-345" in letter.text
    page = owner.get(f"{desk}/tell/regulator").form("reference")
    page.fill({"who": "accident", "reference": "none"}).submit()
    lines = question(standing.organisation, "regulator").after["told"]
    assert [line.split(",")[0] for line in lines] == [
        "Ofsted has taken action",
        "A serious accident",
    ]
    assert told("council/regulator") == 2


def test_what_a_regulator_did_is_for_a_senior(owner, desk, standing, new_visitor) -> None:
    page = owner.get(f"{desk}/tell/regulator").form("reference")
    page.fill({"who": "lado", "reference": "L-77"}).submit()
    change = question(standing.organisation, "regulator")
    for role, status in (("reviewer", 404), ("senior", 200)):
        visitor = new_visitor()
        visitor.sign_in(make.a_person("Of the council", role).email, make.PASSWORD)
        queue = visitor.get("/council/changes")
        assert (f"/council/changes/{change.id}" in queue.hrefs) is (status == 200)
        page = visitor.get(f"/council/changes/{change.id}")
        assert (page.status in (403, 404)) is (status != 200), role
        assert ("L-77" in page.main) is (status == 200)


def test_who_covers_for_a_lead_is_there_for_the_council(owner, desk, standing, new_visitor) -> None:
    form = owner.get(f"{desk}/tell/lead").form("cover")
    form.fill({"cover": "yes", "name": "Mei Lin", "phone": "01632 960111"}).submit()
    visitor = new_visitor()
    visitor.sign_in(make.a_reviewer().email, make.PASSWORD)
    change = question(standing.organisation, "sg_lead")
    assert "Mei Lin" in visitor.get(f"/council/changes/{change.id}").main


def test_the_front_page_leads_to_what_must_be_told(owner, desk) -> None:
    page = owner.get(desk).follow("Tell us about a change")
    assert page.path == f"{desk}/tell"
    assert owner.get(desk).follow("We checked our plan again").path == f"{desk}/tell/plan"


def test_insurance_that_ends_is_told_with_its_consequence(owner, desk, standing) -> None:
    page = owner.get(f"{desk}/tell/insurance")
    assert "20 working days" in page.main
    day = today() + timedelta(days=3)
    page = page.form("which").fill({"which": "hs_employers"}).submit()
    assert page.errors == ["Enter the last day of the insurance"]
    page = page.form("which").fill({"ended_on": day}).submit()
    assert "You have until" in page.main
    assert question(standing.organisation, "hs_employers").due_on is not None


def test_the_contact_is_looked_at_and_stays(owner, desk, standing) -> None:
    page = owner.get(f"{desk}/contact-check")
    assert page.facts == {"Phone": "01632 960111", "Email": "hello@kingfisher.example"}
    assert standing.organisation.contact_confirmed_on is None
    page = page.press("Yes, this is still right")
    assert page.path == desk
    db.session.refresh(standing.organisation)
    assert standing.organisation.contact_confirmed_on == today()


def test_a_plan_that_another_club_wrote_is_looked_at_before_it_comes_in(
    owner, desk, standing
) -> None:
    page = owner.get(f"{desk}/tell/plan")
    checked = today()
    form = page.form("checked_on-day").fill(
        {
            "checked_on": checked,
            "paper": ("Old plan.pdf", a_pdf("Our plan", "Call the WSCB. We follow CRB checks.")),
        }
    )
    page = form.submit()
    assert page.status == 422
    assert "Old plan.pdf" in page.main  # kept: it need not be chosen again
    form = page.form("checked_on-day")
    ticks = [name for name in form.names if name == "checked"]
    assert ticks, page.errors
    page = form.fill({"checked": True}).submit()
    assert page.path == desk
    assert question(standing.organisation, "sg_review_date").after["date"] == checked.isoformat()
    assert isinstance(checked, date)
